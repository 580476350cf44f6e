// C++: the kernels of convolutions as TensorFlow calls them. A part of `kernelAddon`.

export const CONVOLUTION_OPS = String.raw`
namespace radiograft {

// Whether this build and this processor have the kernels in bfloat16.
bool has_narrow() {
#if defined(RADIOGRAFT_NARROW)
  static const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bf16");
  return has;
#else
  return false;
#endif
}

struct FilterGradientKernel {
  int64_t kh, kw, stride, top, left;
  bool narrow;  // products in bfloat16
  explicit FilterGradientKernel(TF_OpKernelConstruction* ctx)
      : kh(integer(ctx, "kernel_height")), kw(integer(ctx, "kernel_width")), stride(integer(ctx, "stride")), top(integer(ctx, "top")), left(integer(ctx, "left")), narrow(integer(ctx, "narrow") != 0) {
    need(!narrow || has_narrow(), "the processor has no products in bfloat16");
    need(kh > 0 && kw > 0 && stride > 0, "the filter's sides and the stride must be positive");
  }
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, dy, dw;
    input(ctx, 0, x);
    input(ctx, 1, dy);
    need(x.rank() == 4 && dy.rank() == 4 && x.dim(0) == dy.dim(0), "films [B, H, W, C] and gradients [B, H', W', O] are needed");
    const FilterGradient g{x.dim(0), x.dim(1), x.dim(2), x.dim(3), dy.dim(1), dy.dim(2), dy.dim(3), kh, kw, stride, top, left};
    output(ctx, 0, {kh, kw, g.channels, g.outputs}, dw);
    if (x.count() == 0 || dy.count() == 0) {
      std::fill(dw.data(), dw.data() + dw.count(), 0.0f);
      return;
    }
#if defined(RADIOGRAFT_NARROW)
    if (narrow) return conv_filter_gradient<InBfloat16>(g, x.data(), dy.data(), dw.data());
#endif
    conv_filter_gradient<InFloat32>(g, x.data(), dy.data(), dw.data());
  }
};

struct Winograd {
  int64_t pad;
  bool narrow;  // products in bfloat16
  explicit Winograd(TF_OpKernelConstruction* ctx) : pad(integer(ctx, "pad")), narrow(integer(ctx, "narrow") != 0) {
    need(pad >= 0 && pad <= 2, "pad is 0, 1 or 2");
    need(!narrow || has_narrow(), "the processor has no products in bfloat16");
  }
  winograd::Conv shape(const Tensor& x, int64_t outputs) const {
    need(x.rank() == 4, "films [B, H, W, C] are needed");
    const winograd::Conv g{x.dim(0), x.dim(1), x.dim(2), x.dim(3), outputs, pad};
    need(g.out_height() > 0 && g.out_width() > 0, "the films are smaller than the filter");
    return g;
  }
};

struct WinogradKernel : Winograd {
  bool turned;
  explicit WinogradKernel(TF_OpKernelConstruction* ctx) : Winograd(ctx), turned(integer(ctx, "turned") != 0) {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, filter, y;
    input(ctx, 0, x);
    input(ctx, 1, filter);
    need(filter.rank() == 4 && filter.dim(0) == 3 && filter.dim(1) == 3, "a filter [3, 3, C, O] is needed");
    need(x.rank() == 4 && filter.dim(turned ? 3 : 2) == x.dim(3), "films and filter differ in channels");
    const winograd::Conv g = shape(x, filter.dim(turned ? 2 : 3));
    output(ctx, 0, {g.batch, g.out_height(), g.out_width(), g.outputs}, y);
#if defined(RADIOGRAFT_NARROW)
    if (narrow) return radiograft::narrow::convolve(g, x.data(), filter.data(), turned, y.data());
#endif
    winograd::convolve(g, x.data(), filter.data(), turned, y.data());
  }
};

struct WinogradFilterGradientKernel : Winograd {
  using Winograd::Winograd;
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, dy, dw;
    input(ctx, 0, x);
    input(ctx, 1, dy);
    need(dy.rank() == 4, "gradients [B, H', W', O] are needed");
    const winograd::Conv g = shape(x, dy.dim(3));
    need(dy.dim(0) == g.batch && dy.dim(1) == g.out_height() && dy.dim(2) == g.out_width(), "gradients do not fit the films");
    output(ctx, 0, {3, 3, g.channels, g.outputs}, dw);
    if (g.batch == 0) {
      std::fill(dw.data(), dw.data() + dw.count(), 0.0f);
      return;
    }
#if defined(RADIOGRAFT_NARROW)
    if (narrow) return radiograft::narrow::filter_gradient_3x3(g, x.data(), dy.data(), dw.data());
#endif
    winograd::filter_gradient_3x3(g, x.data(), dy.data(), dw.data());
  }
};

struct NarrowConvolution {
  int64_t stride, top, left;
  explicit NarrowConvolution(TF_OpKernelConstruction* ctx) : stride(integer(ctx, "stride")), top(integer(ctx, "top")), left(integer(ctx, "left")) {
    need(has_narrow(), "the processor has no products in bfloat16");
    need(stride > 0 && top >= 0 && left >= 0, "the stride must be positive and pads not negative");
  }
#if defined(RADIOGRAFT_NARROW)
  // films and outputs are [B, height, width, channels]
  narrow::Direct shape(const Tensor& films, const Tensor& outputs, const Tensor& filter) const {
    return {films.dim(0), films.dim(1), films.dim(2), outputs.dim(1), outputs.dim(2), {filter.dim(0), filter.dim(1), filter.dim(2), filter.dim(3)}, stride, top, left};
  }
#endif
};

struct NarrowConvolveKernel : NarrowConvolution {
  int64_t bottom, right;
  explicit NarrowConvolveKernel(TF_OpKernelConstruction* ctx) : NarrowConvolution(ctx), bottom(integer(ctx, "bottom")), right(integer(ctx, "right")) {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor x, filter, y;
    input(ctx, 0, x);
    input(ctx, 1, filter);
    need(x.rank() == 4 && filter.rank() == 4 && filter.dim(2) == x.dim(3), "films [B, H, W, C] and a filter [kh, kw, C, O] are needed");
    const int64_t height = x.dim(1) + top + bottom - filter.dim(0), width = x.dim(2) + left + right - filter.dim(1);
    need(height >= 0 && width >= 0, "the films are smaller than the filter");
    output(ctx, 0, {x.dim(0), height / stride + 1, width / stride + 1, filter.dim(3)}, y);
    if (y.count() == 0) return;
#if defined(RADIOGRAFT_NARROW)
    narrow::convolve_directly(shape(x, y, filter), x.data(), filter.data(), y.data());
#endif
  }
};

struct NarrowConvolveBackKernel : NarrowConvolution {
  int64_t height, width;
  explicit NarrowConvolveBackKernel(TF_OpKernelConstruction* ctx) : NarrowConvolution(ctx), height(integer(ctx, "height")), width(integer(ctx, "width")) {}
  void compute(TF_OpKernelContext* ctx) {
    Tensor dy, filter, dx;
    input(ctx, 0, dy);
    input(ctx, 1, filter);
    need(dy.rank() == 4 && filter.rank() == 4 && filter.dim(3) == dy.dim(3), "gradients [B, H', W', O] and a filter [kh, kw, C, O] are needed");
    output(ctx, 0, {dy.dim(0), height, width, filter.dim(2)}, dx);
    if (dx.count() == 0) return;
#if defined(RADIOGRAFT_NARROW)
    narrow::convolve_back(shape(dx, dy, filter), dy.data(), filter.data(), dx.data());
#endif
  }
};

}  // namespace radiograft
`
