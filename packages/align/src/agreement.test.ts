import { expect, test } from '@jest/globals'
import { identityTheta, invertTheta, thetaFrom, type Theta } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { agreementOf, type Agreement } from './agreement.ts'
import { agreementInterval } from './agreementInterval.ts'
import { randomPose } from './randomPose.ts'

const shift = (tx: number, ty = 0): Theta => [1, 0, tx, 0, 1, ty]

test('by hand: poses .2 apart, answers that undo one of them and half of the other', () => {
  const trial = agreementOf({ poses: [shift(0.2), identityTheta], thetas: [shift(-0.1), identityTheta] })
  expect(trial.before).toBeCloseTo(0.1, 12) // .2 normalised units are .1 film widths
  expect(trial.after).toBeCloseTo(0.05, 12)
  expect(trial.determinant).toBe(1)
})

test('by hand: a scale of 1.2 moves every corner by .2 · √2 normalised units', () => {
  const { before, determinant } = agreementOf({
    poses: [thetaFrom({ scale: 1.2 }), identityTheta],
    thetas: [identityTheta, thetaFrom({ scale: [0.5, 0.8] })],
  })
  expect(before).toBeCloseTo(0.1 * Math.SQRT2, 12)
  expect(determinant).toBeCloseTo((1 + 0.4) / 2, 12)
})

const poses = Array.from({ length: 40 }, (_, i) => {
  const random = rng(i)
  return [randomPose(random), randomPose(random)] as const
})
const leftBy = (answer: (pose: Theta) => Theta): number => {
  const trials = poses.map(([a, b]) => agreementOf({ poses: [a, b], thetas: [answer(a), answer(b)] }))
  return agreementInterval(trials, rng(0)).value
}

test('the inverse of each pose leaves nothing, and any fixed frame will do', () => {
  const frame = thetaFrom({ scale: 1.1, angle: 0.2, tx: 0.1 })
  expect(leftBy(invertTheta)).toBeLessThan(1e-12)
  // the film is seen through pose ∘ θ: with θ = pose⁻¹ ∘ frame both come out as frame
  const [a, b] = poses[0]!
  const to = (pose: Theta): Theta => {
    const inverse = invertTheta(pose)
    const [x, y] = [0, 3].map((r) => inverse[r]! * frame[2] + inverse[r + 1]! * frame[5] + inverse[r + 2]!)
    return [
      inverse[0] * frame[0] + inverse[1] * frame[3],
      inverse[0] * frame[1] + inverse[1] * frame[4],
      x!,
      inverse[3] * frame[0] + inverse[4] * frame[3],
      inverse[3] * frame[1] + inverse[4] * frame[4],
      y!,
    ]
  }
  expect(agreementOf({ poses: [a, b], thetas: [to(a), to(b)] }).after).toBeLessThan(1e-12)
})

test('an answer in the wrong convention doubles the disagreement', () => {
  expect(leftBy((pose) => pose)).toBeGreaterThan(1.9)
  expect(leftBy((pose) => pose)).toBeLessThan(2.15)
})

test('no answer leaves all; shrinking the view agrees for nothing, and the determinant gives it away', () => {
  expect(leftBy(() => identityTheta)).toBe(1)
  const zoom = thetaFrom({ scale: 0.45 })
  expect(leftBy(() => zoom)).toBeLessThan(0.8)
  const collapsed = poses.map((pair) => agreementOf({ poses: pair, thetas: [zoom, zoom] }))
  expect(agreementInterval(collapsed, rng(0)).determinant).toBeCloseTo(0.2025, 12) // beyond [.7, 1.4]
})

test('interval: ratio of sums, not mean of ratios; deterministic; contains the value', () => {
  const trial = (after: number, before: number): Agreement => ({ after, before, determinant: 1 })
  const two = agreementInterval([trial(1, 10), trial(1, 2)], rng(1))
  expect(two.value).toBeCloseTo(2 / 12, 12) // the mean of ratios is .3
  expect(two.before).toBe(6)
  expect([two.low, two.high]).toEqual([0.1, 0.5]) // a quarter of the resamples is one film twice
  const equal = agreementInterval(
    Array.from({ length: 9 }, () => trial(1, 4)),
    rng(1),
  )
  expect([equal.value, equal.low, equal.high]).toEqual([0.25, 0.25, 0.25])
  const many = Array.from({ length: 30 }, (_, i) => trial(1 + (i % 7), 10 + (i % 3)))
  const once = agreementInterval(many, rng(5))
  expect(agreementInterval(many, rng(5))).toEqual(once)
  expect(once.low).toBeLessThan(once.value)
  expect(once.high).toBeGreaterThan(once.value)
})
