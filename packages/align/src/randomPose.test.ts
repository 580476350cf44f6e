import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { randomPose } from './randomPose.ts'

const posesOf = (n: number, range?: Parameters<typeof randomPose>[1]) => {
  const random = rng('poses')
  return Array.from({ length: n }, () => {
    const [a, b, tx, c, d, ty] = randomPose(random, range)
    return { scale: Math.hypot(a, c), degrees: (Math.atan2(c, a) * 180) / Math.PI, tx, ty, skew: [a - d, b + c] }
  })
}

test.each([
  [undefined, 10, 0.1, 0.05],
  [{ degrees: 4, scale: 0.3, shift: 0.2 }, 4, 0.3, 0.2],
] as const)('poses %j stay in their ranges and fill them', (range, degrees, scale, shift) => {
  const poses = posesOf(2000, range)
  const spread = (values: number[], limit: number): void => {
    expect(Math.max(...values)).toBeLessThanOrEqual(limit + 1e-12)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit - 1e-12)
    expect(Math.max(...values)).toBeGreaterThan(0.98 * limit)
    expect(Math.min(...values)).toBeLessThan(-0.98 * limit)
    // a uniform mean of 2,000 has a standard deviation of limit · .013
    expect(Math.abs(values.reduce((a, b) => a + b, 0) / values.length)).toBeLessThan(0.06 * limit)
  }
  spread(
    poses.map((pose) => pose.degrees),
    degrees,
  )
  spread(
    poses.map((pose) => pose.scale - 1),
    scale,
  )
  spread(
    poses.map((pose) => pose.tx / 2),
    shift,
  ) // a film is 2 normalised units wide
  spread(
    poses.map((pose) => pose.ty / 2),
    shift,
  )
})

test('a pose is a similarity: one scale, no shear, no mirror', () => {
  for (const { skew } of posesOf(50)) expect(skew.every((v) => Math.abs(v) < 1e-12)).toBe(true)
})

test('no range, no pose', () => {
  const still = randomPose(rng(1), { degrees: 0, scale: 0, shift: 0 })
  expect(still.map((v) => v + 0)).toEqual([1, 0, 0, 0, 1, 0]) // + 0: −0 counts as 0
})

test('seeded by its stream alone', () => {
  expect(randomPose(rng(3).fork('a'))).toEqual(randomPose(rng(3).fork('a')))
  expect(randomPose(rng(3).fork('a'))).not.toEqual(randomPose(rng(3).fork('b')))
})
