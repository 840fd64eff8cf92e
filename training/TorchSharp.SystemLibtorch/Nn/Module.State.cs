using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The submodules and their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => submodules;

            /// <summary>The submodules.</summary>
            public virtual IEnumerable<Module> children() => submodules.Select(own => own.Value);

            /// <summary>The submodules, theirs and so on, with dotted names; the module itself is not among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                submodules.Concat(submodules.SelectMany(own => own.Value.named_modules().Select(
                    inner => ($"{own.Name}.{inner.name}", inner.module))));

            /// <summary>The submodules, theirs and so on.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(own => own.module);

            /// <summary>The parameters with dotted names; one that is registered twice comes once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                var inner = submodules.SelectMany(own => own.Value.named_parameters().Select(
                    found => ($"{own.Name}.{found.name}", found.parameter)));
                return (recurse ? ownParameters.Concat(inner) : ownParameters).Where(found => seen.Add(found.Item2));
            }

            /// <summary>The parameters; one that is registered twice comes once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(found => found.parameter);

            /// <summary>The buffers with dotted names.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) => !recurse
                ? ownBuffers
                : ownBuffers.Concat(submodules.SelectMany(own => own.Value.named_buffers().Select(
                    found => ($"{own.Name}.{found.name}", found.buffer))));

            /// <summary>The buffers.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(found => found.buffer);

            /// <summary>The parameter of a dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(found => found.name == target).parameter;

            /// <summary>The buffer of a dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(found => found.name == target).buffer;

            /// <summary>Whether there is a parameter of a dotted name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of a dotted name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The parameters and buffers themselves, not copies, under dotted names.</summary>
            /// <param name="destination">A dictionary to add to instead of a new one.</param>
            /// <param name="prefix">What to put before every name, without its dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                    destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in named_buffers())
                    destination.TryAdd(start + name, buffer);
                return destination;
            }

            /// <summary>Copies tensors of the same names and sizes into the parameters and buffers.</summary>
            /// <param name="source">Tensors under dotted names.</param>
            /// <param name="strict">Whether a name too many or too few is an error.</param>
            /// <param name="skip">Names to leave out.</param>
            /// <returns>The names too few and too many.</returns>
            /// <exception cref="InvalidOperationException">Strict, and the names differ.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var missing = destination.Keys.Except(source.Keys).Except(skip ?? []).ToList();
                var unexpected = source.Keys.Except(destination.Keys).Except(skip ?? []).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                foreach (var key in source.Keys.Intersect(destination.Keys).Except(skip ?? []))
                    destination[key].bytes = source[key].bytes;
                return (missing, unexpected);
            }
        }
    }
}
