// Numbers from a name and an index, the same to the last bit in tools/oracles/nn_formula.py. Used by parity tests.
import { tensor } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'

// Held here because Jest's sandbox makes every look-up of a global slow: 40 times, for 11 million numbers.
const imul = Math.imul

/** FNV-1a over the name's character codes. */
const nameHash = (name: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < name.length; i++) h = imul(h ^ name.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** `size` numbers in [-1, 1): word i is murmur's finaliser of hash(name) + i · 0x9e3779b1. */
export const formulaValues = (name: string, size: number): Float32Array => {
  const h = nameHash(name)
  const values = new Float32Array(size)
  for (let i = 0; i < size; i++) {
    let x = (h + imul(i, 0x9e3779b1)) | 0
    x = imul(x ^ (x >>> 16), 0x85ebca6b)
    x = imul(x ^ (x >>> 13), 0xc2b2ae35)
    x ^= x >>> 16
    values[i] = (x >>> 8) / 2 ** 23 - 1
  }
  return values
}

/** offset + scale · formula, row-major. @default scale 1, offset 0 */
export const formula = (name: string, shape: readonly number[], scale = 1, offset = 0): Tensor => {
  const values = formulaValues(
    name,
    shape.reduce((a, b) => a * b, 1),
  )
  for (let i = 0; i < values.length; i++) values[i] = offset + scale * values[i]!
  return tensor(values, [...shape], 'float32')
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
