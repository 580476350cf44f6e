// C++: films padded by reflection, and the gradient. A part of `kernelAddon`; the op is `ops/mirrorPad`. TensorFlow's kernels
// go element by element, these copy rows (factor: tools/bench/ops.ts).

export const MIRROR_PAD = String.raw`
// Padding of films NHWC by mirror images that leave the edge out. Pads are smaller than the film.
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace radiograft {

struct Mirror {
  int64_t batch, height, width, channels;
  int64_t top, bottom, left, right;
  int64_t out_height() const { return height + top + bottom; }
  int64_t out_width() const { return width + left + right; }
};

inline int64_t reflected(int64_t at, int64_t size) { return at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at; }

inline void mirror_pad(const Mirror& g, const float* x, float* y) {
  const int64_t C = g.channels, row = g.out_width() * C;
  parallel(g.batch * g.out_height(), [&](int64_t item) {
    const int64_t b = item / g.out_height(), from = reflected(item % g.out_height() - g.top, g.height);
    const float* in = x + (b * g.height + from) * g.width * C;
    float* out = y + item * row;
    for (int64_t p = 0; p < g.left; p++) std::memcpy(out + p * C, in + (g.left - p) * C, C * sizeof(float));
    std::memcpy(out + g.left * C, in, g.width * C * sizeof(float));
    for (int64_t p = 0; p < g.right; p++)
      std::memcpy(out + (g.left + g.width + p) * C, in + (g.width - 2 - p) * C, C * sizeof(float));
  });
}

// Every value of dy goes to the pixel it was copied from; each pixel adds its values in one order.
inline void mirror_pad_gradient(const Mirror& g, const float* dy, float* dx) {
  const int64_t C = g.channels, row = g.out_width() * C, width = g.width * C;
  parallel(g.batch * g.height, [&](int64_t item) {
    const int64_t b = item / g.height, y = item % g.height;
    float* __restrict out = dx + item * width;
    std::memset(out, 0, width * sizeof(float));
    const auto add = [&](int64_t from) {
      const float* __restrict in = dy + (b * g.out_height() + from) * row;
      const float* __restrict middle = in + g.left * C;
      for (int64_t i = 0; i < width; i++) out[i] += middle[i];
      for (int64_t p = 0; p < g.left; p++)
        for (int64_t c = 0; c < C; c++) out[(g.left - p) * C + c] += in[p * C + c];
      for (int64_t p = 0; p < g.right; p++)
        for (int64_t c = 0; c < C; c++) out[(g.width - 2 - p) * C + c] += in[(g.left + g.width + p) * C + c];
    };
    add(y + g.top);
    if (y >= 1 && y <= g.top) add(g.top - y);
    if (y <= g.height - 2 && y >= g.height - 1 - g.bottom) add(g.top + 2 * (g.height - 1) - y);
  });
}

}  // namespace radiograft
`
