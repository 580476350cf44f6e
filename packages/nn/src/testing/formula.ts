// Numbers from a name and an index, the same to the last bit in tools/oracles/nn_formula.py. Used by parity tests.
import { tensor } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'

/** FNV-1a over the name's character codes. */
const nameHash = (name: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** `size` numbers in [-1, 1): word i is murmur's finaliser of hash(name) + i · 0x9e3779b1. */
export const formulaValues = (name: string, size: number): Float32Array => {
  const h = nameHash(name)
  return Float32Array.from({ length: size }, (_, i) => {
    let x = (h + Math.imul(i, 0x9e3779b1)) | 0
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    x ^= x >>> 16
    return (x >>> 8) / 2 ** 23 - 1
  })
}

/** offset + scale · formula, row-major. @default scale 1, offset 0 */
export const formula = (name: string, shape: readonly number[], scale = 1, offset = 0): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1)
  return tensor(
    formulaValues(name, size).map((u) => offset + scale * u),
    [...shape],
    'float32',
  )
}

const scaleOf = (name: string, shape: readonly number[]): [scale: number, offset: number] => {
  if (name.endsWith('running_var')) return [0.5, 1]
  if (name.endsWith('running_mean') || name.endsWith('bias')) return [0.1, 0]
  if (shape.length === 1) return [0.2, 1] // scale of a norm
  return [Math.sqrt(6 / shape.slice(0, -1).reduce((a, b) => a * b, 1)), 0] // He's variance: activations keep their size
}

/** The parameters' names and shapes with formula values; disposes nothing. */
export const formulaParams = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, { shape }]) => [name, formula(name, shape, ...scaleOf(name, shape))]),
  )
