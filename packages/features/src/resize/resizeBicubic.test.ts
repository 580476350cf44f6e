import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { resizeBicubic } from './resizeBicubic.ts'

interface Case {
  readonly height: number
  readonly width: number
  readonly film: ReadonlyArray<number>
  readonly outHeight: number
  readonly outWidth: number
  readonly out: ReadonlyArray<number>
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/resize.json', import.meta.url), 'utf8')) as {
  readonly cases: ReadonlyArray<Case>
}

test.each(cases)(
  'Pillow: $height x $width to $outHeight x $outWidth',
  ({ height, width, film, outHeight, outWidth, out }) => {
    const ours = resizeBicubic(film, height, width, outHeight, outWidth)
    expect(ours).toHaveLength(out.length)
    // Pillow rounds between the two axes to float32; grey levels to 255
    const worst = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - out[i]!)), 0)
    expect(worst).toBeLessThan(5e-5)
  },
)

test('to twice the size: the cubic at quarters, edges renormalised', () => {
  // output 1 has its centre at ¾ of input 0: taps at −¼, ¾ and −¹⁄₁₆-ish weights of a = −½ at distances ¼, ¾, 1¾
  const w = (t: number): number => (t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((t - 5) * t + 8) * t * -0.5 + 2)
  const [near, next, far] = [w(0.25), w(0.75), w(1.75)]
  const out = resizeBicubic([8, 0, 0, 0], 1, 4, 1, 8)
  expect(out[1]).toBeCloseTo((8 * near) / (near + next + far), 6)
})

test('a constant stays, and the same size is the film itself', () => {
  expect([...resizeBicubic(new Float32Array(35).fill(0.25), 5, 7, 3, 2)]).toEqual(Array.from({ length: 6 }, () => 0.25))
  const film = Float32Array.from({ length: 12 }, (_, i) => (i * i) / 150)
  expect(resizeBicubic(film, 3, 4, 3, 4)).toEqual(film)
})

test('refusals', () => {
  expect(() => resizeBicubic([1, 2, 3], 2, 2, 1, 1)).toThrow(/3 pixels are no film of 2 x 2/)
  expect(() => resizeBicubic([1], 1, 1, 0, 1)).toThrow(/whole and positive, not 0/)
})
