// Which dense layers of a network see a flattened map. Ours flattens [H, W, C], torch [C, H, W], so exactly these weights
// change their rows between the two; their shape alone does not tell. Found by applying the network once and following each
// flattened map to the product it enters. Used before `exportTorchWeights` and `importTorchWeights`.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Applied, ApplyContext, Params } from '../Network.ts'
import type { MapShape } from './torchLayout.ts'

const isSameShape = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join()

/** `[B, H, W, C]` → `[B, H·W·C]` with more than one pixel: the map's shape. */
const flattenedMap = (from: Tensor, to: Tensor): MapShape | undefined => {
  const [batch, h, w, c] = from.shape as [number, number, number, number]
  const isFlattening = from.rank === 4 && h * w > 1 && isSameShape(to.shape, [batch, h * w * c])
  return isFlattening ? [h, w, c] : undefined
}

/**
 * By the name of the dense weight, the map that it sees flattened: the option `flattened` of import and export. Maps are
 * followed through whatever keeps their flattened shape (ReLU, dropout, scaling), not through concatenations. Only dense weights
 * are found: a batch norm of a flattened map keeps our order, and is exported wrongly. Maps of one
 * pixel, and pooled ones, need nothing and are not listed.
 * @param inputShape `[H, W, C]` of one film
 */
export const flattenedInputs = (
  network: { apply(params: Params, x: Tensor, ctx: ApplyContext): Applied<unknown> },
  params: Params,
  inputShape: readonly number[],
): Record<string, MapShape> => {
  const engine = tf.engine()
  const found: Record<string, MapShape> = {}
  const nameOf = new Map(Object.entries(params).map(([name, { id }]) => [id, name]))
  tf.tidy(() => {
    engine['startTape']()
    try {
      const first = engine.state.activeTape.length
      network.apply(params, tf.zeros([1, ...inputShape]), { training: false })
      const mapOf = new Map<number, MapShape>()
      for (const { kernelName, inputs, outputs } of engine.state.activeTape.slice(first)) {
        const { a, b } = inputs
        const name = b && nameOf.get(b.id)
        const entering = a && mapOf.get(a.id)
        if (kernelName === tf.BatchMatMul) {
          if (name !== undefined && entering !== undefined) found[name] = entering
          continue // a square weight keeps the shape, not the map
        }
        for (const output of outputs)
          for (const input of Object.values(inputs)) {
            const kept = isSameShape(input.shape, output.shape) ? mapOf.get(input.id) : undefined
            const map = kept ?? (kernelName === tf.Reshape ? flattenedMap(input, output) : undefined)
            if (map !== undefined) mapOf.set(output.id, map)
          }
      }
    } finally {
      engine['endTape']()
      // the tape keeps what a backward pass would need; an outer gradient's tape is disposed of by that
      if (engine.state.gradientDepth === 0) {
        for (const { saved } of engine.state.activeTape) tf.dispose(saved ?? [])
        engine.state.activeTape = []
      }
    }
  })
  return found
}
