// C++: Winograd's minimal filtering itself: tiles and their transforms. A part of `kernelAddon`, before the kernels in float32 and in
// bfloat16 that are made of it.

export const WINOGRAD_TRANSFORMS = String.raw`
// Convolutions with 3x3 filters and stride 1, NHWC, by Winograd's minimal filtering F(2x2, 3x3) (Lavin and Gray 2016, "Fast
// algorithms for convolutional neural networks", section 4.1): a tile of 2x2 outputs costs 16 products instead of 36.
//   y = At [(G w Gt) o (Bt x B)] A      for each tile, summed over channels: 16 products of matrices [tiles, C] x [C, K]
//   dw = Gt [sum over tiles of (Bt x B) o (A dy At)] G
// The gradient by the films is the same convolution of dy with the filter turned by 180 degrees. Zeros around the films are
// added while tiles are read. Each value of a result is summed in one order, whatever the threads do.
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace radiograft {
namespace winograd {

// Channels are handled in panels of sixteen.
constexpr int PANEL = 16;

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

// So few tiles that the filter is the larger part: each panel of it is transformed where it is used, and stays in the caches.
constexpr int64_t FEW_TILES = 48;

}  // namespace winograd
}  // namespace radiograft
`
