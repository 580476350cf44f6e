// Calls TensorFlow kernels that tfjs does not know, or whose gradient it lacks. The ops in `ops/` wrap it in `customGrad`.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { NodeBackend } from './nodeBinding.ts'

/** An attribute: numbers are integers or (`float`) floats; `type` holds TensorFlow's type numbers. */
export type KernelAttribute =
  number | ReadonlyArray<number> | string | boolean | { readonly float: number } | { readonly type: number }

/**
 * Runs the kernel `name` and returns its outputs, which carry no gradient.
 * @param attributes by name; what follows from the inputs' dtypes may be left out, eagerly and in a graph.
 */
export const executeKernel = (
  on: NodeBackend,
  name: string,
  attributes: Readonly<Record<string, KernelAttribute>>,
  inputs: ReadonlyArray<Tensor>,
  outputs = 1,
): Array<Tensor> => {
  const { binding } = on
  const list = Object.entries(attributes).map(([attribute, value]) => {
    if (typeof value === 'string') return { name: attribute, type: binding.TF_ATTR_STRING, value }
    if (typeof value === 'boolean') return { name: attribute, type: binding.TF_ATTR_BOOL, value }
    if (typeof value === 'object' && 'float' in value)
      return { name: attribute, type: binding.TF_ATTR_FLOAT, value: value.float }
    if (typeof value === 'object' && 'type' in value)
      return { name: attribute, type: binding.TF_ATTR_TYPE, value: value.type }
    return { name: attribute, type: binding.TF_ATTR_INT, value }
  })
  const handles = binding.executeOp(name, list, on.getInputTensorIds(inputs), outputs)
  return handles.map((handle) => on.createOutputTensor(handle))
}

/** `executeKernel` for kernels with one output. */
export const executeKernel1 = (...call: Parameters<typeof executeKernel>): Tensor => executeKernel(...call)[0] as Tensor
