// What figures make of films' pixels, derived by hand.
import { describe, expect, it } from '@jest/globals'
import { filmMoments, sharpness } from '../granet/filmMoments.ts'
import { insideOutside } from '../granet/insideOutside.ts'
import { shownPicture } from './shownFilm.ts'
import { toWhite, whiteFor } from '../granet/whiteFor.ts'

describe('filmMoments', () => {
  it('mean and deviation of each pixel', async () => {
    const { count, mean, deviation } = await filmMoments([Float32Array.of(0, 0.5), Float32Array.of(1, 0.5)], 2)
    expect(count).toBe(2)
    expect([...mean]).toEqual([0.5, 0.5])
    expect([...deviation]).toEqual([0.5, 0])
  })

  it('sharpness is the mean slope a film width: a ramp from 0 to 1 over 3 columns has slope ½, times 3', () => {
    expect(sharpness(Float32Array.of(0, 0.5, 1, 0, 0.5, 1), 2, 3)).toBe(1.5)
  })
})

it('whiteFor: the 99.5th percentile of all maps, rounded up to two digits; a hot pixel does not count', () => {
  const map = Float32Array.from({ length: 1000 }, () => 0.123)
  map[7] = 0.9
  expect(whiteFor([map, new Float32Array(10)])).toBe(0.13)
  expect(whiteFor([new Float32Array(4)])).toBe(1)
  expect([...toWhite(Float32Array.of(0.25), 0.5)]).toEqual([0.5])
})

it('insideOutside: means on both sides of a mask; none where there is no pixel', () => {
  expect(insideOutside(Float32Array.of(1, 0.5, 0.25), Uint8Array.of(1, 0, 0))).toEqual({ inside: 1, outside: 0.375 })
  expect(insideOutside(Float32Array.of(1), Uint8Array.of(0))).toEqual({ inside: null, outside: 1 })
})

it('shownPicture: large films shrink to 128 pixels, small ones stay', () => {
  const small = new Float32Array(16)
  expect(shownPicture(small, 4, 4).pixels).toBe(small)
  const shown = shownPicture(new Float32Array(512 * 256).fill(0.5), 512, 256)
  expect([shown.height, shown.width, shown.pixels.length, shown.pixels[99]]).toEqual([128, 64, 8192, 0.5])
})
