import { expect, test } from '@jest/globals'
import { Canvas } from './canvas.ts'
import { drawFilm } from './film.ts'
import { Key, mix } from './key.ts'
import { fbm } from './noise.ts'
import { drawPatient } from './patient.ts'

const canvas = new Canvas(drawFilm(drawPatient(Key.root(7), 3), 0, { view: 'AP' }), 64)

/** The specification's formula, four hashes a pixel. */
function reference(key: number, x: number, y: number, frequency: number, octaves: number): number {
  let [sum, amplitude, power, f] = [0, 1, 0, frequency]
  for (let m = 0; m < octaves; m++) {
    const at = (ix: number, iy: number) =>
      mix(mix(key + m * 0x9e3779b9) ^ (((iy & 65535) << 16) | (ix & 65535))) / 2147483648 - 1
    const [ix, iy] = [Math.floor(x * f), Math.floor(y * f)]
    const [tx, ty] = [x * f - ix, y * f - iy]
    const [fx, fy] = [tx * tx * (3 - 2 * tx), ty * ty * (3 - 2 * ty)]
    const top = at(ix, iy) * (1 - fx) + at(ix + 1, iy) * fx
    const bottom = at(ix, iy + 1) * (1 - fx) + at(ix + 1, iy + 1) * fx
    sum += amplitude * (top * (1 - fy) + bottom * fy)
    power += amplitude * amplitude
    amplitude *= 0.5
    f *= 2.03
  }
  return sum / Math.sqrt(power)
}

test('the lattice table gives the values of the formula, negative coordinates included', () => {
  const map = fbm(canvas, 12345, 9, 4)
  for (let o = 0; o < map.length; o += 97) expect(map[o]).toBe(reference(12345, canvas.x[o]!, canvas.y[o]!, 9, 4))
})

test('a window fills its pixels and no others, with the same values', () => {
  const whole = fbm(canvas, 5, 20, 2)
  const window = { x0: 10, x1: 30, y0: 5, y1: 9 }
  const part = fbm(canvas, 5, 20, 2, { window })
  const expected = whole.map((value, o) => {
    const [i, j] = [o % 64, Math.floor(o / 64)]
    return i >= 10 && i < 30 && j >= 5 && j < 9 ? value : 0
  })
  expect([...part]).toEqual([...expected])
})
