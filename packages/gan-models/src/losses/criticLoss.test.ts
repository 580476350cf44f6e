// Losses with penalties: by hand, against torch's create_graph, against finite differences; and the refusal of what tfjs has wrong.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import {
  equalisedConv2d,
  equalisedDense,
  flatten,
  leakyRelu,
  minibatchStd,
  pixelNorm,
  pointwise,
  sequential,
  tanh,
  valueAndGradients,
  type Layer,
  type Params,
} from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { boxDownsample } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-progressive.json' with { type: 'json' }
import { patchGan } from '../networks/patchGan.ts'
import { progressiveFormula, smallNetworks } from '../testing/progressiveFormula.ts'
import { criticLoss, foolingLoss, type Adversary, type Judged } from './criticLoss.ts'
import { gradientPenalty, r1Penalty } from './gradientPenalty.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const value = (t: tf.Tensor): number => t.dataSync()[0]!
const pixel = (...values: number[]): tf.Tensor => tf.tensor4d(values, [values.length, 1, 1, 1])

interface Case {
  readonly kind: Adversary['kind']
  readonly resolution: number
  readonly alpha: number | null
  readonly loss: number
  readonly penalty: number
  readonly realScore: number
  readonly fakeScore: number
  readonly gradients: Record<string, Picks>
}
const cases = fixture.losses as unknown as Record<string, Case>

const lossOf = ({ kind, resolution, alpha }: Pick<Case, 'kind' | 'resolution' | 'alpha'>) => {
  const { critic } = smallNetworks({ resolution, fading: alpha !== null })
  const shape = [8, resolution, resolution, 1]
  const judged: Judged = {
    real: formula('loss.real', shape),
    fake: formula('loss.fake', shape),
    mix: tf.div(tf.add(formula('loss.mix', [8, 1, 1, 1]), 1), 2),
  }
  const ctx = { training: true, ...(alpha === null ? {} : { alpha }) }
  const loss = (params: Params) => criticLoss({ kind }, (x) => critic.apply(params, x, ctx).y, judged)
  return { loss, params: progressiveFormula(critic, 'critic') }
}

it.each(Object.entries(cases))('%s: loss and gradients are those of create_graph', (_, truth) => {
  const { loss, params } = lossOf(truth)
  const run = valueAndGradients((p) => {
    const { loss: total, ...aux } = loss(p)
    return { loss: total, aux }
  }, params)
  const parts = { loss: run.loss, ...run.aux }
  for (const name of ['loss', 'penalty', 'realScore', 'fakeScore'] as const)
    expect([name, Math.abs(value(parts[name]) - truth[name]) < 1e-5 * Math.max(1, truth[name])]).toEqual([name, true])
  expect(Object.keys(run.gradients).toSorted()).toEqual(Object.keys(truth.gradients).toSorted())
  const far = Object.entries(truth.gradients)
    .map(([name, picks]) => [name, distanceToTorch(run.gradients[name]!, picks)] as const)
    .filter(([, distance]) => distance > 1e-5)
  expect(far).toEqual([])
})

/** A loss's slope down the gradient of the weights of `names`, by finite differences and by the gradients. */
const slopes = (
  loss: (params: Params) => tf.Tensor,
  params: Params,
  names = Object.keys(params),
): readonly [differences: number, gradient: number] => {
  const { gradients } = valueAndGradients((p) => ({ loss: loss(p), aux: {} }), params)
  const squares = names.map((name) => value(tf.sum(tf.square(gradients[name]!))))
  const length = Math.sqrt(squares.reduce((a, b) => a + b))
  const eps = 1e-3
  const at = (by: number): number => {
    const moved = names.map((name) => [name, tf.add(params[name]!, tf.mul(gradients[name]!, by / length))] as const)
    return value(loss({ ...params, ...Object.fromEntries(moved) }))
  }
  return [(at(eps) - at(-eps)) / (2 * eps), length]
}
const penalised = ['wgan-gp', 'non-saturating-r1'] as const

it.each(penalised)('%s: finite differences by all weights of a critic without kinks', (kind) => {
  const smooth = pointwise((x) => tf.softplus(tf.mul(x, 3)))
  const critic = sequential([
    ['conv', equalisedConv2d({ inC: 1, outC: 4, kernel: 3, padding: 1 })],
    ['act', smooth],
    ['down', { ...pointwise((x) => boxDownsample(x, 2)), outputShape: () => [2, 2, 4] }],
    ['norm', pixelNorm()],
    ['std', minibatchStd()],
    ['flat', flatten],
    ['dense0', equalisedDense({ inC: 20, outC: 4 })],
    ['act1', smooth],
    ['dense1', equalisedDense({ inC: 4, outC: 1 })],
  ])
  const judged = { real: formula('r', [8, 4, 4, 1]), fake: formula('f', [8, 4, 4, 1]), mix: tf.fill([8, 1, 1, 1], 0.3) }
  const params = critic.init(rng('weights'), [4, 4, 1])
  const loss = (p: Params) => criticLoss({ kind }, (x) => critic.apply(p, x, { training: true }).y, judged).loss
  const [differences, gradient] = slopes(loss, params)
  expect(Math.abs(differences - gradient)).toBeLessThan(2e-3 * gradient)
})

