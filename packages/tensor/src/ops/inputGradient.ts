// A gradient that is differentiated again: gradient penalties. Second derivatives are a trap in tfjs, which gives some of them
// wrong without a word, so that every op of the function is looked up before anything is differentiated.
import { engine, grad, sum, type Tensor } from '@tensorflow/tfjs-core'
import { opScopePath } from '../compile/opScope.ts'
import { SecondOrderError } from './SecondOrderError.ts'
import { CONSTANT_OPS, SAFE_OPS, UNSAFE_OPS } from './secondOrderOps.ts'

type AddTapeNode = (kernel: string, inputs: unknown, outputs: unknown, gradient: unknown, ...rest: unknown[]) => void
/** What is replaced of tfjs-core 4.22's engine. */
type Tape = { addTapeNode: AddTapeNode }

/** What tfjs calls the scope of an op of its own. */
const OWN_SCOPE = /__op$/

/** Why an entry of the tape may not be differentiated twice. */
const problemOf = (kernel: string, isCustom: boolean): string | undefined => {
  // A customGrad has no name but its scope's: tfjs's own are not to be trusted, others are written to be differentiated.
  if (isCustom) {
    return OWN_SCOPE.test(kernel)
      ? 'has a gradient of its own that was not checked to second order; compose it of ops that were'
      : undefined
  }
  if (SAFE_OPS.has(kernel) || CONSTANT_OPS.has(kernel)) return undefined
  const unsafe = UNSAFE_OPS[kernel]
  return unsafe === undefined
    ? 'was not checked to second order; prove it in secondOrderOps.test.ts and add it to secondOrderOps.ts, or do without'
    : `cannot be differentiated twice: ${unsafe.because}; use ${unsafe.instead}`
}

/** Runs `body` under a gradient and refuses what may not be differentiated twice. */
const watched = <A>(body: () => A): A => {
  const tape = engine() as unknown as Tape
  const own = Object.getOwnPropertyDescriptor(tape, 'addTapeNode')
  const { addTapeNode } = tape
  tape.addTapeNode = (kernel, inputs, outputs, gradient, saved, attributes) => {
    // Copies that are saved for the gradient bring a function and attributes, a customGrad a function alone, a kernel neither.
    const isCopy = gradient != null && attributes !== undefined
    const problem = isCopy ? undefined : problemOf(kernel, gradient != null)
    if (problem !== undefined) {
      throw new SecondOrderError(kernel.replace(OWN_SCOPE, ''), opScopePath().slice(0, -1), problem)
    }
    addTapeNode.call(tape, kernel, inputs, outputs, gradient, saved, attributes)
  }
  try {
    return body()
  } finally {
    // Without one of its own the engine has the prototype's again.
    if (own) Object.defineProperty(tape, 'addTapeNode', own)
    else delete (tape as Partial<Tape>).addTapeNode
  }
}

/**
 * ∂ Σ f(x) / ∂x, in the shape of x: a tensor that may be differentiated once more, by whatever `f` is made of.
 * @param f made of ops that are right to second order (`secondOrderOps.ts`); its result may have any shape
 * @throws SecondOrderError naming the first op of `f` that is wrong, missing or unchecked to second order
 */
export const inputGradient = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
  grad((input) => watched(() => sum(f(input))))(x)
