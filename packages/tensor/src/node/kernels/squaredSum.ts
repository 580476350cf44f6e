// C++: the sum of the squares of a tensor in one reading. A part of `kernelAddon`; the op is `ops/squaredSum`.

export const SQUARED_SUM = String.raw`
#include <cstdint>
#include <vector>

namespace radiograft {

// In parts of a size that does not depend on the threads, added in order.
inline float squared_sum(const float* x, int64_t count) {
  constexpr int64_t SIZE = 65536;
  std::vector<double> parts(static_cast<size_t>(ceil_div(count, SIZE)));
  parallel(static_cast<int64_t>(parts.size()), [&](int64_t item) {
    const int64_t to = std::min(count, (item + 1) * SIZE);
    double sum = 0;
    for (int64_t i = item * SIZE; i < to;) {
      const int64_t end = std::min(to, i + 4096);
      v8 a = {}, b = {};
      for (; i + 16 <= end; i += 16) {
        const v8* p = reinterpret_cast<const v8*>(x + i);
        a += p[0] * p[0];
        b += p[1] * p[1];
      }
      float rest = 0;
      for (; i < end; i++) rest += x[i] * x[i];
      a += b;
      for (int k = 0; k < 8; k++) sum += a[k];
      sum += rest;
    }
    parts[item] = sum;
  });
  double total = 0;
  for (double part : parts) total += part;
  return static_cast<float>(total);
}

}  // namespace radiograft
`
