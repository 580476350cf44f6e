// C++: the gradient of a convolution by its filter as matrix products. A part of `kernelAddon`; the op is `ops/convolve`.

export const FILTER_GRADIENT = String.raw`
// Gradient of a convolution by its filter, NHWC: dW[ky, kx, c, o] = sum of x[b, oy s + ky - top, ox s + kx - left, c] dy[b, oy, ox, o].
// For each tap a product of two matrices whose long side is the pixels. Both films are laid out in panels once; a block of
// a few rows of one panel of each stays in the nearest cache while all taps use it.
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace radiograft {

typedef float v8 __attribute__((vector_size(32), aligned(4), may_alias));

// In what the products are: its element, how many parts of the pixels' sum an element holds, the sides of a register tile, how
// pixels become elements, and the tile's product.
struct InFloat32 {
  typedef float Element;
  static constexpr int64_t PARTS = 1, MR = 6, NR = 16;

  // out[pixel][group] of pixels of n channels, zeros behind them; channels from one pixel to the next
  static void pack(const float* const from[PARTS], int64_t channels, int64_t pixels, int64_t n, int64_t group, float* out) {
    const float* in = from[0];
    for (int64_t k = 0; k < pixels; k++, in += channels, out += group) {
      if (n == MR && group == MR) {
        for (int64_t i = 0; i < MR; i++) out[i] = in[i];
      } else if (n == NR && group == NR) {
        for (int64_t i = 0; i < NR; i++) out[i] = in[i];
      } else {
        for (int64_t i = 0; i < group; i++) out[i] = i < n ? in[i] : 0.0f;
      }
    }
  }

  // tile[MR][NR] += sum over rows r and pixels k of a[r ar + k ak + i] b[r br + k NR + j]
  static void products(const float* a, int64_t ar, int64_t ak, const float* b, int64_t br, int64_t rows, int64_t width, float* tile) {
    v8 t[MR][2];
    for (int i = 0; i < MR; i++)
      for (int j = 0; j < 2; j++) t[i][j] = *reinterpret_cast<const v8*>(tile + i * NR + j * 8);
    for (int64_t r = 0; r < rows; r++) {
      const float* x = a + r * ar;
      const float* y = b + r * br;
      for (int64_t k = 0; k < width; k++, x += ak, y += NR) {
        const v8 y0 = *reinterpret_cast<const v8*>(y), y1 = *reinterpret_cast<const v8*>(y + 8);
#define RG_ROW(i)                   \
  {                                 \
    const v8 s = x[i] - (v8){};     \
    t[i][0] += s * y0;              \
    t[i][1] += s * y1;              \
  }
        RG_ROW(0) RG_ROW(1) RG_ROW(2) RG_ROW(3) RG_ROW(4) RG_ROW(5)
#undef RG_ROW
      }
    }
    for (int i = 0; i < MR; i++)
      for (int j = 0; j < 2; j++) *reinterpret_cast<v8*>(tile + i * NR + j * 8) = t[i][j];
  }
};

struct FilterGradient {
  int64_t batch, height, width, channels;  // x
  int64_t out_height, out_width, outputs;  // dy
  int64_t kh, kw, stride, top, left;
};

inline int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

// allocate(n) gives n floats that live until the kernel ends; write(ky, kx, c, row of count outputs from o) takes results.
// With two parts an element holds a pixel of the upper half of a film's outputs and the one at the same place in the lower.
template <typename Kind, typename Allocate, typename Write>
void filter_gradient(const FilterGradient& g, const float* x, const float* dy, Allocate&& allocate, Write&& write) {
  typedef typename Kind::Element Element;
  static_assert(sizeof(Element) == sizeof(float), "");
  constexpr int64_t PARTS = Kind::PARTS, MR = Kind::MR, NR = Kind::NR;
  // Few channels: the values under a row of the filter lie side by side, so they make one matrix and need no panels.
  const bool beside = g.channels < 16;
  const int64_t group = beside ? g.channels : MR;  // channels side by side in a panel of x
  const int64_t panels = beside ? 1 : ceil_div(g.channels, MR);
  const int64_t taps = beside ? g.kh : g.kh * g.kw;  // products a panel takes part in
  const int64_t strips = beside ? ceil_div(g.kw * g.channels, MR) : 1;  // tiles along such a product
  const int64_t part_height = ceil_div(g.out_height, PARTS);
  const int64_t padded_h = (part_height - 1) * g.stride + g.kh, padded_w = (g.out_width - 1) * g.stride + g.kw;
  const int64_t row = padded_w * group, film = padded_h * row, slack = MR + NR;
  const int64_t columns = ceil_div(g.outputs, NR);
  Element* xs = reinterpret_cast<Element*>(allocate(g.batch * panels * film + slack));
  Element* ys = reinterpret_cast<Element*>(allocate(g.batch * columns * part_height * g.out_width * NR));
  // of a part that has no such row
  const int64_t longest = std::max(g.width * g.channels, g.out_width * g.outputs);
  float* zeros = PARTS == 1 ? nullptr : allocate(longest);
  if (zeros) std::memset(zeros, 0, longest * sizeof(float));
  std::memset(xs + g.batch * panels * film, 0, slack * sizeof(float));

  parallel(g.batch * padded_h, [&](int64_t item) {
    const int64_t b = item / padded_h, py = item % padded_h;
    const float* rows[PARTS];
    bool any = false;
    for (int64_t part = 0; part < PARTS; part++) {
      const int64_t y = part * part_height * g.stride + py - g.top;
      const bool inside = y >= 0 && y < g.height;
      rows[part] = inside ? x + (b * g.height + y) * g.width * g.channels : zeros;
      any = any || inside;
    }
    // the columns that lie in the film
    const int64_t first = std::min(std::max<int64_t>(0, g.left), padded_w), end = std::max(first, std::min(padded_w, g.left + g.width));
    for (int64_t p = 0; p < panels; p++) {
      Element* out = xs + (b * panels + p) * film + py * row;
      if (!any) {
        std::memset(out, 0, row * sizeof(float));
        continue;
      }
      std::memset(out, 0, first * group * sizeof(float));
      std::memset(out + end * group, 0, (padded_w - end) * group * sizeof(float));
      const float* from[PARTS];
      for (int64_t part = 0; part < PARTS; part++) from[part] = rows[part] == zeros ? zeros : rows[part] + (first - g.left) * g.channels + p * group;
      Kind::pack(from, g.channels, end - first, std::min(group, g.channels - p * group), group, out + first * group);
    }
  });
  parallel(g.batch * part_height, [&](int64_t item) {
    const int64_t b = item / part_height, r = item % part_height;
    for (int64_t q = 0; q < columns; q++) {
      const float* from[PARTS];
      for (int64_t part = 0; part < PARTS; part++) {
        const int64_t oy = part * part_height + r;
        from[part] = oy < g.out_height ? dy + (b * g.out_height + oy) * g.out_width * g.outputs + q * NR : zeros;
      }
      Kind::pack(from, g.outputs, g.out_width, std::min(NR, g.outputs - q * NR), NR, ys + ((b * columns + q) * part_height + r) * g.out_width * NR);
    }
  });

  // Rows of dy that fill half of a 32 KB cache.
  const int64_t rows = std::max<int64_t>(1, std::min(part_height, 4096 / NR / g.out_width));
  // An item: some panels of x (or taps) by some columns, enough items for any number of threads.
  const int64_t units = beside ? taps : panels;
  const int64_t tiles = beside ? strips : taps;  // of one unit and one column
  float* sums = allocate(units * columns * tiles * MR * NR);
  const int64_t unit_block = std::max<int64_t>(1, units / 16), column_block = units >= 8 ? columns : std::max<int64_t>(1, ceil_div(columns, 4));
  const int64_t unit_items = ceil_div(units, unit_block), column_items = ceil_div(columns, column_block);
  parallel(unit_items * column_items, [&](int64_t item) {
    const int64_t u0 = item / column_items * unit_block, u1 = std::min(units, u0 + unit_block);
    const int64_t q0 = item % column_items * column_block, q1 = std::min(columns, q0 + column_block);
    for (int64_t u = u0; u < u1; u++) std::memset(sums + (u * columns + q0) * tiles * MR * NR, 0, (q1 - q0) * tiles * MR * NR * sizeof(float));
    for (int64_t b = 0; b < g.batch; b++)
      for (int64_t y0 = 0; y0 < part_height; y0 += rows) {
        const int64_t n = std::min(rows, part_height - y0);
        for (int64_t u = u0; u < u1; u++) {
          const Element* panel = xs + (b * panels + (beside ? 0 : u)) * film + y0 * g.stride * row + (beside ? u * row : 0);
          for (int64_t q = q0; q < q1; q++) {
            const Element* column = ys + ((b * columns + q) * part_height + y0) * g.out_width * NR;
            float* tile = sums + (u * columns + q) * tiles * MR * NR;
            for (int64_t t = 0; t < tiles; t++, tile += MR * NR) {
              const int64_t shift = beside ? t * MR : t / g.kw * row + t % g.kw * group;
              Kind::products(panel + shift, g.stride * row, g.stride * group, column, g.out_width * NR, n, g.out_width, tile);
            }
          }
        }
      }
    for (int64_t u = u0; u < u1; u++)
      for (int64_t q = q0; q < q1; q++)
        for (int64_t t = 0; t < tiles; t++)
          for (int64_t i = 0; i < MR; i++) {
            const float* from = sums + ((u * columns + q) * tiles + t) * MR * NR + i * NR;
            const int64_t m = t * MR + i, count = std::min(NR, g.outputs - q * NR);
            if (beside) {
              if (m < g.kw * g.channels) write(u, m / g.channels, m % g.channels, q * NR, count, from);
            } else if (u * MR + i < g.channels) {
              write(t / g.kw, t % g.kw, u * MR + i, q * NR, count, from);
            }
          }
  });
}

// dw [kh, kw, channels, outputs]
template <typename Kind, typename Allocate>
void conv_filter_gradient(const FilterGradient& g, const float* x, const float* dy, float* dw, Allocate&& allocate) {
  if (g.stride == 1 && g.outputs < 16 && g.outputs < g.channels) {
    // Few outputs: the same sum with the films' parts exchanged, dW[k] = sum of x[q] dy[q - k], reads the filter backwards.
    const FilterGradient swapped{g.batch, g.out_height, g.out_width, g.outputs, g.height, g.width, g.channels, g.kh, g.kw, 1, g.kh - 1 - g.top, g.kw - 1 - g.left};
    filter_gradient<Kind>(swapped, dy, x, allocate, [&](int64_t ky, int64_t kx, int64_t o, int64_t c0, int64_t n, const float* from) {
      float* out = dw + ((g.kh - 1 - ky) * g.kw + (g.kw - 1 - kx)) * g.channels * g.outputs;
      for (int64_t j = 0; j < n; j++) out[(c0 + j) * g.outputs + o] = from[j];
    });
    return;
  }
  filter_gradient<Kind>(g, x, dy, allocate, [&](int64_t ky, int64_t kx, int64_t c, int64_t o0, int64_t n, const float* from) {
    std::memcpy(dw + ((ky * g.kw + kx) * g.channels + c) * g.outputs + o0, from, n * sizeof(float));
  });
}

}  // namespace radiograft
`
