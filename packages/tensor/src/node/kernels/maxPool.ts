// C++: the largest of each window, what stands at its place in other films, and the gradient. A part of `kernelAddon`; the op
// is `ops/maxPool`. Where windows overlap oneDNN adds their gradients in an order that differs between a graph and an eager call.

export const MAX_POOL = String.raw`
// Largest of each window of films NHWC, with padding that never wins.
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace radiograft {

struct MaxPool {
  int64_t batch, height, width, channels, kernel, stride, padding;
  int64_t outputs(int64_t size) const { return (size + 2 * padding - kernel) / stride + 1; }
  int64_t out_height() const { return outputs(height); }
  int64_t out_width() const { return outputs(width); }
};

// Of a window that starts at from, the taps that lie in the film.
struct Taps {
  int64_t first, end;
  Taps(int64_t from, int64_t kernel, int64_t size) : first(std::max<int64_t>(0, -from)), end(std::min(kernel, size - from)) {}
};

// y and, as numbers, the tap of the window that it is from: the first of equals row by row. What is not a number wins, so that
// it is not hidden.
inline void max_pool(const MaxPool& g, const float* x, float* y, float* place) {
  const int64_t C = g.channels, H = g.out_height(), W = g.out_width();
  parallel(g.batch * H, [&](int64_t item) {
    const int64_t top = item % H * g.stride - g.padding;
    const Taps rows(top, g.kernel, g.height);
    const float* film = x + item / H * g.height * g.width * C;
    for (int64_t ox = 0; ox < W; ox++) {
      const int64_t left = ox * g.stride - g.padding;
      const Taps columns(left, g.kernel, g.width);
      const auto at = [&](int64_t ky, int64_t kx) { return film + ((top + ky) * g.width + left + kx) * C; };
      const auto tap = [&](int64_t ky, int64_t kx) { return static_cast<float>(ky * g.kernel + kx); };
      float* out = y + (item * W + ox) * C;
      float* from = place + (item * W + ox) * C;
      int64_t c = 0;
      for (; c + 8 <= C; c += 8) {
        v8 best = *reinterpret_cast<const v8*>(at(rows.first, columns.first) + c);
        v8 won = v8{} + tap(rows.first, columns.first);
        for (int64_t ky = rows.first; ky < rows.end; ky++)
          for (int64_t kx = columns.first; kx < columns.end; kx++) {
            const v8 in = *reinterpret_cast<const v8*>(at(ky, kx) + c);
            const auto wins = ~(in <= best) & (best == best);
            best = wins ? in : best;
            won = wins ? v8{} + tap(ky, kx) : won;
          }
        *reinterpret_cast<v8*>(out + c) = best;
        *reinterpret_cast<v8*>(from + c) = won;
      }
      for (; c < C; c++) {
        out[c] = at(rows.first, columns.first)[c];
        from[c] = tap(rows.first, columns.first);
        for (int64_t ky = rows.first; ky < rows.end; ky++)
          for (int64_t kx = columns.first; kx < columns.end; kx++) {
            const float in = at(ky, kx)[c];
            if (in <= out[c] || out[c] != out[c]) continue;
            out[c] = in;
            from[c] = tap(ky, kx);
          }
      }
    }
  });
}

// Every value of dy goes to the tap it is from; a pixel adds the windows' in one order.
inline void max_pool_gradient(const MaxPool& g, const float* place, const float* dy, float* dx) {
  const int64_t C = g.channels, H = g.out_height(), W = g.out_width();
  parallel(g.batch * g.height, [&](int64_t item) {
    const int64_t b = item / g.height, row = item % g.height;
    float* out = dx + item * g.width * C;
    std::memset(out, 0, g.width * C * sizeof(float));
    for (int64_t oy = 0; oy < H; oy++) {
      const int64_t ky = row - (oy * g.stride - g.padding);
      if (ky < 0 || ky >= g.kernel) continue;
      for (int64_t ox = 0; ox < W; ox++) {
        const int64_t left = ox * g.stride - g.padding, window = ((b * H + oy) * W + ox) * C;
        const Taps columns(left, g.kernel, g.width);
        for (int64_t kx = columns.first; kx < columns.end; kx++) {
          const float tap = static_cast<float>(ky * g.kernel + kx);
          const float* __restrict from = place + window;
          const float* __restrict d = dy + window;
          float* __restrict to = out + (left + kx) * C;
          for (int64_t c = 0; c < C; c++) to[c] += from[c] == tap ? d[c] : 0.0f;
        }
      }
    }
  });
}

// The adjoint of that: what stands in the films of at the taps.
inline void max_pool_at(const MaxPool& g, const float* place, const float* of, float* y) {
  const int64_t C = g.channels, H = g.out_height(), W = g.out_width();
  parallel(g.batch * H, [&](int64_t item) {
    const int64_t top = item % H * g.stride - g.padding;
    const float* film = of + item / H * g.height * g.width * C;
    for (int64_t i = item * W * C; i < (item + 1) * W * C; i++) {
      const int64_t left = i / C % W * g.stride - g.padding, tap = static_cast<int64_t>(place[i]);
      y[i] = film[((top + tap / g.kernel) * g.width + left + tap % g.kernel) * C + i % C];
    }
  });
}

}  // namespace radiograft
`
