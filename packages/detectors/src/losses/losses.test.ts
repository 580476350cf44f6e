import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { focalLoss } from './focalLoss.ts'
import { smoothL1 } from './smoothL1.ts'

beforeAll(() => loadRuntime())

const fixture = JSON.parse(readFileSync(new URL('../fixtures/losses.json', import.meta.url), 'utf8')) as {
  readonly logits: number[][]
  readonly labels: number[][]
  readonly pred: number[][][]
  readonly deltas: number[][][]
  readonly focal: { batch: number; film: number; gradBatch: number[][]; gradFilm: number[][] }
  readonly smoothL1: { batch: number; film: number; gradBatch: number[][][] }
}
const close = (got: tf.Tensor, want: ReadonlyArray<unknown>, tolerance: number): void => {
  const numbers = want.flat(3) as number[]
  got.dataSync().forEach((v, i) => expect(Math.abs(v - numbers[i]!)).toBeLessThan(tolerance))
}

test('focal loss by hand: logit 0 at a negative is .75 · .25 · ln 2, at a positive .25 · .25 · ln 2; ignored is 0', () => {
  const of = (label: number): number => focalLoss(tf.tensor2d([[0]]), tf.tensor2d([[label]])).dataSync()[0]!
  expect(of(0)).toBeCloseTo(0.75 * 0.25 * Math.LN2, 6)
  expect(of(1)).toBeCloseTo(0.25 * 0.25 * Math.LN2, 6)
  expect(of(-1)).toBe(0)
})

test.each(['batch', 'film'] as const)(
  'focal loss and its gradient equal torchvision, normalised by %s',
  (normaliser) => {
    const { value, grad } = tf.tidy(() => {
      const run = tf.valueAndGrad((x) => focalLoss(x, tf.tensor2d(fixture.labels), { normaliser }) as tf.Scalar)
      return run(tf.tensor2d(fixture.logits))
    })
    expect(value.dataSync()[0]).toBeCloseTo(fixture.focal[normaliser], 5)
    close(grad, normaliser === 'batch' ? fixture.focal.gradBatch : fixture.focal.gradFilm, 1e-6)
  },
)

test('focal loss is finite at logits of ±100, and above 0 on a film without boxes', () => {
  const far = tf.tensor2d([[100, -100]])
  expect(focalLoss(far, tf.tensor2d([[0, 1]])).dataSync()[0]).toBeCloseTo(100 * 0.75 + 100 * 0.25, 3)
  expect(focalLoss(tf.fill([2, 5], -4.6), tf.zeros([2, 5])).dataSync()[0]).toBeGreaterThan(0)
})

test('smooth L1 by hand: 4.5 d² below 1/9, d − 1/18 above', () => {
  const of = (d: number): number => smoothL1(tf.fill([1, 1, 4], d), tf.zeros([1, 1, 4]), tf.ones([1, 1])).dataSync()[0]!
  expect(of(0.1)).toBeCloseTo(0.045, 6)
  expect(of(-1)).toBeCloseTo(1 - 1 / 18, 6)
})

test('smooth L1 and its gradient equal torch', () => {
  const [labels, deltas] = [tf.tensor2d(fixture.labels), tf.tensor3d(fixture.deltas)]
  const { value, grad } = tf.valueAndGrad((x) => smoothL1(x, deltas, labels) as tf.Scalar)(tf.tensor3d(fixture.pred))
  expect(value.dataSync()[0]).toBeCloseTo(fixture.smoothL1.batch, 6)
  close(grad, fixture.smoothL1.gradBatch, 1e-6)
  const byFilm = smoothL1(tf.tensor3d(fixture.pred), deltas, labels, { normaliser: 'film' })
  expect(byFilm.dataSync()[0]).toBeCloseTo(fixture.smoothL1.film, 6)
})
