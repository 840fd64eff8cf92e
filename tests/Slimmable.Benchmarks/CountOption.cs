using System.CommandLine;

namespace Slimmable.Benchmarks;

/// <summary>An option that takes a whole number from 1 up.</summary>
internal static class CountOption
{
    public static Option<int> Create(string name, string description, int fallback)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name}: expected a whole number from 1 up");
            }
        });
        return option;
    }
}
