// Layers one after another, each under a name. Pairs rather than an object, because JavaScript moves keys such as '0' first.
import { withOpScope } from '@radiograft/tensor'
import type { Layer, Params } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { scope, unscope } from '../params/scope.ts'

/**
 * Parameters are named `<name>.<the layer's own name>`; `sequential([['conv1', conv2d(…)], ['relu', relu]])`.
 * @throws NetworkError when a name is used twice
 */
export const sequential = (layers: ReadonlyArray<readonly [name: string, layer: Layer]>): Layer => {
  const names = new Set(layers.map(([name]) => name))
  if (names.size !== layers.length) throw new NetworkError('sequential', 'two layers have the same name')
  return {
    init: (rng, inputShape) => {
      let shape = inputShape
      const params: Record<string, Params[string]> = {}
      for (const [name, layer] of layers) {
        Object.assign(params, unscope(layer.init(rng.fork(name), shape), name))
        shape = layer.outputShape(shape)
      }
      return params
    },
    outputShape: (inputShape) =>
      layers.reduce<number[]>((shape, [, layer]) => layer.outputShape(shape), [...inputShape]),
    apply: (params, x, ctx) => {
      let y = x
      const updates: Record<string, Params[string]> = {}
      for (const [name, layer] of layers) {
        const path = ctx.path ? `${ctx.path}.${name}` : name
        const input = y
        const applied = withOpScope(name, () => layer.apply(scope(params, name), input, { ...ctx, path }))
        y = applied.y
        Object.assign(updates, unscope(applied.updates, name))
      }
      return { y, updates }
    },
  }
}
