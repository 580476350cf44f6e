// C++: what the kernels with products in bfloat16 share, for processors that multiply pairs of such numbers. Parts of
// `kernelAddon`, before and behind those kernels.

export const NARROW_BEGIN = String.raw`
#if defined(__x86_64__) && (defined(__clang__) ? __clang_major__ >= 9 : __GNUC__ >= 10)
#define RADIOGRAFT_NARROW 1
#include <immintrin.h>
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx2,fma")
#endif

namespace radiograft {
namespace narrow {

// Values are rounded to bfloat16 where they are laid out, two neighbours side by side as the instruction wants them; sums are
// in float32.
constexpr int LANES = 16;
typedef float wide __attribute__((vector_size(64)));
// Two numbers in bfloat16, the first in the lower half.
typedef uint32_t pair;

inline __mmask16 first(int64_t n) { return n >= LANES ? 0xffff : n <= 0 ? 0 : static_cast<__mmask16>((1u << n) - 1); }
inline wide load(const float* p) { return (wide)_mm512_loadu_ps(p); }
inline wide load_some(const float* p, int64_t n) { return (wide)_mm512_maskz_loadu_ps(first(n), p); }
inline void store_some(float* p, wide v, int64_t n) { _mm512_mask_storeu_ps(p, first(n), (__m512)v); }
inline __m256i rounded(wide v) { return (__m256i)_mm512_cvtneps_pbh((__m512)v); }
inline __m512i beside(__m256i even, __m256i odd) {
  return _mm512_or_si512(_mm512_cvtepu16_epi32(even), _mm512_slli_epi32(_mm512_cvtepu16_epi32(odd), 16));
}

// sum[R][Q] += for each of count steps the pair at a[r a_row] times the pairs at b[q b_panel ..], b going on by a panel
template <int R, int Q>
__attribute__((always_inline)) inline void add_products(const pair* a, int64_t a_row, int64_t a_step, const pair* b, int64_t b_panel, int count, __m512 sum[R][Q]) {
#pragma GCC unroll 2
  for (int c = 0; c < count; c++) {
    __m512bh line[Q];
#pragma GCC unroll 2
    for (int q = 0; q < Q; q++) line[q] = (__m512bh)_mm512_loadu_si512(b + q * b_panel + c * LANES);
#pragma GCC unroll 32
    for (int r = 0; r < R; r++) {
      const __m512bh one = (__m512bh)_mm512_set1_epi32(static_cast<int>(a[r * a_row + c * a_step]));
#pragma GCC unroll 2
      for (int q = 0; q < Q; q++) sum[r][q] = _mm512_dpbf16_ps(sum[r][q], one, line[q]);
    }
  }
}

}  // namespace narrow
}  // namespace radiograft
`

export const NARROW_END = String.raw`
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
`
