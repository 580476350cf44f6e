// C++: convolutions of any filter and stride, and their transposes, in bfloat16, for processors that multiply pairs of such
// numbers. A part of `kernelAddon`, between those of `narrowProcessor`; the op is `ops/convolve`.

export const NARROW_CONVOLVE = String.raw`
// NHWC. The values under one row of the filter lie side by side in a film: a pixel's sum is that of one product a row of the
// filter, of as many values as the filter is wide times the channels. Films are rounded once, with their zeros around them.
// The transpose is, for each place within a stride, such a convolution by every stride-th tap, turned.
#include <memory>

namespace radiograft {
namespace narrow {

// A film in bfloat16 with zeros around it.
struct Padded {
  int64_t batch, height, width, channels;  // of the film
  int64_t top, bottom, left, right;
  int64_t row() const { return (left + width + right) * channels; }
  int64_t film() const { return (top + height + bottom) * row(); }
};

inline void pad_films(const Padded& g, const float* x, uint16_t* out) {
  const int64_t rows = g.top + g.height + g.bottom, values = g.width * g.channels;
  parallel(g.batch * rows, [&](int64_t item) {
    const int64_t b = item / rows, y = item % rows - g.top;
    uint16_t* to = out + item * g.row();
    if (y < 0 || y >= g.height) {
      std::memset(to, 0, g.row() * sizeof(uint16_t));
      return;
    }
    std::memset(to, 0, g.left * g.channels * sizeof(uint16_t));
    to += g.left * g.channels;
    const float* from = x + (b * g.height + y) * values;
    for (int64_t i = 0; i < values; i += LANES) _mm256_mask_storeu_epi16(to + i, first(values - i), rounded(load_some(from + i, values - i)));
    std::memset(to + values, 0, g.right * g.channels * sizeof(uint16_t));
  });
}

// One convolution over rounded films: pixel (row, column) of its output sums taps products of pairs pairs each, tap t from
// in + row row_step + column pixel_step + t tap_step. Weights [panel][tap][pair][LANES].
struct Sums {
  const uint16_t* in;
  int64_t film_step, row_step, pixel_step, tap_step;  // of in
  int64_t before, stride, height;  // rows of zeros under the first row's taps, the film's rows from one row's taps to the next's, and in all
  int64_t taps, pairs, outputs;
  const pair* weights;
  int64_t films, rows, columns;  // of the output
  float* out;
  int64_t out_film, out_row, out_pixel;
};

template <int R, int Q>
__attribute__((always_inline)) inline void pixels_product(const Sums& s, int64_t from, int64_t to, const uint16_t* in, const pair* weights, int64_t panel_step, float* out, int64_t left) {
  __m512 sum[R][Q];
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) sum[r][q] = _mm512_setzero_ps();
  for (int64_t t = from; t < to; t++) {
    const uint16_t* a = in + t * s.tap_step;
    const pair* b = weights + t * s.pairs * LANES;
    for (int64_t i = 0; i < s.pairs; i++, a += 2, b += LANES) {
      __m512bh line[Q];
#pragma GCC unroll 2
      for (int q = 0; q < Q; q++) line[q] = (__m512bh)_mm512_loadu_si512(b + q * panel_step);
#pragma GCC unroll 32
      for (int r = 0; r < R; r++) {
        int both;
        std::memcpy(&both, a + r * s.pixel_step, sizeof both);
        const __m512bh one = (__m512bh)_mm512_set1_epi32(both);
#pragma GCC unroll 2
        for (int q = 0; q < Q; q++) sum[r][q] = _mm512_dpbf16_ps(sum[r][q], one, line[q]);
      }
    }
  }
#pragma GCC unroll 32
  for (int r = 0; r < R; r++)
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) store_some(out + r * s.out_pixel + q * LANES, (wide)sum[r][q], left - q * LANES);
}
template <int R, int Q>
inline void some_pixels(int64_t count, const Sums& s, int64_t from, int64_t to, const uint16_t* in, const pair* weights, int64_t panel_step, float* out, int64_t left) {
  if constexpr (R > 0) {
    if (count == R)
      pixels_product<R, Q>(s, from, to, in, weights, panel_step, out, left);
    else
      some_pixels<R - 1, Q>(count, s, from, to, in, weights, panel_step, out, left);
  }
}

inline void add_up(const Sums& s) {
  constexpr int64_t MOST = 12;
  const int64_t panels = ceil_div(s.outputs, LANES), panel_step = s.taps * s.pairs * LANES;
  // equal parts of a row, none of them short of sums to hide the latency
  const int64_t width = ceil_div(s.columns, ceil_div(s.columns, MOST));
  const int64_t rows = s.films * s.rows, block = std::max<int64_t>(1, rows / 32);
  parallel(ceil_div(rows, block), [&](int64_t item) {
    const int64_t end = std::min(rows, (item + 1) * block);
    for (int64_t panel = 0; panel < panels; panel += 2) {
      const pair* weights = s.weights + panel * panel_step;
      const int64_t left = s.outputs - panel * LANES;
      for (int64_t at = item * block; at < end; at++) {
        const uint16_t* in = s.in + at / s.rows * s.film_step + at % s.rows * s.row_step;
        float* out = s.out + at / s.rows * s.out_film + at % s.rows * s.out_row + panel * LANES;
        // the taps that meet the film
        const int64_t first_row = at % s.rows * s.stride - s.before;
        const int64_t from = std::max<int64_t>(0, -first_row), to = std::max(from, std::min(s.taps, s.height - first_row));
        for (int64_t x = 0; x < s.columns; x += width) {
          const int64_t count = std::min(width, s.columns - x);
          (panel + 1 < panels ? some_pixels<MOST, 2> : some_pixels<MOST, 1>)(count, s, from, to, in + x * s.pixel_step, weights, panel_step, out + x * s.out_pixel, left);
        }
      }
    }
  });
}

struct Filter {
  int64_t height, width, channels, outputs;  // [height, width, channels, outputs]
};

// One panel of [tap][pair][LANES] of the rows of a filter as they lie
inline void lay_rows(const Filter& f, const float* w, int64_t panel, pair* out) {
  const int64_t values = f.width * f.channels, k = panel * LANES;
  for (int64_t row = 0; row < f.height; row++)
    for (int64_t e = 0; e < values; e += 2, out += LANES) {
      const float* at = w + (row * values + e) * f.outputs + k;
      const __m256i odd = e + 1 < values ? rounded(load_some(at + f.outputs, f.outputs - k)) : _mm256_setzero_si256();
      _mm512_storeu_si512(out, beside(rounded(load_some(at, f.outputs - k)), odd));
    }
}

inline uint16_t rounded_one(float v) {
  return static_cast<uint16_t>(_mm_extract_epi16((__m128i)_mm512_castsi512_si128(_mm512_castsi256_si512(rounded((wide)_mm512_set1_ps(v)))), 0));
}

// One panel of [tap][pair][LANES] of the transpose: a row of it is columns taps (from the far one on, stride apart) times the
// filter's outputs, its lanes are the filter's channels.
inline void lay_turned(const Filter& f, const float* w, int64_t stride, int64_t row0, int64_t column0, int64_t rows, int64_t columns, int64_t panel, pair* out) {
  const int64_t values = columns * f.outputs, pairs = ceil_div(values, 2), c0 = panel * LANES, lanes = std::min<int64_t>(LANES, f.channels - c0);
  std::memset(out, 0, rows * pairs * LANES * sizeof(pair));
  for (int64_t j = 0; j < rows; j++, out += pairs * LANES)
    for (int64_t i = 0; i < columns; i++) {
      const int64_t ky = row0 + (rows - 1 - j) * stride, kx = column0 + (columns - 1 - i) * stride;
      for (int64_t lane = 0; lane < lanes; lane++) {
        const float* at = w + ((ky * f.width + kx) * f.channels + c0 + lane) * f.outputs;
        if (f.outputs % 2 == 0) {
          pair* to = out + i * f.outputs / 2 * LANES + lane;
          for (int64_t k = 0; k < f.outputs; k += LANES) {
            alignas(32) pair both[LANES / 2];
            _mm256_store_si256(reinterpret_cast<__m256i*>(both), rounded(load_some(at + k, f.outputs - k)));
            for (int64_t l = 0; l < std::min<int64_t>(LANES, f.outputs - k) / 2; l++) to[(k / 2 + l) * LANES] = both[l];
          }
        } else {
          for (int64_t k = 0; k < f.outputs; k++) {
            const int64_t e = i * f.outputs + k;
            out[e / 2 * LANES + lane] |= static_cast<pair>(rounded_one(at[k])) << (e % 2 * 16);
          }
        }
      }
    }
}

class Memory {
 public:
  template <typename T>
  T* take(int64_t n) {
    void* made = std::aligned_alloc(64, (static_cast<size_t>(n) * sizeof(T) + 63) / 64 * 64);
    if (!made) throw std::bad_alloc();
    kept_.emplace_back(made, &std::free);
    return static_cast<T*>(made);
  }

 private:
  std::vector<std::unique_ptr<void, decltype(&std::free)>> kept_;
};

// Zeros on each side of the films are counted, not written: y [batch, out_height, out_width, outputs].
struct Direct {
  int64_t batch, height, width;          // of the films, whose channels are the filter's
  int64_t out_height, out_width;
  Filter filter;
  int64_t stride, top, left;
};

// Read beyond the last pixel's values: the second of a pair that has one value.
constexpr int64_t BEYOND = 2;

// The same with few outputs, stride 1 and rows long enough: lanes are neighbouring pixels of a row. Films are laid [row][pair of channels][pixel].
inline void convolve_to_few(const Direct& g, const float* x, const float* w, float* y) {
  constexpr int64_t Q = 4;  // registers of pixels side by side
  Memory memory;
  const Filter& f = g.filter;
  const int64_t rows = g.out_height + f.height - 1, C = f.channels, pairs = ceil_div(C, 2), blocks = ceil_div(g.out_width, Q * LANES);
  // pixels of a row with its zeros, and what whole blocks read
  const int64_t width = blocks * Q * LANES + f.width - 1, row_step = pairs * width;
  pair* in = memory.take<pair>(g.batch * rows * row_step);
  parallel(g.batch * rows, [&](int64_t item) {
    const int64_t b = item / rows, row = item % rows - g.top;
    pair* to = in + item * row_step;
    std::memset(to, 0, row_step * sizeof(pair));
    if (row < 0 || row >= g.height) return;
    const float* from = x + (b * g.height + row) * g.width * C;
    for (int64_t column = 0; column < std::min(g.width, width - g.left); column++)
      for (int64_t c = 0; c < C; c += LANES) {
        alignas(32) pair both[LANES / 2];
        _mm256_store_si256(reinterpret_cast<__m256i*>(both), rounded(load_some(from + column * C + c, C - c)));
        for (int64_t l = 0; l < std::min<int64_t>(LANES / 2, pairs - c / 2); l++) to[(c / 2 + l) * width + g.left + column] = both[l];
      }
  });
  // [output][row of the filter][pair][column]
  const int64_t weights_step = f.height * pairs * f.width;
  pair* weights = memory.take<pair>(f.outputs * weights_step);
  for (int64_t k = 0; k < f.outputs; k++)
    for (int64_t ky = 0; ky < f.height; ky++)
      for (int64_t c = 0; c < pairs; c++)
        for (int64_t kx = 0; kx < f.width; kx++) {
          const float* at = w + ((ky * f.width + kx) * C + 2 * c) * f.outputs + k;
          const pair odd = 2 * c + 1 < C ? rounded_one(at[f.outputs]) : 0;
          weights[k * weights_step + (ky * pairs + c) * f.width + kx] = rounded_one(at[0]) | odd << 16;
        }
  parallel(g.batch * g.out_height, [&](int64_t item) {
    const int64_t b = item / g.out_height, row = item % g.out_height;
    // the taps that meet the film
    const int64_t first_row = row - g.top, ky0 = std::max<int64_t>(0, -first_row), ky1 = std::max(ky0, std::min(f.height, g.height - first_row));
    for (int64_t block = 0; block < blocks; block++)
      for (int64_t k = 0; k < f.outputs; k++) {
        // two sums for each, so that one need not wait for the other
        __m512 sum[2][Q];
        for (int64_t q = 0; q < 2 * Q; q++) sum[q / Q][q % Q] = _mm512_setzero_ps();
        for (int64_t ky = ky0; ky < ky1; ky++)
          for (int64_t c = 0; c < pairs; c++) {
            const pair* at = in + (b * rows + row + ky) * row_step + c * width + block * Q * LANES;
            const pair* by = weights + k * weights_step + (ky * pairs + c) * f.width;
            int64_t kx = 0;
            const auto add = [&](int64_t column, __m512 to[Q]) __attribute__((always_inline)) {
              const __m512bh one = (__m512bh)_mm512_set1_epi32(static_cast<int>(by[column]));
#pragma GCC unroll 4
              for (int q = 0; q < Q; q++) to[q] = _mm512_dpbf16_ps(to[q], one, (__m512bh)_mm512_loadu_si512(at + column + q * LANES));
            };
            for (; kx + 2 <= f.width; kx += 2) {
              add(kx, sum[0]);
              add(kx + 1, sum[1]);
            }
            if (kx < f.width) add(kx, sum[0]);
          }
        float* out = y + ((b * g.out_height + row) * g.out_width + block * Q * LANES) * f.outputs + k;
        alignas(64) float values[Q * LANES];
        for (int64_t q = 0; q < Q; q++) _mm512_store_ps(values + q * LANES, _mm512_add_ps(sum[0][q], sum[1][q]));
        for (int64_t i = 0; i < std::min(Q * LANES, g.out_width - block * Q * LANES); i++) out[i * f.outputs] = values[i];
      }
  });
}

inline void convolve_directly(const Direct& g, const float* x, const float* w, float* y) {
  const Filter& f = g.filter;
  if (f.outputs < LANES && g.stride == 1 && g.out_width >= 2 * LANES) return convolve_to_few(g, x, w, y);
  Memory memory;
  const int64_t needed_h = (g.out_height - 1) * g.stride + f.height, needed_w = (g.out_width - 1) * g.stride + f.width;
  const Padded p{g.batch, g.height, g.width, f.channels, g.top, std::max<int64_t>(0, needed_h - g.top - g.height), g.left, std::max<int64_t>(0, needed_w - g.left - g.width)};
  uint16_t* in = memory.take<uint16_t>(g.batch * p.film() + BEYOND);
  pad_films(p, x, in);
  std::memset(in + g.batch * p.film(), 0, BEYOND * sizeof(uint16_t));
  const int64_t panels = ceil_div(f.outputs, LANES), pairs = ceil_div(f.width * f.channels, 2), panel_step = f.height * pairs * LANES;
  pair* weights = memory.take<pair>(panels * panel_step);
  parallel(panels, [&](int64_t panel) { lay_rows(f, w, panel, weights + panel * panel_step); });
  add_up({in, p.film(), g.stride * p.row(), g.stride * f.channels, p.row(), g.top, g.stride, g.height, f.height, pairs, f.outputs, weights, g.batch, g.out_height, g.out_width, y,
          g.out_height * g.out_width * f.outputs, g.out_width * f.outputs, f.outputs});
}

// Along one axis, what a place within the stride sees: input u = i + before with u mod stride = place is the sum over j of
// output (u - place) / stride - j times tap place + j stride.
struct Places {
  int64_t taps;   // stride apart, from the place on
  int64_t first;  // the first i of the place
  int64_t count;  // how many
  int64_t from;   // the output that the farthest tap of the first i meets; may lie before the film
};
inline Places places(int64_t place, int64_t size, int64_t taps, int64_t stride, int64_t before) {
  const int64_t n = place < taps ? (taps - place - 1) / stride + 1 : 0;
  const int64_t first = ((place - before) % stride + stride) % stride;
  return {n, first, first < size ? (size - 1 - first) / stride + 1 : 0, (first + before - place) / stride - (n - 1)};
}

// dx [batch, height, width, channels] of dy [batch, out_height, out_width, outputs]
inline void convolve_back(const Direct& g, const float* dy, const float* w, float* dx) {
  Memory memory;
  const Filter& f = g.filter;
  // the widest margins that any place needs
  int64_t before_y = 0, after_y = 0, before_x = 0, after_x = 0;
  bool all_seen = true;
  for (int64_t place = 0; place < g.stride; place++) {
    const Places y = places(place, g.height, f.height, g.stride, g.top), x = places(place, g.width, f.width, g.stride, g.left);
    before_y = std::max(before_y, -y.from);
    before_x = std::max(before_x, -x.from);
    after_y = std::max(after_y, y.from + y.count - 1 + y.taps - g.out_height);
    after_x = std::max(after_x, x.from + x.count - 1 + x.taps - g.out_width);
    all_seen = all_seen && y.taps > 0 && x.taps > 0;
  }
  const Padded p{g.batch, g.out_height, g.out_width, f.outputs, before_y, after_y, before_x, after_x};
  uint16_t* in = memory.take<uint16_t>(g.batch * p.film() + BEYOND);
  pad_films(p, dy, in);
  std::memset(in + g.batch * p.film(), 0, BEYOND * sizeof(uint16_t));
  if (!all_seen) std::memset(dx, 0, g.batch * g.height * g.width * f.channels * sizeof(float));
  const int64_t panels = ceil_div(f.channels, LANES);
  for (int64_t py = 0; py < g.stride; py++)
    for (int64_t px = 0; px < g.stride; px++) {
      const Places y = places(py, g.height, f.height, g.stride, g.top), x = places(px, g.width, f.width, g.stride, g.left);
      if (y.taps == 0 || x.taps == 0 || y.count == 0 || x.count == 0) continue;
      const int64_t pairs = ceil_div(x.taps * f.outputs, 2), panel_step = y.taps * pairs * LANES;
      pair* weights = memory.take<pair>(panels * panel_step);
      parallel(panels, [&](int64_t panel) { lay_turned(f, w, g.stride, py, px, y.taps, x.taps, panel, weights + panel * panel_step); });
      add_up({in + (before_y + y.from) * p.row() + (before_x + x.from) * f.outputs, p.film(), p.row(), f.outputs, p.row(), -y.from, 1, g.out_height, y.taps, pairs, f.channels, weights,
              g.batch, y.count, x.count, dx + (y.first * g.width + x.first) * f.channels, g.height * g.width * f.channels, g.stride * g.width * f.channels,
              g.stride * f.channels});
    }
}

}  // namespace narrow
}  // namespace radiograft
`
