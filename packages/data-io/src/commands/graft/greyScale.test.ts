import { describe, expect, it } from '@jest/globals'
import { unitPixels } from '../../dicom/unitPixels.ts'
import type { StoredFilm } from '../../dicom/unitPixels.ts'
import { greyScale } from './greyScale.ts'

const plain: StoredFilm = {
  stored: Uint8Array.of(0, 51, 102, 255),
  bitsStored: 8,
  signed: false,
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
  window: undefined,
}

it('without a window: all that the bits can hold', () => {
  expect([...greyScale(plain).units]).toEqual([0, 0.2, 0.4, 1].map(Math.fround))
  const { storedOf } = greyScale(plain)
  expect([-0.1, 0, 0.2, 0.5, 1, 7].map(storedOf)).toEqual([0, 0, 51, 128, 255, 255])
})

it('a window as a straight line that goes on beyond its ends', () => {
  // centre 128, width 101 (LINEAR): 77.5 is black and 177.5 white
  const film = { ...plain, window: { centre: 128, width: 101, shape: 'LINEAR' } as const }
  expect([...greyScale(film).units]).toEqual([-0.775, -0.265, 0.245, 1.775].map(Math.fround))
})

const films: ReadonlyArray<readonly [string, StoredFilm]> = [
  ['8 bits', plain],
  ['0 as white', { ...plain, photometric: 'MONOCHROME1' }],
  ['rescaled', { ...plain, slope: -2.5, intercept: 1000 }],
  ['a window', { ...plain, window: { centre: 100.5, width: 33, shape: 'LINEAR' } }],
  [
    'an exact window',
    { ...plain, photometric: 'MONOCHROME1', window: { centre: 9, width: 7.5, shape: 'LINEAR_EXACT' } },
  ],
  ['signed 16 bits', { ...plain, stored: Int16Array.of(-32768, -1, 0, 32767), signed: true, bitsStored: 16 }],
  ['a threshold', { ...plain, window: { centre: 100, width: 1, shape: 'LINEAR' } }],
]
describe.each(films)('%s', (name, film) => {
  it('there and back', () => {
    const { units, storedOf } = greyScale(film)
    // a typed array has no −0
    expect(Array.from(units, (unit) => storedOf(unit) + 0)).toEqual([...film.stored])
  })
  if (name !== 'a threshold')
    it('within the window it is what people see', () => {
      const { units } = greyScale(film)
      const shown = unitPixels(film)
      shown.forEach((v, i) => expect(v).toBeCloseTo(Math.min(Math.max(units[i]!, 0), 1), 5))
    })
})

it('a sigmoid: its line in the middle, so that its middle grey and its slope there are kept', () => {
  const stored = Uint16Array.of(1999, 2000, 2001)
  const film: StoredFilm = { ...plain, stored, bitsStored: 12, window: { centre: 2000, width: 800, shape: 'SIGMOID' } }
  const { units } = greyScale(film)
  const shown = unitPixels(film)
  expect([...units]).toEqual([0.49875, 0.5, 0.50125].map(Math.fround))
  units.forEach((v, i) => expect(shown[i]).toBeCloseTo(v, 6))
})
