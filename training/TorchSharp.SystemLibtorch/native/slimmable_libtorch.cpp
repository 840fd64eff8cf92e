// A plain C interface to libtorch for TorchSharp.SystemLibtorch.
//
// Operators are not listed here: st_call looks any of them up in libtorch's dispatcher and calls it boxed. What follows
// st_call is only what the dispatcher does not offer: memory, metadata, autograd, random generators and thread counts.
//
// A tensor handle is a TensorImpl* that owns one reference; an undefined tensor is a null handle. Functions that can fail
// return a negative number (or null) and leave a message that st_error hands out on the same thread.

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

using Handle = c10::TensorImpl*;

enum class Kind : int32_t { None, Tensor, TensorList, OptionalTensorList, Int, Double, Bool, IntList, String, Generator };

// Mirrors the struct NativeValue of the managed side.
struct Value {
    Kind kind;
    int32_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};
static_assert(sizeof(Value) == 16, "the managed side passes 16 bytes");

thread_local std::string last_error;

template <typename Result, typename Body>
Result guarded(Result failure, Body body) noexcept
{
    try {
        return body();
    } catch (const c10::Error& error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "libtorch threw something that is not an exception";
    }
    return failure;
}

at::Tensor borrow(Handle handle)
{
    return handle ? at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle)) : at::Tensor();
}

Handle release(at::Tensor tensor)
{
    return tensor.defined() ? tensor.unsafeReleaseIntrusivePtr().release() : nullptr;
}

std::vector<at::Tensor> borrow_all(Handle const* handles, int64_t count)
{
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

c10::IValue to_ivalue(const Value& value)
{
    switch (value.kind) {
    case Kind::None:
        return {};
    case Kind::Tensor:
        return value.pointer ? c10::IValue(borrow(static_cast<Handle>(value.pointer))) : c10::IValue();
    case Kind::TensorList:
        return borrow_all(static_cast<Handle*>(value.pointer), value.count);
    case Kind::OptionalTensorList: {
        c10::List<c10::optional<at::Tensor>> list;
        for (auto& tensor : borrow_all(static_cast<Handle*>(value.pointer), value.count))
            list.push_back(tensor.defined() ? c10::optional<at::Tensor>(tensor) : c10::nullopt);
        return list;
    }
    case Kind::Int:
        return value.integer;
    case Kind::Double:
        return value.real;
    case Kind::Bool:
        return value.integer != 0;
    case Kind::IntList:
        return c10::IntArrayRef(static_cast<int64_t*>(value.pointer), value.count);
    case Kind::String:
        return std::string(static_cast<char*>(value.pointer), value.count);
    case Kind::Generator:
        return *static_cast<at::Generator*>(value.pointer);
    }
    TORCH_CHECK(false, "argument of unknown kind ", static_cast<int32_t>(value.kind));
}

Value from_ivalue(c10::IValue&& result)
{
    Value value{Kind::None, 0, {0}};
    if (result.isTensor()) {
        value.kind = Kind::Tensor;
        value.pointer = release(std::move(result).toTensor());
    } else if (result.isTensorList()) {
        auto tensors = result.toTensorVector();
        auto handles = static_cast<Handle*>(std::malloc(sizeof(Handle) * (tensors.size() + 1)));
        for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(std::move(tensors[i]));
        value = {Kind::TensorList, static_cast<int32_t>(tensors.size()), {0}};
        value.pointer = handles;
    } else if (result.isBool()) {
        value = {Kind::Bool, 0, {result.toBool()}};
    } else if (result.isInt()) {
        value = {Kind::Int, 0, {result.toInt()}};
    } else if (result.isDouble()) {
        value.kind = Kind::Double;
        value.real = result.toDouble();
    } else {
        TORCH_CHECK(false, "an operator returned a ", result.tagKind(), ", which this binding cannot take");
    }
    return value;
}

} // namespace

EXPORT const char* st_error()
{
    return last_error.c_str();
}

// --- operators

EXPORT void* st_operator(const char* name, const char* overload)
{
    return guarded<void*>(nullptr, [&] {
        return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Calls the operator with exactly `count` arguments and stores what it returns. Gives the number of results, or -1.
EXPORT int32_t st_call(void* op, const Value* arguments, int32_t count, Value* results, int32_t capacity)
{
    return guarded<int32_t>(-1, [&] {
        auto& handle = *static_cast<c10::OperatorHandle*>(op);
        auto& schema = handle.schema();
        auto expected = schema.arguments().size();
        TORCH_CHECK(expected == static_cast<size_t>(count), schema, " takes ", expected, " arguments, given ", count);
        TORCH_CHECK(schema.returns().size() <= static_cast<size_t>(capacity), schema, " returns too much");
        torch::jit::Stack stack;
        stack.reserve(count);
        for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i]));
        handle.callBoxed(&stack);
        for (size_t i = 0; i < stack.size(); i++) results[i] = from_ivalue(std::move(stack[i]));
        return static_cast<int32_t>(stack.size());
    });
}

EXPORT void st_free(void* memory)
{
    std::free(memory);
}

// --- tensors

