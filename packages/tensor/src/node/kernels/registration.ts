// C++: ops and kernels are made known to TensorFlow when the add-on is loaded. A part of `kernelAddon`.

export const REGISTRATION = String.raw`
namespace radiograft {

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
