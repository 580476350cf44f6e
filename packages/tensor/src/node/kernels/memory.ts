// C++: the memory that our kernels work in. A part of `kernelAddon`.

export const MEMORY = String.raw`
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace radiograft {

inline void* aligned(int64_t bytes) {
  void* made = std::aligned_alloc(64, (static_cast<size_t>(bytes) + 63) / 64 * 64);
  if (!made) throw std::bad_alloc();
  return made;
}

// Memory of one call.
class Memory {
 public:
  template <typename T>
  T* take(int64_t n) {
    kept_.emplace_back(aligned(n * static_cast<int64_t>(sizeof(T))), &std::free);
    return static_cast<T*>(kept_.back().get());
  }

 private:
  std::vector<std::unique_ptr<void, decltype(&std::free)>> kept_;
};

// Memory that a thread keeps: kernels run every step, and returning hundreds of pages each time costs more than the sums.
class Scratch {
 public:
  ~Scratch() { std::free(memory_); }
  float* floats(int64_t n) {
    if (n > size_) {
      std::free(memory_);
      memory_ = nullptr;
      size_ = 0;
      memory_ = aligned(n * static_cast<int64_t>(sizeof(float)));
      size_ = n;
    }
    return static_cast<float*>(memory_);
  }

 private:
  void* memory_ = nullptr;
  int64_t size_ = 0;
};

}  // namespace radiograft
`
