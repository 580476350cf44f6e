// C++: ops and kernels are made known to TensorFlow through its C API when the add-on is loaded. A part of `kernelAddon`.

export const REGISTRATION = String.raw`
// The glue: the ops' definitions and their kernels, through TensorFlow's C API.
#include <node_api.h>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <vector>
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

// What is used of tensorflow/c/kernels.h and ops.h: those two include files that are not among the headers at hand.
extern "C" {
struct TF_KernelBuilder;
struct TF_OpDefinitionBuilder;
struct TF_OpKernelConstruction;
struct TF_OpKernelContext;
struct TF_ShapeInferenceContext;
TF_KernelBuilder* TF_NewKernelBuilder(const char*, const char*, void* (*)(TF_OpKernelConstruction*), void (*)(void*, TF_OpKernelContext*), void (*)(void*));
void TF_RegisterKernelBuilder(const char*, TF_KernelBuilder*, TF_Status*);
void TF_GetInput(TF_OpKernelContext*, int, TF_Tensor**, TF_Status*);
TF_Tensor* TF_AllocateOutput(TF_OpKernelContext*, int, TF_DataType, const int64_t*, int, size_t, TF_Status*);
void TF_OpKernelContext_Failure(TF_OpKernelContext*, TF_Status*);
void TF_OpKernelConstruction_Failure(TF_OpKernelConstruction*, TF_Status*);
void TF_OpKernelConstruction_GetAttrInt64(TF_OpKernelConstruction*, const char*, int64_t*, TF_Status*);
void TF_OpKernelConstruction_GetAttrFloat(TF_OpKernelConstruction*, const char*, float*, TF_Status*);
TF_OpDefinitionBuilder* TF_NewOpDefinitionBuilder(const char*);
void TF_OpDefinitionBuilderAddAttr(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddInput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderAddOutput(TF_OpDefinitionBuilder*, const char*);
void TF_OpDefinitionBuilderSetShapeInferenceFunction(TF_OpDefinitionBuilder*, void (*)(TF_ShapeInferenceContext*, TF_Status*));
void TF_RegisterOpDefinition(TF_OpDefinitionBuilder*, TF_Status*);
void TF_ShapeInferenceContextSetUnknownShape(TF_ShapeInferenceContext*, TF_Status*);
}

namespace radiograft {

struct Refused {
  std::string why;
};

struct Status {
  TF_Status* status = TF_NewStatus();
  ~Status() { TF_DeleteStatus(status); }
  void check() const {
    if (TF_GetCode(status) != TF_OK) throw Refused{TF_Message(status)};
  }
};

struct Tensor {
  TF_Tensor* tensor = nullptr;
  Tensor() = default;
  Tensor(const Tensor&) = delete;
  Tensor& operator=(const Tensor&) = delete;
  ~Tensor() {
    if (tensor) TF_DeleteTensor(tensor);
  }
  float* data() const { return static_cast<float*>(TF_TensorData(tensor)); }
  int rank() const { return TF_NumDims(tensor); }
  int64_t dim(int i) const { return TF_Dim(tensor, i); }
  int64_t count() const { return TF_TensorElementCount(tensor); }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> dims;
    for (int i = 0; i < rank(); i++) dims.push_back(dim(i));
    return dims;
  }
};

void input(TF_OpKernelContext* ctx, int i, Tensor& tensor) {
  Status s;
  TF_GetInput(ctx, i, &tensor.tensor, s.status);
  s.check();
}
void output(TF_OpKernelContext* ctx, int i, const std::vector<int64_t>& shape, Tensor& tensor) {
  size_t count = 1;
  for (int64_t d : shape) count *= static_cast<size_t>(d);
  Status s;
  tensor.tensor = TF_AllocateOutput(ctx, i, TF_FLOAT, shape.data(), static_cast<int>(shape.size()), count * sizeof(float), s.status);
  s.check();
}
void need(bool holds, const char* why) {
  if (!holds) throw Refused{why};
}

int64_t integer(TF_OpKernelConstruction* ctx, const char* name) {
  int64_t value = 0;
  Status s;
  TF_OpKernelConstruction_GetAttrInt64(ctx, name, &value, s.status);
  s.check();
  return value;
}
float real(TF_OpKernelConstruction* ctx, const char* name) {
  float value = 0;
  Status s;
  TF_OpKernelConstruction_GetAttrFloat(ctx, name, &value, s.status);
  s.check();
  return value;
}

// A kernel is a struct with a constructor from the attributes and a method compute.
template <typename K>
void* create(TF_OpKernelConstruction* ctx) {
  try {
    return new K(ctx);
  } catch (const Refused& refused) {
    Status s;
    TF_SetStatus(s.status, TF_INVALID_ARGUMENT, refused.why.c_str());
    TF_OpKernelConstruction_Failure(ctx, s.status);
    return nullptr;
  }
}
template <typename K>
void compute(void* kernel, TF_OpKernelContext* ctx) {
  std::string why;
  try {
    static_cast<K*>(kernel)->compute(ctx);
    return;
  } catch (const Refused& refused) {
    why = refused.why;
  } catch (const std::bad_alloc&) {
    why = "out of memory";
  } catch (const std::exception& error) {
    why = error.what();
  }
  Status s;
  TF_SetStatus(s.status, TF_INVALID_ARGUMENT, why.c_str());
  TF_OpKernelContext_Failure(ctx, s.status);
}
template <typename K>
void destroy(void* kernel) {
  delete static_cast<K*>(kernel);
}

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
    std::vector<std::unique_ptr<float, decltype(&std::free)>> scratch;
    const auto allocate = [&](int64_t n) {
      void* made = std::aligned_alloc(64, (static_cast<size_t>(n) * sizeof(float) + 63) / 64 * 64);
      if (!made) throw std::bad_alloc();
      scratch.emplace_back(static_cast<float*>(made), &std::free);
      return static_cast<float*>(made);
    };
#if defined(RADIOGRAFT_NARROW)
    if (narrow) return conv_filter_gradient<InBfloat16>(g, x.data(), dy.data(), dw.data(), allocate);
#endif
    conv_filter_gradient<InFloat32>(g, x.data(), dy.data(), dw.data(), allocate);
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
    narrow::convolve_directly({x.dim(0), x.dim(1), x.dim(2), y.dim(1), y.dim(2), {filter.dim(0), filter.dim(1), filter.dim(2), filter.dim(3)}, stride, top, left},
                              x.data(), filter.data(), y.data());
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
    narrow::convolve_back({dy.dim(0), height, width, dy.dim(1), dy.dim(2), {filter.dim(0), filter.dim(1), filter.dim(2), filter.dim(3)}, stride, top, left},
                          dy.data(), filter.data(), dx.data());
#endif
  }
};

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
    (slope == 1 ? norm_forward<0> : slope == 0 ? norm_forward<1> : norm_forward<2>)(n, x.data(), scale.data(), offset.data(), y.data(), mean.data(), variance.data(), rest.data());
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
    (slope == 1 ? norm_backward<0> : slope == 0 ? norm_backward<1> : norm_backward<2>)(
        n, x.data(), scale.data(), offset.data(), mean.data(), variance.data(), rest.data(), dy.data(), dx.data(), dscale.data(), doffset.data());
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
    (slope == 1 ? affine_forward<0> : slope == 0 ? affine_forward<1> : affine_forward<2>)(a, x.data(), scale.data(), offset.data(), y.data());
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
    (slope == 1 ? affine_backward<0> : slope == 0 ? affine_backward<1> : affine_backward<2>)(a, x.data(), scale.data(), offset.data(), dy.data(), dx.data(),
                                                                                             dscale.data(), doffset.data());
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

void unknown_shapes(TF_ShapeInferenceContext* ctx, TF_Status* status) { TF_ShapeInferenceContextSetUnknownShape(ctx, status); }

template <typename K>
void add(const char* name, const std::vector<const char*>& inputs, const std::vector<const char*>& outputs, const std::vector<const char*>& attributes) {
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  for (const char* one : inputs) TF_OpDefinitionBuilderAddInput(op, one);
  for (const char* one : outputs) TF_OpDefinitionBuilderAddOutput(op, one);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, unknown_shapes);
  Status s;
  TF_RegisterOpDefinition(op, s.status);
  s.check();
  TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create<K>, compute<K>, destroy<K>), s.status);
  s.check();
}

void add_all() {
  add<FilterGradientKernel>("RadiograftConvFilterGradient", {"x: float", "dy: float"}, {"dw: float"},
                            {"kernel_height: int", "kernel_width: int", "stride: int", "top: int", "left: int", "narrow: int"});
  add<WinogradKernel>("RadiograftWinograd", {"x: float", "filter: float"}, {"y: float"}, {"pad: int", "turned: int", "narrow: int"});
  add<WinogradFilterGradientKernel>("RadiograftWinogradFilterGradient", {"x: float", "dy: float"}, {"dw: float"}, {"pad: int", "narrow: int"});
  add<NarrowConvolveKernel>("RadiograftNarrowConvolve", {"x: float", "filter: float"}, {"y: float"},
                            {"stride: int", "top: int", "left: int", "bottom: int", "right: int"});
  add<NarrowConvolveBackKernel>("RadiograftNarrowConvolveBack", {"dy: float", "filter: float"}, {"dx: float"},
                                {"stride: int", "top: int", "left: int", "height: int", "width: int"});
  const std::vector<const char*> norm = {"per_film: int", "groups: int", "eps: float", "slope: float"};
  add<NormKernel>("RadiograftNorm", {"x: float", "scale: float", "offset: float"}, {"y: float", "mean: float", "variance: float", "rest: float"}, norm);
  add<NormGradientKernel>("RadiograftNormGradient", {"x: float", "scale: float", "offset: float", "mean: float", "variance: float", "rest: float", "dy: float"},
                          {"dx: float", "dscale: float", "doffset: float"}, norm);
  add<AffineKernel>("RadiograftAffine", {"x: float", "scale: float", "offset: float"}, {"y: float"}, {"slope: float"});
  add<AffineGradientKernel>("RadiograftAffineGradient", {"x: float", "scale: float", "offset: float", "dy: float"},
                            {"dx: float", "dscale: float", "doffset: float"}, {"slope: float"});
  const std::vector<const char*> sides = {"top: int", "bottom: int", "left: int", "right: int"};
  add<MirrorKernel>("RadiograftMirrorPad", {"x: float"}, {"y: float"}, sides);
  add<MirrorGradientKernel>("RadiograftMirrorPadGradient", {"dy: float"}, {"dx: float"}, sides);
  const std::vector<const char*> pooling = {"kernel: int", "stride: int", "padding: int"};
  add<MaxPoolKernel>("RadiograftMaxPool", {"x: float"}, {"y: float", "place: float"}, pooling);
  add<MaxPoolGradientKernel>("RadiograftMaxPoolGradient", {"place: float", "dy: float"}, {"dx: float"},
                             {"kernel: int", "stride: int", "padding: int", "height: int", "width: int"});
  add<MaxPoolAtKernel>("RadiograftMaxPoolAt", {"place: float", "of: float"}, {"y: float"}, pooling);
  add<SquaredSumKernel>("RadiograftSquaredSum", {"x: float"}, {"y: float"}, {});
  add<AdamKernel>("RadiograftAdam", {"p: float", "m: float", "v: float", "g: float", "factor: float", "step: float", "correction: float"},
                  {"p1: float", "m1: float", "v1: float"}, {"beta1: float", "beta2: float", "rest1: float", "rest2: float", "eps: float", "decay: float"});
}

napi_value init(napi_env env, napi_value exports) {
  // A module that is loaded anew (jest, worker threads) finds the ops in place: they belong to the process.
  static std::once_flag once;
  static std::string problem;
  std::call_once(once, [] {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
      problem = "the processor has no AVX2";
      return;
    }
#endif
    try {
      add_all();
    } catch (const Refused& refused) {
      problem = refused.why;
    }
  });
  napi_value text, flag;
  napi_create_string_utf8(env, problem.data(), problem.size(), &text);
  napi_set_named_property(env, exports, "problem", text);
  napi_get_boolean(env, has_narrow(), &flag);
  napi_set_named_property(env, exports, "narrow", flag);
  return exports;
}

}  // namespace radiograft

NAPI_MODULE(radiograft_kernels, radiograft::init)
`
