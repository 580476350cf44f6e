// C++: one step of Adam. A part of `kernelAddon`; the op is `ops/adamUpdate`.

export const ADAM = String.raw`
// Adam as torch places its corrections, all of a parameter in one reading: g = gradient factor + decay p,
// m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g², p' = p - step m' / (sqrt(v') correction + eps).
#include <cmath>
#include <cstdint>

namespace radiograft {

struct Adam {
  float beta1, beta2, rest1, rest2, eps, decay;
};

inline void adam(const Adam& a, int64_t count, const float* p, const float* m, const float* v, const float* g, float factor, float step,
                 float correction, float* p1, float* m1, float* v1) {
  constexpr int64_t SIZE = 32768;
  parallel(ceil_div(count, SIZE), [&](int64_t item) {
    const int64_t to = std::min(count, (item + 1) * SIZE);
    const float *__restrict pi = p, *__restrict mi = m, *__restrict vi = v, *__restrict gi = g;
    float *__restrict po = p1, *__restrict mo = m1, *__restrict vo = v1;
    for (int64_t i = item * SIZE; i < to; i++) {
      const float d = gi[i] * factor + a.decay * pi[i];
      const float first = a.beta1 * mi[i] + a.rest1 * d;
      const float second = a.beta2 * vi[i] + a.rest2 * (d * d);
      mo[i] = first;
      vo[i] = second;
      po[i] = pi[i] - step * (first / (std::sqrt(second) * correction + a.eps));
    }
  });
}

}  // namespace radiograft
`