EXPORT void st_release(Handle handle)
{
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle);
}

EXPORT Handle st_share(Handle handle)
{
    return release(borrow(handle));
}

EXPORT int32_t st_dtype(Handle handle)
{
    return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype()));
}

EXPORT int64_t st_element_size(Handle handle)
{
    return handle->itemsize();
}

EXPORT int64_t st_numel(Handle handle)
{
    return handle->numel();
}

EXPORT int64_t st_dim(Handle handle)
{
    return handle->dim();
}

EXPORT const int64_t* st_sizes(Handle handle)
{
    return handle->sizes().data();
}

EXPORT const int64_t* st_strides(Handle handle)
{
    return guarded<const int64_t*>(nullptr, [&] { return handle->strides().data(); });
}

EXPORT int64_t st_storage_offset(Handle handle)
{
    return handle->storage_offset();
}

EXPORT int32_t st_is_contiguous(Handle handle)
{
    return handle->is_contiguous();
}

EXPORT void* st_data(Handle handle)
{
    return guarded<void*>(nullptr, [&] { return borrow(handle).data_ptr(); });
}

// --- autograd

EXPORT int32_t st_requires_grad(Handle handle)
{
    return handle->requires_grad();
}

EXPORT int32_t st_set_requires_grad(Handle handle, int32_t value)
{
    return guarded<int32_t>(-1, [&] {
        borrow(handle).requires_grad_(value != 0);
        return 0;
    });
}

EXPORT int32_t st_is_leaf(Handle handle)
{
    return borrow(handle).is_leaf();
}

EXPORT Handle st_grad(Handle handle)
{
    return release(borrow(handle).grad());
}

EXPORT int32_t st_set_grad(Handle handle, Handle grad)
{
    return guarded<int32_t>(-1, [&] {
        borrow(handle).mutable_grad() = borrow(grad);
        return 0;
    });
}

EXPORT int32_t st_backward(
    Handle const* outputs, int64_t count, Handle const* weights, int64_t weight_count, int32_t retain_graph,
    int32_t create_graph, Handle const* inputs, int64_t input_count)
{
    return guarded<int32_t>(-1, [&] {
        torch::autograd::backward(
            borrow_all(outputs, count), borrow_all(weights, weight_count), retain_graph != 0, create_graph != 0,
            borrow_all(inputs, input_count));
        return 0;
    });
}

// Stores as many results as there are inputs.
EXPORT int32_t st_grad_of(
    Handle const* outputs, int64_t count, Handle const* weights, int64_t weight_count, Handle const* inputs,
    int64_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* results)
{
    return guarded<int32_t>(-1, [&] {
        auto found = torch::autograd::grad(
            borrow_all(outputs, count), borrow_all(inputs, input_count), borrow_all(weights, weight_count),
            retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); i++) results[i] = release(std::move(found[i]));
        return 0;
    });
}

EXPORT int32_t st_is_grad_enabled()
{
    return c10::GradMode::is_enabled();
}

EXPORT void st_set_grad_enabled(int32_t enabled)
{
    c10::GradMode::set_enabled(enabled != 0);
}

// --- random generators

EXPORT void* st_generator(uint64_t seed)
{
    return new at::Generator(at::detail::createCPUGenerator(seed));
}

EXPORT void* st_default_generator()
{
    return new at::Generator(at::detail::getDefaultCPUGenerator());
}

EXPORT void st_generator_release(void* generator)
{
    delete static_cast<at::Generator*>(generator);
}

EXPORT uint64_t st_generator_current_seed(void* generator)
{
    auto& self = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(self.mutex());
    return self.current_seed();
}

EXPORT uint64_t st_generator_seed(void* generator)
{
    auto& self = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(self.mutex());
    return self.seed();
}

EXPORT void st_generator_manual_seed(void* generator, uint64_t seed)
{
    auto& self = *static_cast<at::Generator*>(generator);
    std::lock_guard<std::mutex> lock(self.mutex());
    self.set_current_seed(seed);
}

EXPORT Handle st_generator_get_state(void* generator)
{
    return guarded<Handle>(nullptr, [&] {
        auto& self = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(self.mutex());
        return release(self.get_state());
    });
}

EXPORT int32_t st_generator_set_state(void* generator, Handle state)
{
    return guarded<int32_t>(-1, [&] {
        auto& self = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(self.mutex());
        self.set_state(borrow(state));
        return 0;
    });
}

// --- the machine

EXPORT int32_t st_get_num_threads()
{
    return at::get_num_threads();
}

EXPORT int32_t st_set_num_threads(int32_t count)
{
    return guarded<int32_t>(-1, [&] {
        at::set_num_threads(count);
        return 0;
    });
}

EXPORT int32_t st_get_num_interop_threads()
{
    return at::get_num_interop_threads();
}

EXPORT int32_t st_set_num_interop_threads(int32_t count)
{
    return guarded<int32_t>(-1, [&] {
        at::set_num_interop_threads(count);
        return 0;
    });
}

EXPORT int32_t st_has_cuda()
{
    return at::globalContext().hasCUDA();
}
