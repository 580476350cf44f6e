// By hand: softplus(0) = ln 2 = .693147, softplus(1) = ln(1 + e) = 1.313262, softplus(−1) = .313262.
import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { discriminatorLoss, generatorLoss, type GanLoss } from './adversarial.ts'
import { l1 } from './l1.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const value = (loss: () => tf.Tensor): number => tf.tidy(() => loss().dataSync()[0]!)

it.each([
  // real 1, fake 0: −log σ(1) − log(1 − σ(0)) = .313262 + .693147
  ['printed', [1], [0], 1.006409],
  ['non-saturating', [1], [0], 1.006409],
  // means over patches: (softplus(−1) + softplus(1)) / 2 twice
  ['printed', [1, -1], [1, -1], 1.626523],
  // ((.5 − 1)² + (1 − 1)²) / 2 = .125 and (.5² + 1²) / 2 = .625, half of the sum
  ['least-squares', [0.5, 1], [0.5, 1], 0.375],
] as const)('D minimises the %s loss: real %j, fake %j', (kind, real, fake, expected) => {
  expect(value(() => discriminatorLoss(kind, tf.tensor1d([...real]), tf.tensor1d([...fake])))).toBeCloseTo(expected, 5)
})

it.each([
  // log(1 − σ(z)) = −softplus(z): −(1.313262 + .313262) / 2
  ['printed', -0.813262],
  // −log σ(z) = softplus(−z)
  ['non-saturating', 0.813262],
  // ((1 − 1)² + (−1 − 1)²) / 2
  ['least-squares', 2],
] as const)('G minimises the %s loss', (kind, expected) => {
  expect(value(() => generatorLoss(kind, tf.tensor2d([[1, -1]])))).toBeCloseTo(expected, 5)
})

it('stays finite where the sigmoid is 0 or 1 in float32', () => {
  const [low, high] = [tf.tensor1d([-200]), tf.tensor1d([200])]
  expect(value(() => discriminatorLoss('printed', low, high))).toBeCloseTo(400, 3)
  expect(value(() => generatorLoss('printed', high))).toBeCloseTo(-200, 3)
  expect(value(() => generatorLoss('non-saturating', low))).toBeCloseTo(200, 3)
  tf.dispose([low, high])
})

it('a fake that D is sure of teaches the printed loss nothing and the others most (G33)', () => {
  const slope = (kind: GanLoss): number =>
    tf.tidy(
      () =>
        tf
          .grad((z) => generatorLoss(kind, z))(tf.tensor1d([-5]))
          .dataSync()[0]!,
    )
  expect(slope('printed')).toBeCloseTo(-0.006693, 5) // −σ(−5)
  expect(slope('non-saturating')).toBeCloseTo(-0.993307, 5) // −σ(5)
  expect(slope('least-squares')).toBeCloseTo(-12, 5) // 2 (−5 − 1)
})

it('L1 is a mean over pixels, so the size of films does not matter (G33)', () => {
  // |1 − 3| and |2 − 1| over two pixels
  expect(value(() => l1(tf.tensor1d([1, 2]), tf.tensor1d([3, 1])))).toBe(1.5)
  expect(value(() => l1(tf.ones([2, 8, 8, 1]), tf.fill([2, 8, 8, 1], 0.75)))).toBe(0.25)
})
