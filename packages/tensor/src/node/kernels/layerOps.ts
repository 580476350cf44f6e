// C++: the kernels of norms, pads, pools, sums and Adam as TensorFlow calls them. A part of `kernelAddon`.

export const LAYER_OPS = String.raw`
#include <type_traits>

namespace radiograft {

// What run makes of the activation that a slope stands for, known when it is compiled: 0 none, 1 ReLU, 2 leaky.
template <typename Run>
void by_slope(float slope, Run&& run) {
  if (slope == 1)
    run(std::integral_constant<int, 0>());
  else if (slope == 0)
    run(std::integral_constant<int, 1>());
  else
    run(std::integral_constant<int, 2>());
}

struct NormKernel {
  int64_t films, groups;
  float eps, slope;
  explicit NormKernel(TF_OpKernelConstruction* ctx)
      : films(integer(ctx, "per_film")), groups(integer(ctx, "groups")), eps(real(ctx, "eps")), slope(real(ctx, "slope")) {}
  Norm shape(const Tensor& x, const Tensor& scale, const Tensor& offset) const {
    need(x.rank() >= 2, "x must be [B, ..., C]");
    const int64_t channels = x.dim(x.rank() - 1), n = films ? x.dim(0) : 1;
    need(x.count() > 0, "x is empty");
    need(scale.count() == channels && offset.count() == channels, "scale and offset must have one value for each channel");
    const int64_t g = groups ? groups : channels;
    need(channels % g == 0, "the groups do not divide the channels");
    return {n, x.count() / n / channels, channels, g, eps, slope};
  }
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, scale, offset, y, mean, variance, rest;
    input(ctx, 0, x);
    input(ctx, 1, scale);
    input(ctx, 2, offset);
    const Norm n = shape(x, scale, offset);
    output(ctx, 0, x.shape(), y);
    output(ctx, 1, {n.films, n.channels}, mean);
    output(ctx, 2, {n.films, n.channels}, variance);
    output(ctx, 3, {n.films, n.channels}, rest);
    by_slope(slope, [&](auto act) { norm_forward<act>(n, x.data(), scale.data(), offset.data(), y.data(), mean.data(), variance.data(), rest.data()); });
  }
};

struct NormGradientKernel : NormKernel {
  using NormKernel::NormKernel;
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, scale, offset, mean, variance, rest, dy, dx, dscale, doffset;
    input(ctx, 0, x);
    input(ctx, 1, scale);
    input(ctx, 2, offset);
    input(ctx, 3, mean);
    input(ctx, 4, variance);
    input(ctx, 5, rest);
    input(ctx, 6, dy);
    const Norm n = shape(x, scale, offset);
    need(dy.count() == x.count() && mean.count() == n.films * n.channels && variance.count() == mean.count() && rest.count() == mean.count(), "dy, mean, variance and rest do not fit x");
    output(ctx, 0, x.shape(), dx);
    output(ctx, 1, {n.channels}, dscale);
    output(ctx, 2, {n.channels}, doffset);
    by_slope(slope, [&](auto act) {
      norm_backward<act>(n, x.data(), scale.data(), offset.data(), mean.data(), variance.data(), rest.data(), dy.data(), dx.data(), dscale.data(), doffset.data());
    });
  }
};

struct AffineKernel {
  float slope;
  explicit AffineKernel(TF_OpKernelConstruction* ctx) : slope(real(ctx, "slope")) {}
  Affine shape(const Tensor& x, const Tensor& scale, const Tensor& offset) const {
    need(x.rank() >= 1, "x must be [..., C]");
    const int64_t channels = x.dim(x.rank() - 1);
    need(channels > 0 && scale.count() == channels && offset.count() == channels, "scale and offset must have one value for each channel");
    return {x.count() / channels, channels, slope};
  }
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, scale, offset, y;
    input(ctx, 0, x);
    input(ctx, 1, scale);
    input(ctx, 2, offset);
    const Affine a = shape(x, scale, offset);
    output(ctx, 0, x.shape(), y);
    by_slope(slope, [&](auto act) { affine_forward<act>(a, x.data(), scale.data(), offset.data(), y.data()); });
  }
};

struct AffineGradientKernel : AffineKernel {
  using AffineKernel::AffineKernel;
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, scale, offset, dy, dx, dscale, doffset;
    input(ctx, 0, x);
    input(ctx, 1, scale);
    input(ctx, 2, offset);
    input(ctx, 3, dy);
    const Affine a = shape(x, scale, offset);
    need(dy.count() == x.count(), "dy does not fit x");
    output(ctx, 0, x.shape(), dx);
    output(ctx, 1, {a.channels}, dscale);
    output(ctx, 2, {a.channels}, doffset);
    by_slope(slope, [&](auto act) { affine_backward<act>(a, x.data(), scale.data(), offset.data(), dy.data(), dx.data(), dscale.data(), doffset.data()); });
  }
};

struct MirrorKernel {
  int64_t top, bottom, left, right;
  explicit MirrorKernel(TF_OpKernelConstruction* ctx)
      : top(integer(ctx, "top")), bottom(integer(ctx, "bottom")), left(integer(ctx, "left")), right(integer(ctx, "right")) {}
  Mirror shape(const Tensor& films, int64_t height, int64_t width) const {
    need(top >= 0 && bottom >= 0 && left >= 0 && right >= 0, "pads must not be negative");
    need(std::max(top, bottom) < height && std::max(left, right) < width, "a pad must be smaller than the film");
    return {films.dim(0), height, width, films.dim(3), top, bottom, left, right};
  }
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, y;
    input(ctx, 0, x);
    need(x.rank() == 4, "films [B, H, W, C] are needed");
    const Mirror g = shape(x, x.dim(1), x.dim(2));
    output(ctx, 0, {g.batch, g.out_height(), g.out_width(), g.channels}, y);
    mirror_pad(g, x.data(), y.data());
  }
};

struct MirrorGradientKernel : MirrorKernel {
  using MirrorKernel::MirrorKernel;
  void compute(TF_OpKernelContext* ctx) {
    Tensor dy, dx;
    input(ctx, 0, dy);
    need(dy.rank() == 4, "films [B, H, W, C] are needed");
    const Mirror g = shape(dy, dy.dim(1) - top - bottom, dy.dim(2) - left - right);
    output(ctx, 0, {g.batch, g.height, g.width, g.channels}, dx);
    mirror_pad_gradient(g, dy.data(), dx.data());
  }
};

struct Pooling {
  int64_t kernel, stride, padding;
  explicit Pooling(TF_OpKernelConstruction* ctx) : kernel(integer(ctx, "kernel")), stride(integer(ctx, "stride")), padding(integer(ctx, "padding")) {
    need(kernel > 0 && stride > 0 && padding >= 0 && 2 * padding <= kernel, "kernel and stride must be positive and the padding at most half of the kernel");
  }
  MaxPool shape(int64_t batch, int64_t height, int64_t width, int64_t channels) const {
    need(std::min(height, width) + 2 * padding >= kernel, "the films are smaller than a window");
    return {batch, height, width, channels, kernel, stride, padding};
  }
  static void fits(const MaxPool& g, const Tensor& t) {
    need(t.shape() == std::vector<int64_t>{g.batch, g.out_height(), g.out_width(), g.channels}, "the windows do not fit the films");
  }
};

struct MaxPoolKernel : Pooling {
  using Pooling::Pooling;
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, y, place;
    input(ctx, 0, x);
    need(x.rank() == 4, "films [B, H, W, C] are needed");
    const MaxPool g = shape(x.dim(0), x.dim(1), x.dim(2), x.dim(3));
    for (int i = 0; i < 2; i++) output(ctx, i, {g.batch, g.out_height(), g.out_width(), g.channels}, i == 0 ? y : place);
    max_pool(g, x.data(), y.data(), place.data());
  }
};

struct MaxPoolGradientKernel : Pooling {
  int64_t height, width;
  explicit MaxPoolGradientKernel(TF_OpKernelConstruction* ctx) : Pooling(ctx), height(integer(ctx, "height")), width(integer(ctx, "width")) {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor place, dy, dx;
    input(ctx, 0, place);
    input(ctx, 1, dy);
    need(dy.rank() == 4 && place.shape() == dy.shape(), "gradients [B, H', W', C] and as many places are needed");
    const MaxPool g = shape(dy.dim(0), height, width, dy.dim(3));
    fits(g, dy);
    output(ctx, 0, {g.batch, height, width, g.channels}, dx);
    max_pool_gradient(g, place.data(), dy.data(), dx.data());
  }
};

struct MaxPoolAtKernel : Pooling {
  using Pooling::Pooling;
  void compute(TF_OpKernelContext* ctx) {
    Tensor place, of, y;
    input(ctx, 0, place);
    input(ctx, 1, of);
    need(of.rank() == 4, "films [B, H, W, C] are needed");
    const MaxPool g = shape(of.dim(0), of.dim(1), of.dim(2), of.dim(3));
    fits(g, place);
    output(ctx, 0, place.shape(), y);
    max_pool_at(g, place.data(), of.data(), y.data());
  }
};

struct SquaredSumKernel {
  explicit SquaredSumKernel(TF_OpKernelConstruction*) {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, y;
    input(ctx, 0, x);
    output(ctx, 0, {}, y);
    *y.data() = squared_sum(x.data(), x.count());
  }
};

struct AdamKernel {
  Adam a;
  explicit AdamKernel(TF_OpKernelConstruction* ctx)
      : a{real(ctx, "beta1"), real(ctx, "beta2"), real(ctx, "rest1"), real(ctx, "rest2"), real(ctx, "eps"), real(ctx, "decay")} {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor in[7], out[3];
    for (int i = 0; i < 7; i++) input(ctx, i, in[i]);
    for (int i = 1; i < 4; i++) need(in[i].count() == in[0].count(), "parameter, moments and gradient differ in size");
    for (int i = 4; i < 7; i++) need(in[i].count() == 1, "factor, step size and root correction are scalars");
    for (int i = 0; i < 3; i++) output(ctx, i, in[0].shape(), out[i]);
    adam(a, in[0].count(), in[0].data(), in[1].data(), in[2].data(), in[3].data(), *in[4].data(), *in[5].data(), *in[6].data(), out[0].data(),
         out[1].data(), out[2].data());
  }
};

}  // namespace radiograft
`
