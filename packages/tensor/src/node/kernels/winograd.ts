// C++: 3x3 convolutions of stride 1 in fewer multiplications. A part of `kernelAddon`; the op is `ops/convolve`.

export const WINOGRAD = String.raw`
// Convolutions with 3x3 filters and stride 1, NHWC, by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2016, "Fast
// algorithms for convolutional neural networks", section 4.1): a tile of 2x2 outputs costs 16 products instead of 36.
//   y = At [(G w Gt) o (Bt x B)] A      for each tile, summed over channels: 16 products of matrices [tiles, C] x [C, K]
//   dw = Gt [sum over tiles of (Bt x B) o (A dy At)] G
// The gradient by the films is the same convolution of dy with the filter turned by 180 degrees. Zeros around the films are
// added while tiles are read. Each value of a result is summed in one order, whatever the threads do.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace radiograft {
namespace winograd {

// Channels are handled in panels of sixteen.
constexpr int PANEL = 16;
typedef float vec __attribute__((vector_size(32), aligned(4), may_alias));
constexpr int WIDTH = sizeof(vec) / sizeof(float);
constexpr int VECS = PANEL / WIDTH;
// Rows of a register tile: as many sums as hide the latency of a multiplication and still fit the registers.
constexpr int ROWS = 6;
// Tiles that a thread transforms at a time (forward) and that share one product (filter gradient): what the caches hold.
constexpr int64_t BLOCK = 48, SHARED_BLOCK = 256, PART = 16;

struct Conv {
  int64_t batch, height, width, channels;  // x
  int64_t outputs;
  int64_t pad;  // zeros on each side
  int64_t out_height() const { return height + 2 * pad - 2; }
  int64_t out_width() const { return width + 2 * pad - 2; }
  int64_t tile_rows() const { return (out_height() + 1) / 2; }
  int64_t tile_columns() const { return (out_width() + 1) / 2; }
  int64_t tiles() const { return batch * tile_rows() * tile_columns(); }
};

struct Place {
  int64_t film, row, column;  // of the tile's first output
};
inline Place place(const Conv& g, int64_t tile) {
  const int64_t columns = g.tile_columns(), rows = g.tile_rows();
  return {tile / (rows * columns), tile / columns % rows * 2, tile % columns * 2};
}

inline int64_t panels_of(int64_t channels) { return (channels + PANEL - 1) / PANEL; }

// The transforms of one tile, of vectors of any length: also for the kernels in bfloat16.
#define RADIOGRAFT_TRANSFORM template <typename V> __attribute__((always_inline)) inline void
// e = Bt q B
RADIOGRAFT_TRANSFORM films_transform(const V q[4][4], V e[4][4]) {
  V d[4][4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) {
    d[0][j] = q[0][j] - q[2][j];
    d[1][j] = q[1][j] + q[2][j];
    d[2][j] = q[2][j] - q[1][j];
    d[3][j] = q[1][j] - q[3][j];
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    e[i][0] = d[i][0] - d[i][2];
    e[i][1] = d[i][1] + d[i][2];
    e[i][2] = d[i][2] - d[i][1];
    e[i][3] = d[i][1] - d[i][3];
  }
}
// u = G w Gt
RADIOGRAFT_TRANSFORM filter_transform(const V w[3][3], V u[4][4]) {
  V r[4][3];
#pragma GCC unroll 3
  for (int j = 0; j < 3; j++) {
    const V outer = .5f * (w[0][j] + w[2][j]), middle = .5f * w[1][j];
    r[0][j] = w[0][j];
    r[1][j] = outer + middle;
    r[2][j] = outer - middle;
    r[3][j] = w[2][j];
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const V outer = .5f * (r[i][0] + r[i][2]), middle = .5f * r[i][1];
    u[i][0] = r[i][0];
    u[i][1] = outer + middle;
    u[i][2] = outer - middle;
    u[i][3] = r[i][2];
  }
}
// y = At m A
RADIOGRAFT_TRANSFORM outputs_transform(const V m[4][4], V y[2][2]) {
  V q[2][4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) {
    q[0][j] = m[0][j] + m[1][j] + m[2][j];
    q[1][j] = m[1][j] - m[2][j] - m[3][j];
  }
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    y[i][0] = q[i][0] + q[i][1] + q[i][2];
    y[i][1] = q[i][1] - q[i][2] - q[i][3];
  }
}
// e = A s At
RADIOGRAFT_TRANSFORM gradients_transform(const V s[2][2], V e[4][4]) {
  V r[4][2];
#pragma GCC unroll 2
  for (int j = 0; j < 2; j++) {
    r[0][j] = s[0][j];
    r[1][j] = s[0][j] + s[1][j];
    r[2][j] = s[0][j] - s[1][j];
    r[3][j] = -s[1][j];
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    e[i][0] = r[i][0];
    e[i][1] = r[i][0] + r[i][1];
    e[i][2] = r[i][0] - r[i][1];
    e[i][3] = -r[i][1];
  }
}
// w = Gt u G
RADIOGRAFT_TRANSFORM taps_transform(const V u[4][4], V w[3][3]) {
  V r[3][4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++) {
    const V outer = .5f * (u[1][j] + u[2][j]);
    r[0][j] = u[0][j] + outer;
    r[1][j] = .5f * (u[1][j] - u[2][j]);
    r[2][j] = outer + u[3][j];
  }
#pragma GCC unroll 3
  for (int i = 0; i < 3; i++) {
    const V outer = .5f * (r[i][1] + r[i][2]);
    w[i][0] = r[i][0] + outer;
    w[i][1] = .5f * (r[i][1] - r[i][2]);
    w[i][2] = outer + r[i][3];
  }
}
#undef RADIOGRAFT_TRANSFORM

// Tiles of a block: whole register tiles, and at least a few blocks for every thread.
inline int64_t block_of(int64_t tiles, int64_t rows, int64_t most) {
  return std::min(most, ((tiles + 15) / 16 + rows - 1) / rows * rows);
}

// Where the 4x4 pixels of a tile lie; nowhere outside of the film.
inline void tile_pixels(const Conv& g, const float* x, int64_t tile, const float* pixel[4][4]) {
  const Place at = place(g, tile);
  for (int i = 0; i < 4; i++) {
    const int64_t y = at.row - g.pad + i;
    for (int j = 0; j < 4; j++) {
      const int64_t k = at.column - g.pad + j;
      const bool outside = y < 0 || y >= g.height || k < 0 || k >= g.width;
      pixel[i][j] = outside ? nullptr : x + ((at.film * g.height + y) * g.width + k) * g.channels;
    }
  }
}

inline vec load(const float* p) { return *reinterpret_cast<const vec*>(p); }
inline void store(float* p, vec v) { *reinterpret_cast<vec*>(p) = v; }
inline vec load_some(const float* p, int64_t n) {
  if (n >= WIDTH) return load(p);
  vec v = vec{};
  if (n > 0) std::memcpy(&v, p, static_cast<size_t>(n) * sizeof(float));
  return v;
}
inline void store_some(float* p, vec v, int64_t n) {
  if (n >= WIDTH)
    store(p, v);
  else if (n > 0)
    std::memcpy(p, &v, static_cast<size_t>(n) * sizeof(float));
}

// Memory that a thread keeps: kernels run every step, and returning hundreds of pages each time costs more than the sums.
class Scratch {
 public:
  ~Scratch() { std::free(memory_); }
  float* floats(int64_t n) {
    if (n > size_) {
      std::free(memory_);
      size_ = 0;
      memory_ = std::aligned_alloc(64, (static_cast<size_t>(n) * sizeof(float) + 63) / 64 * 64);
      if (!memory_) throw std::bad_alloc();
      size_ = n;
    }
    return static_cast<float*>(memory_);
  }

 private:
  void* memory_ = nullptr;
  int64_t size_ = 0;
};

// out[R][PANEL] = sum over panels p and their channels c of a[p a_panel + r PANEL + c] b[p PANEL + c][PANEL]
template <int R>
__attribute__((always_inline)) inline void rows_product(const float* a, int64_t a_panel, int64_t panels, const float* b, float* out) {
  vec sum[R][VECS];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECS; v++) sum[r][v] = vec{};
  for (int64_t p = 0; p < panels; p++, a += a_panel) {
#pragma GCC unroll 4
    for (int c = 0; c < PANEL; c++, b += PANEL) {
      vec line[VECS];
#pragma GCC unroll 2
      for (int v = 0; v < VECS; v++) line[v] = load(b + v * WIDTH);
#pragma GCC unroll 16
      for (int r = 0; r < R; r++) {
        const vec one = a[r * PANEL + c] - vec{};
#pragma GCC unroll 2
        for (int v = 0; v < VECS; v++) sum[r][v] += one * line[v];
      }
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECS; v++) store(out + r * PANEL + v * WIDTH, sum[r][v]);
}
// The rows that no full register tile covers.
template <int R>
inline void rest_product(int64_t rows, const float* a, int64_t a_panel, int64_t panels, const float* b, float* out) {
  if constexpr (R > 0) {
    if (rows == R)
      rows_product<R>(a, a_panel, panels, b, out);
    else
      rest_product<R - 1>(rows, a, a_panel, panels, b, out);
  }
}

// out[R][PANEL] += sum over t of a[t PANEL + r] b[t PANEL + j]
template <int R>
__attribute__((always_inline)) inline void outer_product(const float* a, const float* b, int64_t count, float* out) {
  vec sum[R][VECS];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECS; v++) sum[r][v] = load(out + r * PANEL + v * WIDTH);
  for (int64_t t = 0; t < count; t++, a += PANEL, b += PANEL) {
    vec line[VECS];
#pragma GCC unroll 2
    for (int v = 0; v < VECS; v++) line[v] = load(b + v * WIDTH);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      const vec one = a[r] - vec{};
#pragma GCC unroll 2
      for (int v = 0; v < VECS; v++) sum[r][v] += one * line[v];
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int v = 0; v < VECS; v++) store(out + r * PANEL + v * WIDTH, sum[r][v]);
}

// Bt x B of tiles from..from + count: out[16][panel][capacity][PANEL], written from the first tile's place on.
inline void transform_films(const Conv& g, const float* x, int64_t from, int64_t count, int64_t capacity, float* out) {
  alignas(64) static const float zeros[PANEL] = {};
  const int64_t panels = panels_of(g.channels), step = panels * capacity * PANEL;
  for (int64_t t = 0; t < count; t++, out += PANEL) {
    const float* pixel[4][4];
    tile_pixels(g, x, from + t, pixel);
    for (int64_t p = 0; p < panels; p++)
      for (int v = 0; v < VECS; v++) {
        const int64_t c = p * PANEL + v * WIDTH, left = g.channels - c;
        vec q[4][4], e[4][4];
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++)
          for (int i = 0; i < 4; i++) {
            const float* from_pixel = pixel[i][j];
            q[i][j] = left >= WIDTH ? load(from_pixel ? from_pixel + c : zeros) : from_pixel ? load_some(from_pixel + c, left) : vec{};
          }
        films_transform(q, e);
        float* to = out + p * capacity * PANEL + v * WIDTH;
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++)
#pragma GCC unroll 4
          for (int j = 0; j < 4; j++) store(to + (i * 4 + j) * step, e[i][j]);
      }
  }
}

// One panel of outputs of the filter: out[16][step], of which [channels][PANEL] are written. The filter is [3, 3, C, K], or,
// turned, [3, 3, K, C] and read from its far corner.
inline void transform_filter(const float* w, int64_t C, int64_t K, bool turned, int64_t panel, int64_t step, float* out) {
  const int64_t channels = panels_of(C) * PANEL, k0 = panel * PANEL;
  vec taps[3][3], u[4][4];
  if (!turned) {
    for (int64_t c = 0; c < channels; c++)
      for (int v = 0; v < VECS; v++) {
        const int64_t k = k0 + v * WIDTH;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) taps[i][j] = c < C ? load_some(w + ((i * 3 + j) * C + c) * K + k, K - k) : vec{};
        filter_transform(taps, u);
        for (int f = 0; f < 16; f++) store(out + f * step + c * PANEL + v * WIDTH, u[f / 4][f % 4]);
      }
    return;
  }
  for (int64_t c = 0; c < channels; c += WIDTH)
    for (int64_t k = 0; k < PANEL; k++) {
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          taps[i][j] = k0 + k < K ? load_some(w + (((2 - i) * 3 + 2 - j) * K + k0 + k) * C + c, C - c) : vec{};
      filter_transform(taps, u);
      for (int f = 0; f < 16; f++) {
        float* to = out + f * step + c * PANEL + k;
        for (int l = 0; l < WIDTH; l++) to[l * PANEL] = u[f / 4][f % 4][l];
      }
    }
}

// At m A of a panel's tiles, written to y [batch, out_height, out_width, outputs]; m [16][capacity][PANEL]
inline void write_tiles(const Conv& g, const float* m, int64_t from, int64_t count, int64_t capacity, int64_t panel, float* y) {
  const int64_t H = g.out_height(), W = g.out_width(), step = capacity * PANEL;
  for (int64_t t = 0; t < count; t++, m += PANEL) {
    const Place at = place(g, from + t);
    for (int v = 0; v < VECS; v++) {
      vec q[4][4], r[2][2];
#pragma GCC unroll 16
      for (int f = 0; f < 16; f++) q[f / 4][f % 4] = load(m + f * step + v * WIDTH);
      outputs_transform(q, r);
      const int64_t k = panel * PANEL + v * WIDTH;
      for (int64_t i = 0; i < 2 && at.row + i < H; i++)
        for (int64_t j = 0; j < 2 && at.column + j < W; j++)
          store_some(y + ((at.film * H + at.row + i) * W + at.column + j) * g.outputs + k, r[i][j], g.outputs - k);
    }
  }
}

// So few tiles that the filter is the larger part: each panel of it is transformed where it is used, and stays in the caches.
constexpr int64_t FEW_TILES = 48;

inline void product(int64_t rows, const float* a, int64_t a_panel, int64_t panels, const float* b, float* out) {
  int64_t t = 0;
  for (; t + ROWS <= rows; t += ROWS) rows_product<ROWS>(a + t * PANEL, a_panel, panels, b, out + t * PANEL);
  rest_product<ROWS - 1>(rows - t, a + t * PANEL, a_panel, panels, b, out + t * PANEL);
}

inline void convolve_few_tiles(const Conv& g, const float* x, const float* w, bool turned, float* y) {
  static thread_local Scratch films;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles(), v_step = C * tiles * PANEL, u_step = C * PANEL * PANEL;
  float* v = films.floats(16 * v_step);
  parallel(ceil_div(tiles, 4), [&](int64_t item) { transform_films(g, x, item * 4, std::min<int64_t>(4, tiles - item * 4), tiles, v + item * 4 * PANEL); });
  parallel(K, [&](int64_t panel) {
    static thread_local Scratch mine;
    float* u = mine.floats(16 * (u_step + tiles * PANEL));
    float* m = u + 16 * u_step;
    transform_filter(w, g.channels, g.outputs, turned, panel, u_step, u);
    for (int64_t f = 0; f < 16; f++) product(tiles, v + f * v_step, tiles * PANEL, C, u + f * u_step, m + f * tiles * PANEL);
    write_tiles(g, m, 0, tiles, tiles, panel, y);
  });
}

// y [batch, out_height, out_width, outputs] from x and w [3, 3, channels, outputs]; turned: w [3, 3, outputs, channels]
inline void convolve(const Conv& g, const float* x, const float* w, bool turned, float* y) {
  if (g.tiles() <= FEW_TILES) return convolve_few_tiles(g, x, w, turned, y);
  static thread_local Scratch filter;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles(), u_step = K * C * PANEL * PANEL;
  float* u = filter.floats(16 * u_step);
  parallel(K, [&](int64_t panel) { transform_filter(w, g.channels, g.outputs, turned, panel, u_step, u + panel * C * PANEL * PANEL); });
  const int64_t block = block_of(tiles, ROWS, BLOCK);
  parallel((tiles + block - 1) / block, [&](int64_t item) {
    static thread_local Scratch mine;
    const int64_t from = item * block, count = std::min(block, tiles - from), step = C * block * PANEL;
    float* v = mine.floats(16 * step + 16 * block * PANEL);
    float* m = v + 16 * step;
    transform_films(g, x, from, count, block, v);
    for (int64_t panel = 0; panel < K; panel++) {
      for (int64_t f = 0; f < 16; f++)
        product(count, v + f * step, block * PANEL, C, u + f * u_step + panel * C * PANEL * PANEL, m + f * block * PANEL);
      write_tiles(g, m, from, count, block, panel, y);
    }
  });
}

// A dy At of tiles from..from + count: out[16][panel][capacity][PANEL]
inline void transform_gradients(const Conv& g, const float* dy, int64_t from, int64_t count, int64_t capacity, float* out) {
  const int64_t H = g.out_height(), W = g.out_width(), panels = panels_of(g.outputs), step = panels * capacity * PANEL;
  for (int64_t t = 0; t < count; t++, out += PANEL) {
    const Place at = place(g, from + t);
    for (int64_t p = 0; p < panels; p++)
      for (int v = 0; v < VECS; v++) {
        const int64_t k = p * PANEL + v * WIDTH;
        vec s[2][2], e[4][4];
        for (int64_t i = 0; i < 2; i++)
          for (int64_t j = 0; j < 2; j++)
            s[i][j] = at.row + i < H && at.column + j < W
                          ? load_some(dy + ((at.film * H + at.row + i) * W + at.column + j) * g.outputs + k, g.outputs - k)
                          : vec{};
        gradients_transform(s, e);
        float* to = out + p * capacity * PANEL + v * WIDTH;
        for (int f = 0; f < 16; f++) store(to + f * step, e[f / 4][f % 4]);
      }
  }
}

// dw [3, 3, channels, outputs] of one channel and one panel of outputs: Gt u G
inline void write_taps(const Conv& g, const float* u, int64_t step, int64_t c, int64_t panel, float* dw) {
  for (int v = 0; v < VECS; v++) {
    const int64_t k = panel * PANEL + v * WIDTH;
    vec q[4][4], taps[3][3];
    for (int f = 0; f < 16; f++) q[f / 4][f % 4] = load(u + f * step + v * WIDTH);
    taps_transform(q, taps);
    for (int64_t i = 0; i < 3; i++)
      for (int64_t j = 0; j < 3; j++) store_some(dw + ((i * 3 + j) * g.channels + c) * g.outputs + k, taps[i][j], g.outputs - k);
  }
}

// dw [3, 3, channels, outputs] from x and dy [batch, out_height, out_width, outputs]
inline void filter_gradient_3x3(const Conv& g, const float* x, const float* dy, float* dw) {
  static thread_local Scratch memory;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles();
  const int64_t block = std::min(SHARED_BLOCK, tiles), xs = C * block * PANEL, ys = K * block * PANEL, us = C * K * PANEL * PANEL;
  float* v = memory.floats(16 * (xs + ys + us));
  float* d = v + 16 * xs;
  float* u = d + 16 * ys;
  for (int64_t from = 0; from < tiles; from += block) {
    const int64_t count = std::min(block, tiles - from);
    parallel((count + PART - 1) / PART, [&](int64_t item) {
      const int64_t first = item * PART, some = std::min(PART, count - first);
      transform_films(g, x, from + first, some, block, v + first * PANEL);
      transform_gradients(g, dy, from + first, some, block, d + first * PANEL);
    });
    parallel(16 * C, [&](int64_t item) {
      const int64_t f = item / C, p = item % C;
      const float* a = v + f * xs + p * block * PANEL;
      for (int64_t q = 0; q < K; q++) {
        const float* b = d + f * ys + q * block * PANEL;
        float* out = u + f * us + (p * K + q) * PANEL * PANEL;
        if (from == 0) std::memset(out, 0, PANEL * PANEL * sizeof(float));
        outer_product<6>(a, b, count, out);
        outer_product<6>(a + 6, b, count, out + 6 * PANEL);
        outer_product<4>(a + 12, b, count, out + 12 * PANEL);
      }
    });
  }
  parallel(C, [&](int64_t p) {
    for (int64_t c = p * PANEL; c < std::min(g.channels, (p + 1) * PANEL); c++)
      for (int64_t q = 0; q < K; q++) write_taps(g, u + ((p * K + q) * PANEL + c - p * PANEL) * PANEL, us, c, q, dw);
  });
}

}  // namespace winograd
}  // namespace radiograft
`
