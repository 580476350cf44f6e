// C++: 3x3 convolutions of stride 1 in fewer multiplications. A part of `kernelAddon`; the op is `ops/convolve`.

export const WINOGRAD = String.raw`
namespace radiograft {
namespace winograd {

// Values have their natural alignment: a template's type argument loses any other. Memory is read and written as vec_at.
typedef float vec __attribute__((vector_size(32)));
typedef float vec_at __attribute__((vector_size(32), aligned(4), may_alias));
constexpr int WIDTH = sizeof(vec) / sizeof(float);
constexpr int VECS = PANEL / WIDTH;
// Rows of a register tile: as many sums as hide the latency of a multiplication and still fit the registers.
constexpr int ROWS = 6;
// Tiles that a thread transforms at a time (forward) and that share one product (filter gradient): what the caches hold.
constexpr int64_t BLOCK = 48, SHARED_BLOCK = 256, PART = 16;

inline vec load(const float* p) { return *reinterpret_cast<const vec_at*>(p); }
inline void store(float* p, vec v) { *reinterpret_cast<vec_at*>(p) = v; }
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
