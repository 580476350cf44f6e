import { expect, it } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { filmMap, letterbox } from './letterbox.ts'

/** By definition: the film in a square of zeros, then resized. */
const throughSquare = (pixels: Float32Array, rows: number, columns: number, size: number): Float32Array => {
  const side = Math.max(rows, columns)
  const { padX, padY } = filmMap(rows, columns, size)
  const square = new Float32Array(side * side)
  for (let r = 0; r < rows; r++) square.set(pixels.subarray(r * columns, (r + 1) * columns), (r + padY) * side + padX)
  return resizeArea(square, side, side, size, size)
}

it.each([
  [2, 4],
  [5, 2],
  [1, 7],
  [7, 1],
  [2, 1],
  [63, 64],
  [64, 37],
  [40, 101],
  [64, 64],
  [50, 50],
])('%i x %i: bit for bit what the padded square gives, shrunk, kept and grown', (rows, columns) => {
  const pixels = rng(`${rows} x ${columns}`).uniforms(rows * columns)
  for (const size of [1, 2, 3, 7, 32, 64, 65, 101, 128])
    expect(letterbox(pixels, rows, columns, size)).toEqual(throughSquare(pixels, rows, columns, size))
})

it.each([Uint8Array, Uint16Array, Int16Array])('%p with levels: bit for bit the film that they stand for', (Stored) => {
  const [rows, columns] = [37, 61]
  const shift = Stored === Int16Array ? 200 : 0
  const stored = new Stored(Array.from(rng('stored').ints(rows * columns, 0, 256), (value) => value - shift))
  const units = rng('units').uniforms(256)
  const pixels = Float32Array.from(stored, (value) => units[value + shift]!)
  expect(letterbox(stored, rows, columns, 16, { units, lowest: -shift })).toEqual(letterbox(pixels, rows, columns, 16))
})

it.each([
  [60_000, 1],
  [1, 60_000],
])('%i x %i: no square of 14 GB is made', (rows, columns) => {
  const out = letterbox(new Float32Array(60_000).fill(1), rows, columns, 4)
  // padding's smaller half is 29,999 lines, so the film is the last of the 15,000 that the second output line averages
  const zero = Array.from({ length: 4 }, () => 0)
  const one = zero.map(() => Math.fround(1 / 15_000))
  const square = [zero, one, zero, zero]
  const expected = rows > columns ? square.map((_, i) => square.map((line) => line[i]!)) : square
  expect(Array.from(out)).toEqual(expected.flat().map((value) => expect.closeTo(value, 9)))
})

it('wrong sizes are refused', () => {
  expect(() => letterbox(new Float32Array(2), 1, 2, 0.5)).toThrow('letterbox: sizes are whole and positive, not 0.5')
  expect(() => letterbox(new Float32Array(3), 1, 2, 4)).toThrow('3 pixels are no film of 1 x 2')
})
