// The bytes of a layers model's shards as named float32 arrays. Used by layersNetwork.
import { LayersModelError } from './LayersModelError.ts'
import type { LayersModel, WeightEntry } from './parseLayersModel.ts'

export interface Weight {
  readonly shape: ReadonlyArray<number>
  readonly data: Float32Array
}

const BYTES = { float32: 4, uint16: 2, uint8: 1 } as const

const sizeOf = ({ shape }: WeightEntry): number => shape.reduce((a, b) => a * b, 1)

/**
 * Every weight of the model by its name; what is quantised is min + scale · stored, rounded to float32 as TF.js does.
 * @param shards bytes of every shard by its name
 * @throws LayersModelError `weights`: a group's shards hold another number of bytes than its weights need, a weight is
 *   there twice or is not finite
 */
export const decodeWeights = (
  { file, groups }: LayersModel,
  shards: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Weight> => {
  const found = new Map<string, Weight>()
  for (const { paths, weights } of groups) {
    const parts = paths.map((path) => shards.get(path) ?? new Uint8Array())
    const held = parts.reduce((sum, { length }) => sum + length, 0)
    const needed = weights.reduce((sum, weight) => sum + sizeOf(weight) * BYTES[weight.stored], 0)
    if (held !== needed) {
      const how = held < needed ? 'truncated' : 'too long'
      throw new LayersModelError(
        paths.join(', '),
        'weights',
        `${how}: ${held} bytes, where model.json names weights of ${needed}`,
      )
    }
    const bytes = new Uint8Array(held)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    const view = new DataView(bytes.buffer)
    at = 0
    for (const entry of weights) {
      if (found.has(entry.name)) throw new LayersModelError(file, 'weights', `weight ${entry.name} is there twice`)
      const data = numbersOf(view, at, entry)
      const bad = data.findIndex((value) => !Number.isFinite(value))
      if (bad >= 0) throw new LayersModelError(paths.join(', '), 'weights', `weight ${entry.name} holds ${data[bad]}`)
      found.set(entry.name, { shape: entry.shape, data })
      at += data.length * BYTES[entry.stored]
    }
  }
  return found
}

const numbersOf = (view: DataView, from: number, entry: WeightEntry): Float32Array => {
  const { stored, scale, min } = entry
  const data = new Float32Array(sizeOf(entry))
  for (let i = 0; i < data.length; i++) {
    const at = from + i * BYTES[stored]
    if (stored === 'float32') data[i] = view.getFloat32(at, true)
    else data[i] = min + scale * (stored === 'uint8' ? view.getUint8(at) : view.getUint16(at, true))
  }
  return data
}
