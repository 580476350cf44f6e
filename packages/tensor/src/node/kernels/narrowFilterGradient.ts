// C++: the gradient of a convolution by its filter with products in bfloat16, for processors that multiply pairs of them. A
// part of `kernelAddon`, between those of `narrowProcessor`; the op is `ops/convolve`.

export const NARROW_FILTER_GRADIENT = String.raw`
namespace radiograft {

struct InBfloat16 {
  typedef narrow::pair Element;
  static constexpr int64_t PARTS = 2, MR = 8, NR = 32;

  // out[pixel][group] of pairs, as InFloat32::pack
  static void pack(const float* const from[PARTS], int64_t channels, int64_t pixels, int64_t n, int64_t group, Element* out) {
    // pixels without anything between them are one long pixel
    if (n == channels && n == group) {
      n = group = n * pixels;
      pixels = 1;
    }
    for (int64_t k = 0; k < pixels; k++, out += group)
      for (int64_t i = 0; i < group; i += narrow::LANES) {
        const int64_t at = k * channels + i;
        const __m512i both = narrow::beside(narrow::rounded(narrow::load_some(from[0] + at, n - i)), narrow::rounded(narrow::load_some(from[1] + at, n - i)));
        _mm512_mask_storeu_epi32(out + i, narrow::first(group - i), both);
      }
  }

  // tile[MR][NR] += as InFloat32::products, both halves of each pair
  static void products(const Element* a, int64_t ar, int64_t ak, const Element* b, int64_t br, int64_t rows, int64_t width, float* tile) {
    __m512 sum[MR][2];
#pragma GCC unroll 8
    for (int i = 0; i < MR; i++)
#pragma GCC unroll 2
      for (int j = 0; j < 2; j++) sum[i][j] = _mm512_loadu_ps(tile + i * NR + j * narrow::LANES);
    for (int64_t r = 0; r < rows; r++) {
      const Element* x = a + r * ar;
      const Element* y = b + r * br;
      for (int64_t k = 0; k < width; k++, x += ak, y += NR) narrow::add_products<MR, 2>(x, 1, 0, y, narrow::LANES, 1, sum);
    }
#pragma GCC unroll 8
    for (int i = 0; i < MR; i++)
#pragma GCC unroll 2
      for (int j = 0; j < 2; j++) _mm512_storeu_ps(tile + i * NR + j * narrow::LANES, sum[i][j]);
  }
};

}  // namespace radiograft
`