it.each(penalised)('%s: finite differences of the progressive critic by what is behind its last kink', (kind) => {
  // Elsewhere a penalty jumps where a unit's sign turns, and differences over a jump are no slope .
  const { loss, params } = lossOf({ kind, resolution: 8, alpha: 0.3 })
  const [differences, gradient] = slopes((p) => loss(p).loss, params, ['4.dense1.weight', '4.dense1.bias'])
  expect(Math.abs(differences - gradient)).toBeLessThan(2e-3 * gradient)
})

it('WGAN-GP by hand: a critic x² has the slope 2 |x| between real and fake', () => {
  const critic = (x: tf.Tensor): tf.Tensor => tf.reshape(tf.square(x), [-1, 1])
  const judged = { real: pixel(0, 2), fake: pixel(4, 0), mix: pixel(0.5, 0.25) }
  // mixed at 2 and 1.5: slopes 4 and 3, ((4 − 1)² + (3 − 1)²) / 2
  expect(value(gradientPenalty(critic, judged))).toBeCloseTo(6.5, 5)
  // ((4 − 2)² + (3 − 2)²) / 2 / 4
  expect(value(gradientPenalty(critic, judged, 2))).toBeCloseTo(0.625, 5)
  // scores 0, 4 and 16, 0: 8 − 2 + 10 · 6.5 + .001 · (0 + 16) / 2
  const { loss, penalty, realScore, fakeScore } = criticLoss({ kind: 'wgan-gp' }, critic, judged)
  expect([penalty, realScore, fakeScore].map(value)).toEqual([6.5, 2, 8])
  expect(value(loss)).toBeCloseTo(71.008, 4)
  expect(value(criticLoss({ kind: 'wgan-gp', lambda: 1, drift: 0 }, critic, judged).loss)).toBeCloseTo(12.5, 5)
})

it('R1 by hand: half the squared slope at real films', () => {
  const critic = (x: tf.Tensor): tf.Tensor => tf.reshape(tf.square(x), [-1, 1])
  expect(value(r1Penalty(critic, pixel(1, 3)))).toBeCloseTo(10, 5) // (2² + 6²) / 2 / 2
  const judged = { real: pixel(0), fake: pixel(1), mix: pixel(0.5) }
  // softplus(−0) + softplus(1), and no slope at 0
  expect(value(criticLoss({ kind: 'non-saturating-r1' }, critic, judged).loss)).toBeCloseTo(Math.LN2 + 1.313262, 5)
  const steep = { real: pixel(1), fake: pixel(0), mix: pixel(0.5) }
  // softplus(−1) + softplus(0) + γ/2 · 2²
  expect(value(criticLoss({ kind: 'non-saturating-r1', gamma: 3 }, critic, steep).loss)).toBeCloseTo(7.006409, 5)
})

it('hinge by hand: scores beyond the margin do not count', () => {
  const critic = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [-1, 1])
  const judged = { real: pixel(0.5, 3), fake: pixel(-2, 1), mix: pixel(0, 0) }
  // (.5 + 0) / 2 + (0 + 2) / 2
  expect(value(criticLoss({ kind: 'hinge' }, critic, judged).loss)).toBeCloseTo(1.25, 6)
})

it('what the generator minimises', () => {
  const scores = tf.tensor2d([[1], [-1]])
  expect(value(foolingLoss({ kind: 'wgan-gp' }, tf.tensor2d([[1], [2]])))).toBe(-1.5)
  expect(value(foolingLoss({ kind: 'hinge' }, tf.tensor2d([[1], [2]])))).toBe(-1.5)
  expect(value(foolingLoss({ kind: 'non-saturating-r1' }, scores))).toBeCloseTo(0.813262, 5) // softplus(∓1)
})

it('a critic with an op that is wrong to second order is refused, with the op and its layer', () => {
  const withLayer = (name: string, layer: Layer): Layer =>
    sequential([
      ['flat', pointwise((x) => tf.reshape(x, [-1, 1]))],
      [name, layer],
    ])
  const judged = { real: pixel(0.5), fake: pixel(1), mix: pixel(0.5) }
  const loss = (kind: Adversary['kind'], layer: Layer) => () =>
    criticLoss({ kind }, (x) => withLayer('end', layer).apply({}, x, { training: true }).y, judged)
  expect(loss('wgan-gp', tanh)).toThrow(/^end: Tanh cannot be differentiated twice/)
  expect(loss('non-saturating-r1', tanh)).toThrow(expect.objectContaining({ _tag: 'SecondOrderError', op: 'Tanh' }))
  expect(
    loss(
      'wgan-gp',
      pointwise((x) => tf.leakyRelu(x)),
    ),
  ).toThrow('end: LeakyRelu cannot be differentiated twice')
  // no penalty, nothing to refuse; and the safe one passes
  expect(loss('hinge', tanh)).not.toThrow()
  expect(loss('wgan-gp', leakyRelu())).not.toThrow()
})

it('the PatchGAN may be penalised too', () => {
  const critic = patchGan({ filters: 2 })
  const params = critic.init(rng('weights'), [32, 32, 1])
  const judged = { real: formula('r', [2, 32, 32, 1]), fake: formula('f', [2, 32, 32, 1]), mix: pixel(0.5, 0.2) }
  const { gradients } = valueAndGradients(
    (p) => ({
      loss: criticLoss({ kind: 'wgan-gp' }, (x) => critic.apply(p, x, { training: true }).y, judged).loss,
      aux: {},
    }),
    params,
  )
  expect(Object.keys(gradients).toSorted()).toEqual(Object.keys(params).toSorted())
})
