// What the tracer needs of tfjs-node's backend object, found through tfjs-core's registry and never imported, so that
// this package's root stays free of native code.
import { backend, getBackend, type Tensor } from '@tensorflow/tfjs-core'

/** An attribute as tfjs-node passes it to TensorFlow. */
export type BindingAttribute = {
  readonly name: string
  readonly type: number
  readonly value: boolean | number | object | string | ReadonlyArray<number>
}

/** A tensor handle as TensorFlow returns it. */
export type Handle = { readonly id: number; readonly shape: ReadonlyArray<number>; readonly dtype: number }

/** The native module. */
export type Binding = {
  createTensor(shape: ReadonlyArray<number>, dtype: number, values: ArrayBufferView): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  executeOp(
    name: string,
    attributes: ReadonlyArray<BindingAttribute>,
    inputs: ReadonlyArray<number>,
    outputs: number,
  ): Array<Handle>
  deleteSavedModel(id: number): void
  /** With `done` the session runs on another thread, `done` is called with what would have been returned or thrown. */
  runSavedModel(
    id: number,
    inputs: ReadonlyArray<number>,
    inputNames: string,
    outputNames: string,
    done?: (error: Error | null, handles: Array<Handle>) => void,
  ): Array<Handle>
  readonly TF_ATTR_STRING: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
}

/** tfjs-node's `NodeJSKernelBackend`. */
export type NodeBackend = {
  binding: Binding
  getInputTensorIds(tensors: ReadonlyArray<Tensor>): Array<number>
  createOutputTensor(handle: Handle): Tensor
  read(dataId: object): Promise<unknown>
  readonly tensorMap: {
    get(dataId: object): { readonly shape: ReadonlyArray<number>; readonly dtype: number } | undefined
  }
}

/** TensorFlow's numbers for the element types that tensors here have. */
export const DataType = { float32: 1, int32: 3, int64: 9, bool: 10, bfloat16: 14 } as const

/** The current backend when it is tfjs-node's, else `undefined`. */
export const nodeBackend = (): NodeBackend | undefined => {
  if (getBackend() !== 'tensorflow') return undefined
  const found = backend() as unknown as Partial<NodeBackend>
  return typeof found.binding?.executeOp === 'function' ? (found as NodeBackend) : undefined
}
