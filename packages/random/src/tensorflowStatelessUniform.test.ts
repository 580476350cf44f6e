import { expect, it } from '@jest/globals'
import { tensorflowStatelessUniform } from './tensorflowStatelessUniform.ts'

it('has the bits of TensorFlow', () => {
  // tf.random.split([1, 2], num=3), as printed in TensorFlow's own documentation: six words of this stream.
  const words = [1105988140, 1738052849, -335576002, 370444179, 10670227, -246211131]
  expect(Array.from(tensorflowStatelessUniform(6, [1, 2]))).toEqual(words.map((word) => (word & 0x7fffff) / 2 ** 23))
})

it('extends the sign of the seeds as the kernel does', () => {
  expect(tensorflowStatelessUniform(1, [-1, 0])).not.toEqual(tensorflowStatelessUniform(1, [2 ** 32 - 1, 0]))
})

it('gives a longer draw the same beginning', () => {
  expect(tensorflowStatelessUniform(9, [3, 4]).subarray(0, 5)).toEqual(tensorflowStatelessUniform(5, [3, 4]))
  expect(tensorflowStatelessUniform(0, [3, 4]).length).toBe(0)
})
