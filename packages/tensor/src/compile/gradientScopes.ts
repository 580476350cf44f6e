// Gives the ops of a backward pass the name of the forward op they belong to: a convolution traced as `stem/n3_Conv2D` has
// its gradients at `stem/grad/…`. tfjs walks its tape far away from the layer's code, so the scope of each tape entry is
// noted when it is made. Used by the tracer.
import { engine } from '@tensorflow/tfjs-core'
import { enterOpScope, opScope } from './opScope.ts'

type Gradients = Readonly<Record<string, () => unknown>>

/** What is replaced of tfjs-core 4.22's engine. */
type Tape = {
  addTapeNode?: (...args: Array<unknown>) => void
  gradients?: (...args: Array<unknown>) => unknown
  readonly state: { readonly activeTape: Array<{ gradient?: (dys: unknown) => Gradients }> }
}

/** Runs `body`; gradients that are asked for meanwhile run under the scope of their forward op, with `grad` behind it. */
export const withGradientScopes = <A>(body: () => A): A => {
  const tape = engine() as unknown as Tape
  const { addTapeNode, gradients } = tape
  tape.addTapeNode = (...args) => {
    addTapeNode?.apply(tape, args)
    const node = tape.state.activeTape.at(-1)
    const backward = node?.gradient
    if (!node || !backward) return
    const scope = [...opScope(), 'grad']
    node.gradient = (dys) => {
      enterOpScope(scope)
      const inputs = Object.entries(backward(dys)).map(([input, gradient]) => {
        const scoped = () => {
          enterOpScope(scope)
          return gradient()
        }
        return [input, scoped] as const
      })
      return Object.fromEntries(inputs)
    }
  }
  // The scope stays with the tape entry until the next one, so that the sum of two gradients has the name of its last part.
  tape.gradients = (...args) => {
    const outer = opScope()
    try {
      return gradients?.apply(tape, args)
    } finally {
      enterOpScope(outer)
    }
  }
  try {
    return body()
  } finally {
    // The methods are the prototype's again.
    delete tape.addTapeNode
    delete tape.gradients
  }
}
