// Ops of TensorFlow, or of our own kernels, as kernels of tfjs with gradients: unlike `customGrad`, only those gradients are
// computed that are asked for, and an op may have several outputs. Used by the ops of this folder.
import {
  engine,
  getKernel,
  registerGradient,
  registerKernel,
  type KernelConfig,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core'

/** Inputs have names here, because tfjs asks for the gradient of each by its name. */
export type NativeOp<I extends string, A> = {
  /** Unique among the kernels of tfjs. */
  readonly name: string
  readonly run: (inputs: Readonly<Record<I, Tensor>>, attributes: A) => Array<Tensor>
  /** Which inputs and how many outputs `gradient` gets. */
  readonly saves: ReadonlyArray<I>
  readonly outputs: number
  /** The gradient by each input, as functions that are called when it is wanted. */
  readonly gradient: (
    dys: ReadonlyArray<Tensor>,
    saved: Readonly<Record<I, Tensor>>,
    outputs: ReadonlyArray<Tensor>,
    attributes: A,
  ) => Partial<Record<I, () => Tensor>>
}

const BACKEND = 'tensorflow'

const register = <I extends string, A>(op: NativeOp<I, A>): void => {
  registerKernel({
    kernelName: op.name,
    backendName: BACKEND,
    kernelFunc: (({ inputs, attrs }: { inputs: Record<I, Tensor>; attrs: { readonly of: A } }) => {
      const outputs = op.run(inputs, attrs.of)
      return outputs.length === 1 ? outputs[0] : outputs
    }) as unknown as KernelConfig['kernelFunc'],
  })
  registerGradient({
    kernelName: op.name,
    inputsToSave: [...op.saves],
    // One output is never needed; of several, the ones behind the first are what the gradient starts from.
    outputsToSave: Array.from({ length: op.outputs }, (_, i) => i > 0),
    gradFunc: (dy, saved, attrs) => {
      const inputs = Object.fromEntries(op.saves.map((name, i) => [name, saved[i] as Tensor])) as Record<I, Tensor>
      const { of } = attrs as unknown as { readonly of: A }
      return op.gradient(Array.isArray(dy) ? dy : [dy], inputs, saved.slice(op.saves.length), of) as Record<
        string,
        () => Tensor
      >
    },
  })
}

/** Runs the op on the TensorFlow backend. */
export const runNativeOp = <I extends string, A>(
  op: NativeOp<I, A>,
  inputs: Readonly<Record<I, Tensor>>,
  attributes: A,
): Array<Tensor> => {
  if (!getKernel(op.name, BACKEND)) register(op)
  const out = engine().runKernel(op.name, inputs, { of: attributes } as unknown as NamedAttrMap)
  return Array.isArray(out) ? out : [out]
}
