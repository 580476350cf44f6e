// C++: 3x3 convolutions of stride 1 in bfloat16, for processors that multiply pairs of them. A part of `kernelAddon`; the op
// is `ops/convolve`.

export const NARROW_WINOGRAD = String.raw`
// The same minimal filtering as in winograd, its products in bfloat16: films and filters are transformed in float32 and rounded
// once, and two neighbours (of channels; for the filter's gradient of tiles) lie side by side, as the instruction wants them.
// Sums are in float32. Against a direct convolution of rounded films the error is 1.4 times as large (tools/bench/ops.ts).
namespace radiograft {
namespace narrow {

using winograd::Conv;
using winograd::panels_of;
using winograd::PANEL;
using winograd::Place;
using winograd::Scratch;
// Pairs of a panel's channels.
constexpr int PAIRS = PANEL / 2;
// Tiles that a thread transforms at a time (forward) and that share one product (filter gradient): what the caches hold.
constexpr int64_t BLOCK = 48, SHARED_BLOCK = 512, PART = 16;

// out[q out_panel + r PANEL ..] = sum over panels of channels: a [panel][row][PAIRS], b [q][panel][PAIRS][PANEL]
template <int R, int Q>
__attribute__((always_inline)) inline void rows_product(const pair* a, int64_t a_panel, int64_t panels, const pair* b, int64_t b_panel, float* out, int64_t out_panel) {
  __m512 sum[R][Q];
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) sum[r][q] = _mm512_setzero_ps();
  for (int64_t p = 0; p < panels; p++, a += a_panel, b += PAIRS * PANEL) add_products<R, Q>(a, PAIRS, 1, b, b_panel, PAIRS, sum);
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) _mm512_storeu_ps(out + q * out_panel + r * PANEL, sum[r][q]);
}
// The rows that no full register tile covers.
template <int R, int Q>
inline void rest_product(int64_t rows, const pair* a, int64_t a_panel, int64_t panels, const pair* b, int64_t b_panel, float* out, int64_t out_panel) {
  if constexpr (R > 0) {
    if (rows == R)
      rows_product<R, Q>(a, a_panel, panels, b, b_panel, out, out_panel);
    else
      rest_product<R - 1, Q>(rows, a, a_panel, panels, b, b_panel, out, out_panel);
  }
}
template <int Q>
inline void product(int64_t rows, const pair* a, int64_t a_panel, int64_t panels, const pair* b, int64_t b_panel, float* out, int64_t out_panel) {
  // as many sums as the registers hold beside the rest
  constexpr int ROWS = 24 / Q;
  int64_t t = 0;
  for (; t + ROWS <= rows; t += ROWS) rows_product<ROWS, Q>(a + t * PAIRS, a_panel, panels, b, b_panel, out + t * PANEL, out_panel);
  rest_product<ROWS - 1, Q>(rows - t, a + t * PAIRS, a_panel, panels, b, b_panel, out + t * PANEL, out_panel);
}

// Bt x B of one tile and one panel of channels
inline void transform_tile(const float* const pixel[4][4], int64_t c, int64_t left, wide e[4][4]) {
  alignas(64) static const float zeros[PANEL] = {};
  wide q[4][4];
#pragma GCC unroll 4
  for (int j = 0; j < 4; j++)
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
      const float* from = pixel[i][j];
      q[i][j] = left >= PANEL ? load(from ? from + c : zeros) : from ? load_some(from + c, left) : wide{};
    }
  winograd::films_transform(q, e);
}
// out[16][panel][capacity][PAIRS], written from the first tile's place on
inline void transform_films(const Conv& g, const float* x, int64_t from, int64_t count, int64_t capacity, pair* out) {
  const int64_t panels = panels_of(g.channels), step = panels * capacity * PAIRS;
  for (int64_t t = 0; t < count; t++, out += PAIRS) {
    const float* pixel[4][4];
    winograd::tile_pixels(g, x, from + t, pixel);
    for (int64_t p = 0; p < panels; p++) {
      wide e[4][4];
      transform_tile(pixel, p * PANEL, g.channels - p * PANEL, e);
      pair* to = out + p * capacity * PAIRS;
#pragma GCC unroll 16
      for (int f = 0; f < 16; f++) _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + f * step), rounded(e[f / 4][f % 4]));
    }
  }
}

// One panel of outputs of the filter: out[16][step], of which [pair of channels][PANEL] are written. The filter is [3, 3, C, K],
// or, turned, [3, 3, K, C] and read from its far corner.
inline void transform_filter(const float* w, int64_t C, int64_t K, bool turned, int64_t panel, int64_t step, pair* out) {
  const int64_t pairs = panels_of(C) * PAIRS, k0 = panel * PANEL;
  wide taps[3][3], u[2][4][4];
  if (!turned) {
    for (int64_t at = 0; at < pairs; at++) {
      for (int half = 0; half < 2; half++) {
        const int64_t c = 2 * at + half;
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) taps[i][j] = c < C ? load_some(w + ((i * 3 + j) * C + c) * K + k0, K - k0) : wide{};
        winograd::filter_transform(taps, u[half]);
      }
      for (int f = 0; f < 16; f++)
        _mm512_storeu_si512(out + f * step + at * PANEL, beside(rounded(u[0][f / 4][f % 4]), rounded(u[1][f / 4][f % 4])));
    }
    return;
  }
  for (int64_t c = 0; c < pairs * 2; c += PANEL)
    for (int64_t k = 0; k < PANEL; k++) {
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          taps[i][j] = k0 + k < K ? load_some(w + (((2 - i) * 3 + 2 - j) * K + k0 + k) * C + c, C - c) : wide{};
      winograd::filter_transform(taps, u[0]);
      for (int f = 0; f < 16; f++) {
        alignas(32) pair both[PAIRS];
        _mm256_store_si256(reinterpret_cast<__m256i*>(both), rounded(u[0][f / 4][f % 4]));
        pair* to = out + f * step + c / 2 * PANEL + k;
        for (int l = 0; l < PAIRS; l++) to[l * PANEL] = both[l];
      }
    }
}

// At m A of a panel's tiles, written to y [batch, out_height, out_width, outputs]; m [16][step] with PANEL values a tile
inline void write_tiles(const Conv& g, const float* m, int64_t from, int64_t count, int64_t step, int64_t panel, float* y) {
  const int64_t H = g.out_height(), W = g.out_width(), k = panel * PANEL;
  for (int64_t t = 0; t < count; t++, m += PANEL) {
    const Place at = place(g, from + t);
    wide q[4][4], r[2][2];
#pragma GCC unroll 16
    for (int f = 0; f < 16; f++) q[f / 4][f % 4] = load(m + f * step);
    winograd::outputs_transform(q, r);
    for (int64_t i = 0; i < 2 && at.row + i < H; i++)
      for (int64_t j = 0; j < 2 && at.column + j < W; j++)
        store_some(y + ((at.film * H + at.row + i) * W + at.column + j) * g.outputs + k, r[i][j], g.outputs - k);
  }
}

inline pair* pairs_in(Scratch& scratch, int64_t n) { return reinterpret_cast<pair*>(scratch.floats(n)); }

// Two panels of outputs for all tiles: m[16][2][capacity][PANEL] of v[16][v_step] and u[16][u_step], u_panel from one panel to the next
inline void panels_product(bool two, int64_t count, int64_t capacity, int64_t C, const pair* v, int64_t v_step, const pair* u, int64_t u_step, int64_t u_panel, float* m) {
  for (int64_t f = 0; f < 16; f++)
    (two ? product<2> : product<1>)(count, v + f * v_step, capacity * PAIRS, C, u + f * u_step, u_panel, m + f * 2 * capacity * PANEL, capacity * PANEL);
}

// As winograd's: the filter transformed where it is used.
inline void convolve_few_tiles(const Conv& g, const float* x, const float* w, bool turned, float* y) {
  static thread_local Scratch films;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles(), v_step = C * tiles * PAIRS, u_panel = C * PAIRS * PANEL;
  pair* v = pairs_in(films, 16 * v_step);
  parallel(ceil_div(tiles, 4), [&](int64_t item) { transform_films(g, x, item * 4, std::min<int64_t>(4, tiles - item * 4), tiles, v + item * 4 * PAIRS); });
  parallel(ceil_div(K, 2), [&](int64_t item) {
    static thread_local Scratch mine;
    const int64_t panel = item * 2, count = std::min<int64_t>(2, K - panel);
    pair* u = pairs_in(mine, 16 * 2 * (u_panel + tiles * PANEL));
    float* m = reinterpret_cast<float*>(u + 16 * 2 * u_panel);
    for (int64_t q = 0; q < count; q++) transform_filter(w, g.channels, g.outputs, turned, panel + q, 2 * u_panel, u + q * u_panel);
    panels_product(count == 2, tiles, tiles, C, v, v_step, u, 2 * u_panel, u_panel, m);
    for (int64_t q = 0; q < count; q++) narrow::write_tiles(g, m + q * tiles * PANEL, 0, tiles, 2 * tiles * PANEL, panel + q, y);
  });
}

// y [batch, out_height, out_width, outputs] from x and w [3, 3, channels, outputs]; turned: w [3, 3, outputs, channels]
inline void convolve(const Conv& g, const float* x, const float* w, bool turned, float* y) {
  if (g.tiles() <= winograd::FEW_TILES) return narrow::convolve_few_tiles(g, x, w, turned, y);
  static thread_local Scratch filter;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles(), u_panel = C * PAIRS * PANEL;
  pair* u = pairs_in(filter, 16 * K * u_panel);
  parallel(K, [&](int64_t panel) { transform_filter(w, g.channels, g.outputs, turned, panel, K * u_panel, u + panel * u_panel); });
  const int64_t block = winograd::block_of(tiles, 12, BLOCK);
  parallel((tiles + block - 1) / block, [&](int64_t item) {
    static thread_local Scratch mine;
    const int64_t from = item * block, count = std::min(block, tiles - from), step = C * block * PAIRS, products = 2 * block * PANEL;
    pair* v = pairs_in(mine, 16 * (step + products));
    float* m = reinterpret_cast<float*>(v + 16 * step);
    transform_films(g, x, from, count, block, v);
    for (int64_t panel = 0; panel < K; panel += 2) {
      const bool two = panel + 1 < K;
      panels_product(two, count, block, C, v, step, u + panel * u_panel, K * u_panel, u_panel, m);
      for (int64_t q = 0; q < (two ? 2 : 1); q++) narrow::write_tiles(g, m + q * block * PANEL, from, count, products, panel + q, y);
    }
  });
}

// A dy At of one tile and one panel of outputs
inline void transform_gradient(const Conv& g, const float* dy, int64_t tile, int64_t k, wide e[4][4]) {
  const int64_t H = g.out_height(), W = g.out_width();
  const Place at = place(g, tile);
  wide s[2][2];
  for (int64_t i = 0; i < 2; i++)
    for (int64_t j = 0; j < 2; j++) {
      const bool inside = at.row + i < H && at.column + j < W;
      s[i][j] = inside ? load_some(dy + ((at.film * H + at.row + i) * W + at.column + j) * g.outputs + k, g.outputs - k) : wide{};
    }
  winograd::gradients_transform(s, e);
}
// out[16][panel][capacity][PANEL]: tiles from..from + count two by two, the last with nothing where their number is odd.
// tile(t, c, e) transforms tile t and the channels from c on.
template <typename Tile>
__attribute__((always_inline)) inline void transform_pairs(int64_t channels, int64_t from, int64_t count, int64_t capacity, pair* out, Tile&& tile) {
  const int64_t panels = panels_of(channels), step = panels * capacity * PANEL;
  for (int64_t p = 0; p < panels; p++)
    for (int64_t t = 0; t < count; t += 2) {
      wide e[4][4];
      __m256i even[16];
      tile(from + t, p * PANEL, e);
#pragma GCC unroll 16
      for (int f = 0; f < 16; f++) even[f] = rounded(e[f / 4][f % 4]);
      const bool two = t + 1 < count;
      if (two) tile(from + t + 1, p * PANEL, e);
      pair* to = out + (p * capacity + t / 2) * PANEL;
#pragma GCC unroll 16
      for (int f = 0; f < 16; f++) _mm512_storeu_si512(to + f * step, beside(even[f], two ? rounded(e[f / 4][f % 4]) : _mm256_setzero_si256()));
    }
}

// out[q out_panel + r PANEL ..] += sum over pairs of tiles of a[pair][r] b[q][pair][..]
template <int R, int Q>
__attribute__((always_inline)) inline void outer_product(const pair* a, const pair* b, int64_t b_panel, int64_t pairs, float* out, int64_t out_panel) {
  __m512 sum[R][Q];
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) sum[r][q] = _mm512_loadu_ps(out + q * out_panel + r * PANEL);
  for (int64_t t = 0; t < pairs; t++) add_products<R, Q>(a + t * PANEL, 1, 0, b + t * PANEL, b_panel, 1, sum);
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) _mm512_storeu_ps(out + q * out_panel + r * PANEL, sum[r][q]);
}

// dw [3, 3, channels, outputs] of one channel and one panel of outputs: Gt u G
inline void write_taps(const Conv& g, const float* u, int64_t step, int64_t c, int64_t panel, float* dw) {
  const int64_t k = panel * PANEL;
  wide q[4][4], taps[3][3];
  for (int f = 0; f < 16; f++) q[f / 4][f % 4] = load(u + f * step);
  winograd::taps_transform(q, taps);
  for (int64_t i = 0; i < 3; i++)
    for (int64_t j = 0; j < 3; j++) store_some(dw + ((i * 3 + j) * g.channels + c) * g.outputs + k, taps[i][j], g.outputs - k);
}

// dw [3, 3, channels, outputs] from x and dy [batch, out_height, out_width, outputs]
inline void filter_gradient_3x3(const Conv& g, const float* x, const float* dy, float* dw) {
  static thread_local Scratch memory;
  const int64_t C = panels_of(g.channels), K = panels_of(g.outputs), tiles = g.tiles();
  const int64_t block = std::min(SHARED_BLOCK, tiles), pairs = (block + 1) / 2;
  const int64_t xs = C * pairs * PANEL, ys = K * pairs * PANEL, us = C * K * PANEL * PANEL;
  pair* v = pairs_in(memory, 16 * (xs + ys + us));
  pair* d = v + 16 * xs;
  float* u = reinterpret_cast<float*>(d + 16 * ys);
  for (int64_t from = 0; from < tiles; from += block) {
    const int64_t count = std::min(block, tiles - from);
    parallel((count + PART - 1) / PART, [&](int64_t item) {
      const int64_t start = item * PART, some = std::min(PART, count - start);
      transform_pairs(g.channels, from + start, some, pairs, v + start / 2 * PANEL, [&](int64_t tile, int64_t c, wide e[4][4]) {
        const float* pixel[4][4];
        winograd::tile_pixels(g, x, tile, pixel);
        transform_tile(pixel, c, g.channels - c, e);
      });
      transform_pairs(g.outputs, from + start, some, pairs, d + start / 2 * PANEL,
                      [&](int64_t tile, int64_t k, wide e[4][4]) { transform_gradient(g, dy, tile, k, e); });
    });
    parallel(16 * C, [&](int64_t item) {
      const int64_t f = item / C, p = item % C, n = (count + 1) / 2;
      const pair* a = v + f * xs + p * pairs * PANEL;
      for (int64_t q = 0; q < K; q += 2) {
        const pair* b = d + f * ys + q * pairs * PANEL;
        float* out = u + f * us + (p * K + q) * PANEL * PANEL;
        const bool two = q + 1 < K;
        if (from == 0) std::memset(out, 0, (two ? 2 : 1) * PANEL * PANEL * sizeof(float));
        if (two)
          for (int half = 0; half < PANEL; half += PANEL / 2) outer_product<PANEL / 2, 2>(a + half, b, pairs * PANEL, n, out + half * PANEL, PANEL * PANEL);
        else
          outer_product<PANEL, 1>(a, b, 0, n, out, 0);
      }
    });
  }
  parallel(C, [&](int64_t p) {
    for (int64_t c = p * PANEL; c < std::min(g.channels, (p + 1) * PANEL); c++)
      for (int64_t q = 0; q < K; q++) narrow::write_taps(g, u + ((p * K + q) * PANEL + c - p * PANEL) * PANEL, us, c, q, dw);
  });
}

}  // namespace narrow
}  // namespace radiograft
`
