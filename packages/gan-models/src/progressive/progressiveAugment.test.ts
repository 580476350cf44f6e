// Films augmented before a progressive critic sees them, and the probability that goes with the state through growth.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { scope, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { augmentState } from '../augment/augmentControl.ts'
import { filmAugmentation, type Augment } from '../augment/filmAugmentation.ts'
import type { Adversary } from '../losses/criticLoss.ts'
import { progressiveFormulaState, smallNetworks } from '../testing/progressiveFormula.ts'
import { grownState, progressiveState } from './progressiveState.ts'
import { progressiveKnobs, progressiveStep, type ProgressiveOptions } from './progressiveStep.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const FILMS = 8
const options = (kind: Adversary['kind'], more: Partial<ProgressiveOptions> = {}, fading = false) => ({
  ...smallNetworks({ resolution: 8, fading }),
  adversary: { kind },
  seed: 7,
  ...more,
})
const start = (of: ProgressiveOptions, p = 0.25): Params => ({ ...progressiveFormulaState(of), ...augmentState(p) })
const films = (name = 'real'): tf.Tensor => formula(name, [FILMS, 8, 8, 1])
const value = (t: tf.Tensor | undefined): number => t!.dataSync()[0]!
const run = (of: ReturnType<typeof options>, state: Params, held?: tf.Tensor, alpha = 1) => {
  const { alpha: a, emaDecay, adamStepSize, adamRootCorrection } = progressiveKnobs({ alpha, adamStep: 1 })
  const knobs = {
    alpha: tf.scalar(a),
    emaDecay: tf.scalar(emaDecay),
    adamStepSize: tf.scalar(adamStepSize),
    adamRootCorrection: tf.scalar(adamRootCorrection),
  }
  const next = progressiveStep(of)(state, { real: films(), ...(held ? { held } : {}) }, knobs)
  return { state: next.state, logs: next.logs as Readonly<Record<string, tf.Tensor>> }
}

it('without it state and logs are as they were', () => {
  const of = options('hinge')
  const { state, logs } = run(of, progressiveFormulaState(of))
  expect(Object.keys(state).filter((name) => name.startsWith('augment'))).toEqual([])
  expect(Object.keys(logs).toSorted()).toEqual(
    ['critic', 'criticGradNorm', 'fakeScore', 'gradNorm', 'loss', 'penalty', 'realScore'].toSorted(),
  )
})

it('reals and fakes alike, faded ones too, each with changes of their own, and the generator learns through them', () => {
  // blank films: the critic cannot tell, and nothing leads back to the generator
  const blank = options('hinge', { augment: (x) => tf.mul(x, 0) }, true)
  const { logs } = run(blank, start(blank), undefined, 0.5)
  expect(value(logs['realScore'])).toBeCloseTo(value(logs['fakeScore']), 5)
  expect(value(logs['gradNorm'])).toBe(0)
  const asked: number[][] = []
  const watching: Augment = (x, seed, p) => {
    asked.push([...seed.dataSync(), value(p as tf.Tensor)])
    return x
  }
  const of = options('non-saturating-r1', { augment: watching })
  const { state, logs: same } = run(of, start(of))
  expect(asked.map(([, count, p]) => [count, p])).toEqual([0, 0, 0].map(() => [0, 0.25]))
  expect(new Set(asked.map(([site]) => site)).size).toBe(3)
  expect(value(same['loss'])).toBe(value(run(options('non-saturating-r1'), start(of)).logs['loss']))
  expect(value(state['augment.p'])).toBe(0.25)
})

it('penalties stand on films as the critic sees them', () => {
  const none = options('non-saturating-r1')
  const all = options('non-saturating-r1', { augment: filmAugmentation() })
  const penalty = (of: typeof none, p: number): number => value(run(of, start(of, p)).logs['penalty'])
  expect(penalty(all, 0)).toBe(penalty(none, 0))
  expect(penalty(all, 1)).not.toBe(penalty(none, 0))
})

it('a Wasserstein critic is controlled by held-out films, others by signs', () => {
  const control = { every: 1, images: 80 }
  const held = options('wgan-gp', { augment: (x) => x, augmentControl: { by: 'held-out', ...control } })
  // the formula's critic takes generated films for real ones: the other way round
  const weight = 'critic.4.dense1.weight'
  const turned: Params = { ...start(held), [weight]: tf.neg(start(held)[weight]!) }
  const { logs } = run(held, turned, films('held'))
  const [real, fake] = ['realScore', 'fakeScore'].map((name) => value(logs[name])) as [number, number]
  expect(real - fake).toBeGreaterThan(0.1)
  // the same films as both: the score of held films is that of the real ones
  expect(value(run(held, turned, films()).logs['overfitting'])).toBeCloseTo(0, 5)
  const onHeld = held.critic.apply(scope(turned, 'critic'), films('held'), { training: true }).y
  const r = (real - value(tf.mean(onHeld))) / (real - fake)
  expect(Math.abs(r)).toBeGreaterThan(1e-2)
  expect(value(logs['overfitting'])).toBeCloseTo(r, 5)

  const signs = options('hinge', { augment: (x) => x, augmentControl: { by: 'signs', ...control } })
  const sure = { ...start(signs), 'critic.4.dense1.bias': tf.tensor1d([1000]) }
  expect(value(run(signs, sure).state['augment.p'])).toBeCloseTo(0.35, 6) // 8 films of 80

  const senseless = options('wgan-gp', { augment: (x) => x, augmentControl: { by: 'signs' } })
  expect(() => run(senseless, start(senseless))).toThrow('the sign of a Wasserstein critic says nothing of overfitting')
  expect(() => run(held, start(held))).toThrow('give them as `held`')
})

it('growth keeps the probability and its sums', () => {
  const small = smallNetworks({ resolution: 8 })
  const state = { ...progressiveState(small, rng('weights')), ...augmentState(0.3) }
  const grown = grownState(state, smallNetworks({ resolution: 16, fading: true }), rng('weights'), { resetAdam: true })
  expect(value(grown['augment.p'])).toBe(Math.fround(0.3))
  expect(grown['augment.sums']!.shape).toEqual([3])
  tf.dispose(state)
  expect(value(grown['augment.p'])).toBe(Math.fround(0.3)) // a copy: each state is disposed of as a whole
})
