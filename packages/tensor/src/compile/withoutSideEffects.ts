// A step is a pure function: what it does beside its result happens in the trace alone and never again. Here the tracer
// refuses what would be forgotten without a word: variables, tensors kept or disposed of that are not the step's own,
// random numbers of the host. A clock cannot be told from a constant: `Date.now()` inside a step is frozen.
import { engine, type Tensor, Variable } from '@tensorflow/tfjs-core'
import { callerLineLater } from './CompiledStepError.ts'

/** What is replaced of tfjs-core 4.22's engine. */
type Engine = {
  makeVariable?: (...args: ReadonlyArray<unknown>) => unknown
  keep?: (tensor: Tensor) => Tensor
  disposeTensor?: (tensor: Tensor) => void
  nextTensorId(): number
}

/** Makes the error, and remembers it: tfjs may swallow what is thrown. */
export type Refuse = (message: string, subject?: string, at?: string) => Error

/** Runs `body`, which belongs to a step, and refuses side effects from the line that has them. */
export const withoutSideEffects = <A>(refuse: Refuse, body: () => A): A => {
  const on = engine() as unknown as Engine
  const { keep, disposeTensor } = on
  const { random } = Math
  const { assign } = Variable.prototype
  // Tensors from before the step have smaller numbers: its inputs, and what it captures.
  const first = on.nextTensorId()
  const kept: Array<{ readonly tensor: Tensor; readonly at: () => string | undefined }> = []

  Math.random = () => {
    throw refuse(
      'Math.random (tf.randomNormal, tf.dropout …) is called inside a compiled step, where its numbers would be frozen; use statelessUniform with a seed from the state',
    )
  }
  on.makeVariable = () => {
    throw refuse('a variable is made inside a compiled step, which would make it once only; make it part of the state')
  }
  Variable.prototype.assign = function refuseAssign(this: Variable) {
    throw refuse(
      `the variable '${this.name}' is assigned inside a compiled step, which would happen once only; return the new value as state`,
      this.name,
    )
  }
  on.keep = (tensor) => {
    kept.push({ tensor, at: callerLineLater() })
    return keep?.call(on, tensor) as Tensor
  }
  on.disposeTensor = (tensor) => {
    if (tensor.id < first)
      throw refuse(
        'a tensor from outside is disposed of inside a compiled step; the caller keeps and disposes of inputs',
      )
    disposeTensor?.call(on, tensor)
  }
  try {
    const result = body()
    const left = kept.filter(({ tensor }) => tensor.kept && !tensor.isDisposed && tensor.id > first)
    for (const { tensor } of left) tensor.dispose()
    if (left[0])
      throw refuse(
        'tf.keep holds a tensor of a compiled step, which is computed once only; return it as an output',
        undefined,
        left[0].at(),
      )
    return result
  } finally {
    Math.random = random
    Variable.prototype.assign = assign
    // The methods are the prototype's again.
    delete on.makeVariable
    delete on.keep
    delete on.disposeTensor
  }
}
