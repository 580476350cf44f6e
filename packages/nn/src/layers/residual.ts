// y = after(body(x) + shortcut(x)). The body's parameters keep their names, the shortcut's get `downsample.` before them:
// so a ResNet block has torch's names.
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { scope, unscope } from '../params/scope.ts'

export type ResidualOptions = {
  /** Where the shapes of input and output differ. @default x itself */
  readonly shortcut?: Layer
  /** @default 'downsample' */
  readonly shortcutName?: string
  /** Applied to the sum: ReLU in ResNets, nothing in CycleGAN. */
  readonly after?: (sum: Tensor) => Tensor
}

/** @param body keeps its parameters' names; none may start with the shortcut's name */
export const residual = (
  body: Layer,
  { shortcut, shortcutName = 'downsample', after = (sum) => sum }: ResidualOptions = {},
): Layer => ({
  init: (rng, shape) => ({
    ...body.init(rng, shape),
    ...(shortcut ? unscope(shortcut.init(rng.fork(shortcutName), shape), shortcutName) : {}),
  }),
  outputShape: (shape) => body.outputShape(shape),
  apply: (params, x, ctx) => {
    const inner = body.apply(params, x, ctx)
    if (shortcut === undefined) return { y: after(tf.add(inner.y, x)), updates: inner.updates }
    const path = ctx.path ? `${ctx.path}.${shortcutName}` : shortcutName
    const outer = withOpScope(shortcutName, () => shortcut.apply(scope(params, shortcutName), x, { ...ctx, path }))
    return {
      y: after(tf.add(inner.y, outer.y)),
      updates: { ...inner.updates, ...unscope(outer.updates, shortcutName) },
    }
  },
})
