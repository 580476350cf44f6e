// Boxes, warps and resizing against torch, torchvision, Pillow and OpenCV (tools/oracles/geometry_torch.py).
import { describe, expect, it } from '@jest/globals'
import { warpFilm } from './affine/warpFilm.ts'
import type { Theta } from './affine/Theta.ts'
import type { Box } from './boxes/Box.ts'
import { iouMatrix } from './boxes/boxIou.ts'
import fixture from './fixtures/geometry.json' with { type: 'json' }
import { resizeArea } from './pixels/resizeArea.ts'

const film = (height: number, width: number): Float32Array =>
  Float32Array.from({ length: height * width }, (_, i) => {
    const r = Math.floor(i / width)
    const c = i % width
    return ((r * 7 + c * 13 + r * c * 5) % 31) / 31
  })

const largestDifference = (found: ArrayLike<number>, expected: ReadonlyArray<number>): number => {
  expect(found.length).toBe(expected.length)
  return expected.reduce((worst, value, i) => Math.max(worst, Math.abs(value - found[i]!)), 0)
}

it('iouMatrix is torchvision.ops.box_iou', () => {
  const { a, b, matrix } = fixture.iou
  const found = iouMatrix(a as unknown as Box[], b as unknown as Box[])
  expect(largestDifference(found, matrix)).toBeLessThan(1e-9)
})

describe('warpFilm is affine_grid and grid_sample', () => {
  it.each(fixture.warps)('$theta from $from to $to, $padding', ({ theta, from, to, padding, pixels }) => {
    const [h, w] = from as [number, number]
    const [H, W] = to as [number, number]
    const found = warpFilm(film(h, w), h, w, theta as unknown as Theta, padding as 'zeros' | 'border', H, W)
    expect(largestDifference(found, pixels)).toBeLessThan(1e-6)
  })
})

describe('resizeArea', () => {
  it.each(fixture.resizes)('is $oracle from $from to $to', ({ from, to, pixels }) => {
    const [h, w] = from as [number, number]
    const [H, W] = to as [number, number]
    expect(largestDifference(resizeArea(film(h, w), h, w, H, W), pixels)).toBeLessThan(1e-6)
  })
})
