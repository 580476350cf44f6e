// C++: what a kernel is to TensorFlow, through its C API: tensors in and out, attributes, errors. A part of `kernelAddon`.

export const KERNEL_INTERFACE = String.raw`
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

}  // namespace radiograft
`
