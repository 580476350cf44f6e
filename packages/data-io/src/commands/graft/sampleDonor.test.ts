import { expect, it } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { sampleDonor } from './sampleDonor.ts'

const donor = { pixels: Float32Array.from({ length: 12 }, (_, i) => i), rows: 3, columns: 4 }

it('3 x 4 onto itself: the box and one pixel around it, bit for bit, and 0 elsewhere', () => {
  const box = [2, 1, 4, 2] as const
  expect([...sampleDonor(donor, box, box, 3, 4)]).toEqual([0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11])
})

it('a place of its own: columns 0 and 1 of the donor on columns 2 and 3 of the film, edges going on beyond it', () => {
  // by hand: column 1 of the film would be column −1 of the donor, which is its edge
  expect([...sampleDonor(donor, [0, 1, 2, 2], [2, 1, 4, 2], 3, 4)]).toEqual([0, 0, 0, 1, 0, 4, 4, 5, 0, 8, 8, 9])
})

it('half as large: the mean of four pixels', () => {
  // (0 + 1 + 4 + 5) / 4 and (2 + 3 + 6 + 7) / 4
  expect([...sampleDonor(donor, [0, 0, 4, 2], [0, 0, 2, 1], 1, 2)]).toEqual([2.5, 4.5])
})

it.each([
  [9, 7],
  [2, 3],
  [3, 11],
])('of a whole film it is resizeArea to %i x %i', (rows, columns) => {
  const resized = resizeArea(donor.pixels, 3, 4, rows, columns)
  const sampled = sampleDonor(donor, [0, 0, 4, 3], [0, 0, columns, rows], rows, columns)
  for (let i = 0; i < resized.length; i++) expect(sampled[i]).toBeCloseTo(resized[i]!, 5)
})
