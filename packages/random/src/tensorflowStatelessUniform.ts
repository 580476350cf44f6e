// The numbers of TensorFlow's kernel StatelessRandomUniform (float32), bit for bit, without TensorFlow: what dropout,
// noise and latents inside a compiled step drew. `packages/tensor` compares it with the kernel itself.
import { philox4x32, philoxBlock } from './philox4x32.ts'
import { assertCount } from './RandomArgumentError.ts'

// GenerateKey in tensorflow/core/kernels/stateless_random_ops.cc: the two seeds are mixed once under a fixed key.
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const

// Seeds are int64 there and int32 or int64 in the tensor: the high word of a small negative number is all ones.
const highWord = (seed: number): number => Math.floor(seed / 2 ** 32) | 0

/**
 * `shapeSize` numbers in [0, 1), multiples of 2^-23: what `StatelessRandomUniform(shape, seed)` gives in row-major order.
 * @param shapeSize number of elements
 * @param seed two whole numbers, as in the kernel's `seed` tensor (int32, or int64 within the safe integers)
 */
export const tensorflowStatelessUniform = (shapeSize: number, seed: readonly [number, number]): Float32Array => {
  assertCount(shapeSize, 'shapeSize')
  const [a, b] = seed
  const mix = philox4x32([a, highWord(a), b, highWord(b)], SCRAMBLE_KEY)
  // key = first half, counter = (0, 0, second half); group i of four numbers is the block of counter + i
  const bits = new Uint32Array(Math.ceil(shapeSize / 4) * 4)
  for (let i = 0; 4 * i < bits.length; i++) philoxBlock(i, 0, mix[2]!, mix[3]!, mix[0]!, mix[1]!, bits, 4 * i)
  // random::Uint32ToFloat: the low 23 bits become the mantissa of a float in [1, 2), less 1
  const out = new Float32Array(shapeSize)
  for (let i = 0; i < shapeSize; i++) out[i] = (bits[i]! & 0x7fffff) / 2 ** 23
  return out
}
