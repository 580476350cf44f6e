// C++: scale and offset of each channel with the activation behind them. A part of `kernelAddon`; the op is `ops/affine`.

export const AFFINE = String.raw`
// y = act(x scale + offset) of x [rows, channels] in one reading, and its gradients in one more.
#include <cstdint>
#include <vector>

namespace radiograft {

struct Affine {
  int64_t rows, channels;
  float slope;  // of the activation below 0: 1 none, 0 ReLU
};

// Rows of an item: some 64 KB, by shapes alone.
inline int64_t affine_rows(const Affine& a) { return std::max<int64_t>(1, 16384 / a.channels); }

template <int ACT>
void affine_forward(const Affine& a, const float* x, const float* scale, const float* offset, float* y) {
  const int64_t C = a.channels, size = affine_rows(a);
  parallel(ceil_div(a.rows, size), [&](int64_t item) {
    for (int64_t r = item * size; r < std::min(a.rows, (item + 1) * size); r++) {
      const float* in = x + r * C;
      float* out = y + r * C;
      int64_t c = 0;
      for (; c + 8 <= C; c += 8) *reinterpret_cast<v8*>(out + c) = activate<ACT>(eight(in + c) * eight(scale + c) + eight(offset + c), a.slope);
      for (; c < C; c++) out[c] = activate<ACT>(in[c] * scale[c] + offset[c], a.slope);
    }
  });
}

// With z before the activation and dz = dy act'(z): dx = dz scale, dscale = sum of dz x, doffset = sum of dz.
template <int ACT>
void affine_backward(const Affine& a, const float* x, const float* scale, const float* offset, const float* dy, float* dx, float* dscale, float* doffset) {
  const int64_t C = a.channels, size = affine_rows(a), items = ceil_div(a.rows, size);
  std::vector<double> sums(items * C), dots(items * C);
  parallel(items, [&](int64_t item) {
    const int64_t from = item * size, to = std::min(a.rows, from + size);
    std::vector<float> some(2 * C);
    float *s = some.data(), *d = s + C;
    for (int64_t r = from; r < to; r++) {
      const float* in = x + r * C;
      const float* g = dy + r * C;
      float* out = dx + r * C;
      int64_t c = 0;
      for (; c + 8 <= C; c += 8) {
        const v8 dz = activated<ACT>(eight(in + c) * eight(scale + c) + eight(offset + c), a.slope, eight(g + c));
        *reinterpret_cast<v8*>(out + c) = dz * eight(scale + c);
        *reinterpret_cast<v8*>(s + c) += dz;
        *reinterpret_cast<v8*>(d + c) += dz * eight(in + c);
      }
      for (; c < C; c++) {
        const float dz = activated<ACT>(in[c] * scale[c] + offset[c], a.slope, g[c]);
        out[c] = dz * scale[c];
        s[c] += dz;
        d[c] += dz * in[c];
      }
      // few enough that float32 loses no digits of their sum
      if (r + 1 < to && (r - from) % 128 != 127) continue;
      for (int64_t i = 0; i < C; i++) {
        sums[item * C + i] += s[i];
        dots[item * C + i] += d[i];
      }
      std::fill(some.begin(), some.end(), 0.0f);
    }
  });
  for (int64_t c = 0; c < C; c++) {
    double sum = 0, dot = 0;
    for (int64_t item = 0; item < items; item++) {
      sum += sums[item * C + c];
      dot += dots[item * C + c];
    }
    doffset[c] = static_cast<float>(sum);
    dscale[c] = static_cast<float>(dot);
  }
}

}  // namespace radiograft
`
