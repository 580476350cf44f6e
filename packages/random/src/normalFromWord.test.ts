import { expect, it } from '@jest/globals'
import { normalFromWord } from './normalFromWord.ts'

it('is odd about the middle and rises everywhere, across the joint of centre and tail too', () => {
  const words = [0, 1, 7, 2 ** 10, 2 ** 20, 322122546, 322122547, 322122548, 2 ** 30, 2 ** 31 - 1]
  const values = words.map(normalFromWord)
  expect(values).toEqual(values.toSorted((a, b) => a - b))
  expect(words.map((word) => -normalFromWord(2 ** 32 - 1 - word))).toEqual(values)
})

it('gives the quantiles of the tables', () => {
  // p = (word + 1/2) / 2^32: 2.5 % is 1.959964 sigma below the mean, 0.1 % is 3.090232
  expect(normalFromWord(Math.round(0.025 * 2 ** 32))).toBeCloseTo(-1.959964, 6)
  expect(normalFromWord(Math.round(0.999 * 2 ** 32))).toBeCloseTo(3.090232, 6)
  expect(normalFromWord(0)).toBeCloseTo(-6.3379, 3) // p = 2^-33
})

it('refuses what is no word', () => {
  expect(() => normalFromWord(-1)).toThrow('word is -1, expected an unsigned 32-bit integer')
  expect(() => normalFromWord(NaN)).toThrow('word is NaN')
})
