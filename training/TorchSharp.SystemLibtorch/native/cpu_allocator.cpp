// How tensors on the CPU get their memory.
//
// libtorch asks for blocks with posix_memalign. glibc before 2.38 cuts a little off both ends of such a block, and a block that was freed is
// then too small to be cut once more for the same size (its bug 14581): a training step that frees and asks for the same sizes over and over
// scatters over half as much memory again. malloc, aligned here by hand, gives a freed block out again as it is.
//
// It also keeps what was freed. By default glibc gives large blocks back to the system, which then fills every page with zeros anew, in each
// step of training again.

#include <c10/core/CPUAllocator.h>

#include <malloc.h>

#include <climits>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr uintptr_t alignment = 64;

void release(void* data)
{
    if (data != nullptr)
        std::free(static_cast<void**>(data)[-1]);
}

struct AlignedMalloc final : c10::Allocator {
    c10::DataPtr allocate(size_t bytes) const override
    {
        if (bytes == 0)
            return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
        void* block = std::malloc(bytes + alignment + sizeof(void*));
        TORCH_CHECK(block != nullptr, "not enough memory: ", bytes, " bytes were asked for");
        auto start = (reinterpret_cast<uintptr_t>(block) + sizeof(void*) + alignment - 1) & ~(alignment - 1);
        auto data = reinterpret_cast<void**>(start);
        data[-1] = block;
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &release; }
};

AlignedMalloc aligned_malloc;

const bool installed = [] {
    constexpr int largest_that_glibc_takes = 32 << 20;
    mallopt(M_MMAP_THRESHOLD, largest_that_glibc_takes);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    c10::SetCPUAllocator(&aligned_malloc, /*priority=*/1);
    return true;
}();

} // namespace
