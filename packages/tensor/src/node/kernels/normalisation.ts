// C++: instance, group and batch normalisation with the activation behind it. A part of `kernelAddon`; the op is `ops/normalise`.

export const NORMALISATION = String.raw`
// Normalisation of x [films, pixels, channels] by the mean and variance of each film's channel group (instance norm: groups
// = channels; batch norm: one film of all pixels), with scale, offset and (leaky) ReLU: y = act((x - mean) rstd scale + offset).
// One reading for the statistics (each block of pixels by its own mean, blocks joined by Chan's formula, so that a mean of
// 1000 costs no digits), one for the result; the gradient likewise.
#include <cmath>
#include <cstdint>
#include <vector>

namespace radiograft {

struct Norm {
  int64_t films, pixels, channels, groups;
  float eps, slope;  // slope of the activation below 0: 1 none, 0 ReLU
};

constexpr int64_t LANES = 32;

// Pixels that fit a quarter of the nearest cache, and the parts into which a film is cut: by shapes alone.
inline int64_t block_pixels(const Norm& n) { return std::max<int64_t>(8, 4096 / n.channels); }
inline int64_t parts_of(const Norm& n) {
  const int64_t blocks = ceil_div(n.pixels, block_pixels(n));
  return std::max<int64_t>(1, std::min<int64_t>(blocks, n.films >= 8 ? 2 : 8));
}
template <typename F>
void each_part(const Norm& n, F&& body) {
  const int64_t parts = parts_of(n), size = ceil_div(n.pixels, parts);
  parallel(n.films * parts, [&](int64_t item) {
    const int64_t from = std::min(n.pixels, item % parts * size);
    body(item, item / parts, from, std::min(n.pixels, from + size));
  });
}

// sum[c] over rows of channels
inline void column_sums(const float* x, int64_t rows, int64_t channels, float* sum) {
  int64_t c = 0;
  for (; c + LANES <= channels; c += LANES) {
    v8 a = {}, b = {}, d = {}, e = {};
    for (int64_t r = 0; r < rows; r++) {
      const v8* p = reinterpret_cast<const v8*>(x + r * channels + c);
      a += p[0]; b += p[1]; d += p[2]; e += p[3];
    }
    v8* out = reinterpret_cast<v8*>(sum + c);
    out[0] = a; out[1] = b; out[2] = d; out[3] = e;
  }
  for (; c + 8 <= channels; c += 8) {
    v8 a = {};
    for (int64_t r = 0; r < rows; r++) a += *reinterpret_cast<const v8*>(x + r * channels + c);
    *reinterpret_cast<v8*>(sum + c) = a;
  }
  for (; c < channels; c++) {
    float a = 0;
    for (int64_t r = 0; r < rows; r++) a += x[r * channels + c];
    sum[c] = a;
  }
}
// sums of x - about and of its square
inline void column_squares(const float* x, int64_t rows, int64_t channels, const float* about, float* off, float* squares) {
  int64_t c = 0;
  for (; c + 16 <= channels; c += 16) {
    const v8* m = reinterpret_cast<const v8*>(about + c);
    const v8 m0 = m[0], m1 = m[1];
    v8 a = {}, b = {}, d = {}, e = {};
    for (int64_t r = 0; r < rows; r++) {
      const v8* p = reinterpret_cast<const v8*>(x + r * channels + c);
      const v8 p0 = p[0] - m0, p1 = p[1] - m1;
      a += p0; b += p1; d += p0 * p0; e += p1 * p1;
    }
    v8* out = reinterpret_cast<v8*>(off + c);
    out[0] = a; out[1] = b;
    out = reinterpret_cast<v8*>(squares + c);
    out[0] = d; out[1] = e;
  }
  for (; c < channels; c++) {
    float a = 0, d = 0;
    for (int64_t r = 0; r < rows; r++) {
      const float p = x[r * channels + c] - about[c];
      a += p;
      d += p * p;
    }
    off[c] = a;
    squares[c] = d;
  }
}

// mean, what rounding it to float took away, and biased variance [films, channels]
inline void statistics(const Norm& n, const float* x, float* mean, float* rest, float* variance) {
  const int64_t C = n.channels, parts = parts_of(n);
  std::vector<double> means(n.films * parts * C), squares(n.films * parts * C), counts(n.films * parts);
  each_part(n, [&](int64_t item, int64_t film, int64_t from, int64_t to) {
    double* m = means.data() + item * C;
    double* s = squares.data() + item * C;
    std::vector<float> sum(C), about(C), average(C), residual(C);
    double seen = 0;
    for (int64_t p = from; p < to; p += block_pixels(n)) {
      const int64_t rows = std::min(block_pixels(n), to - p);
      const float* at = x + (film * n.pixels + p) * C;
      column_sums(at, rows, C, sum.data());
      for (int64_t c = 0; c < C; c++) average[c] = sum[c] / static_cast<float>(rows);
      column_squares(at, rows, C, average.data(), residual.data(), about.data());
      const double all = seen + rows;
      for (int64_t c = 0; c < C; c++) {
        // the block's mean and squares about it: the sum above was rounded
        const double more = residual[c] / static_cast<double>(rows), off = average[c] + more - m[c];
        m[c] += off * (rows / all);
        s[c] += about[c] - rows * more * more + off * off * (seen * rows / all);
      }
      seen = all;
    }
    counts[item] = seen;
  });
  const int64_t width = C / n.groups;
  for (int64_t film = 0; film < n.films; film++)
    for (int64_t group = 0; group < n.groups; group++) {
      double m = 0, s = 0, seen = 0;
      for (int64_t part = 0; part < parts; part++) {
        const int64_t item = film * parts + part;
        if (counts[item] == 0) continue;
        for (int64_t c = group * width; c < (group + 1) * width; c++) {
          const double all = seen + counts[item], off = means[item * C + c] - m;
          m += off * (counts[item] / all);
          s += squares[item * C + c] + off * off * (seen * counts[item] / all);
          seen = all;
        }
      }
      for (int64_t c = group * width; c < (group + 1) * width; c++) {
        mean[film * C + c] = static_cast<float>(m);
        rest[film * C + c] = static_cast<float>(m - static_cast<double>(mean[film * C + c]));
        variance[film * C + c] = static_cast<float>(s / seen);
      }
    }
}

// 1 / sqrt(variance + eps) of each channel, and that times scale
inline void scales(const Norm& n, const float* variance, const float* scale, float* rstd, float* factor) {
  for (int64_t c = 0; c < n.channels; c++) {
    rstd[c] = static_cast<float>(1.0 / std::sqrt(static_cast<double>(variance[c]) + n.eps));
    factor[c] = rstd[c] * scale[c];
  }
}

template <int ACT>  // 0 none, 1 ReLU, 2 leaky
inline float activate(float z, float slope) {
  if (ACT == 0) return z;
  if (ACT == 1) return z <= 0.0f ? 0.0f : z;  // NaN passes
  return z > 0.0f ? z : slope * z;
}
template <int ACT>
inline float activated(float z, float slope, float dy) {
  if (ACT == 0) return dy;
  if (ACT == 1) return z > 0.0f ? dy : 0.0f;
  return z > 0.0f ? dy : slope * dy;
}
// The same of eight values: the conditional product of a leaky ReLU is not vectorised by compilers.
typedef int32_t v8i __attribute__((vector_size(32), may_alias));
inline v8 chosen(v8i where, v8 a, v8 b) { return (v8)(((v8i)a & where) | ((v8i)b & ~where)); }
template <int ACT>
inline v8 activate(v8 z, float slope) {
  if (ACT == 0) return z;
  if (ACT == 1) return chosen((v8i)(z <= 0.0f), v8{}, z);
  return chosen((v8i)(z > 0.0f), z, slope * z);
}
template <int ACT>
inline v8 activated(v8 z, float slope, v8 dy) {
  if (ACT == 0) return dy;
  return chosen((v8i)(z > 0.0f), dy, ACT == 1 ? v8{} : slope * dy);
}
inline v8 eight(const float* p) { return *reinterpret_cast<const v8*>(p); }

template <int ACT>
void norm_forward(const Norm& n, const float* x, const float* scale, const float* offset, float* y, float* mean, float* variance, float* rest) {
  statistics(n, x, mean, rest, variance);
  const int64_t C = n.channels;
  each_part(n, [&](int64_t, int64_t film, int64_t from, int64_t to) {
    std::vector<float> rstd(C), factor(C);
    scales(n, variance + film * C, scale, rstd.data(), factor.data());
    const float *m = mean + film * C, *e = rest + film * C, *f = factor.data();
    for (int64_t p = from; p < to; p++) {
      const float* __restrict in = x + (film * n.pixels + p) * C;
      float* __restrict out = y + (film * n.pixels + p) * C;
      int64_t c = 0;
      for (; c + 8 <= C; c += 8)
        *reinterpret_cast<v8*>(out + c) = activate<ACT>((eight(in + c) - eight(m + c) - eight(e + c)) * eight(f + c) + eight(offset + c), n.slope);
      for (; c < C; c++) out[c] = activate<ACT>((in[c] - m[c] - e[c]) * f[c] + offset[c], n.slope);
    }
  });
}

// With z before the activation and dz = dy act'(z): dx = rstd (scale dz - mean(scale dz) - x̂ mean(scale dz x̂)).
template <int ACT>
void norm_backward(const Norm& n, const float* x, const float* scale, const float* offset, const float* mean, const float* variance, const float* rest,
                   const float* dy, float* dx, float* dscale, float* doffset) {
  const int64_t C = n.channels, parts = parts_of(n);
  std::vector<float> rstd(n.films * C), factor(n.films * C);
  for (int64_t film = 0; film < n.films; film++) scales(n, variance + film * C, scale, rstd.data() + film * C, factor.data() + film * C);
  // per part: sum of dz and of dz (x - mean)
  std::vector<double> sums(n.films * parts * C), dots(n.films * parts * C);
  each_part(n, [&](int64_t item, int64_t film, int64_t from, int64_t to) {
    const float *m = mean + film * C, *e = rest + film * C, *f = factor.data() + film * C;
    for (int64_t p = from; p < to; p += block_pixels(n)) {
      const int64_t end = std::min(to, p + block_pixels(n));
      const float* at = x + film * n.pixels * C;
      const float* g = dy + film * n.pixels * C;
      int64_t c0 = 0;
      for (; c0 < C; c0 += 8) {
        const int64_t width = std::min<int64_t>(8, C - c0);
        float a[8] = {}, b[8] = {};
        if (width == 8) {
          const v8 mc = eight(m + c0), ec = eight(e + c0), fc = eight(f + c0), oc = eight(offset + c0);
          v8 sum = {}, dot = {};
          for (int64_t r = p; r < end; r++) {
            const v8 from_mean = eight(at + r * C + c0) - mc - ec;
            const v8 dz = activated<ACT>(from_mean * fc + oc, n.slope, eight(g + r * C + c0));
            sum += dz;
            dot += dz * from_mean;
          }
          *reinterpret_cast<v8*>(a) = sum;
          *reinterpret_cast<v8*>(b) = dot;
        } else {
          for (int64_t r = p; r < end; r++)
            for (int64_t i = 0; i < width; i++) {
              const int64_t c = c0 + i;
              const float from_mean = at[r * C + c] - m[c] - e[c];
              const float dz = activated<ACT>(from_mean * f[c] + offset[c], n.slope, g[r * C + c]);
              a[i] += dz;
              b[i] += dz * from_mean;
            }
        }
        for (int64_t i = 0; i < width; i++) {
          sums[item * C + c0 + i] += a[i];
          dots[item * C + c0 + i] += b[i];
        }
      }
    }
  });
  std::vector<float> shift(n.films * C), tilt(n.films * C);
  std::vector<double> total_scale(C), total_offset(C);
  const int64_t width = C / n.groups;
  for (int64_t film = 0; film < n.films; film++) {
    for (int64_t part = 1; part < parts; part++)
      for (int64_t c = 0; c < C; c++) {
        sums[film * parts * C + c] += sums[(film * parts + part) * C + c];
        dots[film * parts * C + c] += dots[(film * parts + part) * C + c];
      }
    const double* s = sums.data() + film * parts * C;
    const double* d = dots.data() + film * parts * C;
    for (int64_t group = 0; group < n.groups; group++) {
      double sum = 0, dot = 0;
      for (int64_t c = group * width; c < (group + 1) * width; c++) {
        total_offset[c] += s[c];
        total_scale[c] += d[c] * rstd[film * C + c];
        sum += s[c] * scale[c];
        dot += d[c] * scale[c];
      }
      const double count = static_cast<double>(n.pixels * width), r = rstd[film * C + group * width];
      for (int64_t c = group * width; c < (group + 1) * width; c++) {
        shift[film * C + c] = static_cast<float>(r * sum / count);
        tilt[film * C + c] = static_cast<float>(r * r * r * dot / count);
      }
    }
  }
  for (int64_t c = 0; c < C; c++) {
    dscale[c] = static_cast<float>(total_scale[c]);
    doffset[c] = static_cast<float>(total_offset[c]);
  }
  each_part(n, [&](int64_t, int64_t film, int64_t from, int64_t to) {
    const float *m = mean + film * C, *e = rest + film * C, *f = factor.data() + film * C, *k0 = shift.data() + film * C, *k1 = tilt.data() + film * C;
    for (int64_t p = from; p < to; p++) {
      const float* __restrict in = x + (film * n.pixels + p) * C;
      const float* __restrict g = dy + (film * n.pixels + p) * C;
      float* __restrict out = dx + (film * n.pixels + p) * C;
      int64_t c = 0;
      for (; c + 8 <= C; c += 8) {
        const v8 from_mean = eight(in + c) - eight(m + c) - eight(e + c);
        const v8 dz = activated<ACT>(from_mean * eight(f + c) + eight(offset + c), n.slope, eight(g + c));
        *reinterpret_cast<v8*>(out + c) = eight(f + c) * dz - eight(k0 + c) - from_mean * eight(k1 + c);
      }
      for (; c < C; c++) {
        const float from_mean = in[c] - m[c] - e[c];
        const float dz = activated<ACT>(from_mean * f[c] + offset[c], n.slope, g[c]);
        out[c] = f[c] * dz - k0[c] - from_mean * k1[c];
      }
    }
  });
}

}  // namespace radiograft
`
