// The training step: three steps of each loss against torch, and each of its parts against what happens without it.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { scope, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-progressive.json' with { type: 'json' }
import type { Adversary } from '../losses/criticLoss.ts'
import { LATENT, progressiveFormulaState, smallNetworks } from '../testing/progressiveFormula.ts'
import { progressiveKnobs, progressiveStep, progressiveUpdate, type ProgressiveLogs } from './progressiveStep.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

interface Steps {
  readonly kind: Adversary['kind']
  readonly resolution: number
  readonly alphas: ReadonlyArray<number | null>
  readonly learningRate: number
  readonly emaDecay: number
  readonly logs: ReadonlyArray<Record<ProgressiveLogs, number>>
  readonly params: Record<string, Picks>
}
const cases = fixture.steps as unknown as Record<string, Steps>
const FILMS = 8

/** The knobs of a step as scalars, as inside of a compiled one. */
const scalars = (knobs: ReturnType<typeof progressiveKnobs>) =>
  Object.fromEntries(Object.entries(knobs).map(([name, value]) => [name, tf.scalar(value)])) as Record<
    keyof typeof knobs,
    tf.Scalar
  >

it.each(Object.entries(cases))('%s: three steps equal torch', (_, truth) => {
  const { kind, resolution, alphas, learningRate, emaDecay } = truth
  const options = { ...smallNetworks({ resolution, fading: alphas[0] !== null }), adversary: { kind } }
  let state = progressiveFormulaState(options)
  alphas.forEach((alpha, i) => {
    const draws = {
      forCritic: formula(`step.${i}.forCritic`, [FILMS, LATENT]),
      forGenerator: formula(`step.${i}.forGenerator`, [FILMS, LATENT]),
      mix: tf.div(tf.add(formula(`step.${i}.mix`, [FILMS, 1, 1, 1]), 1), 2),
    }
    const real = formula(`step.${i}.real`, [FILMS, resolution, resolution, 1])
    const knobs = scalars(progressiveKnobs({ alpha: alpha ?? 1, adamStep: i + 1 }, learningRate, emaDecay))
    const next = progressiveUpdate(options, state, { real }, draws, knobs)
    state = next.state
    for (const [name, value] of Object.entries(truth.logs[i]!)) {
      const found = next.logs[name as ProgressiveLogs].dataSync()[0]!
      expect([name, i, Math.abs(found - value) < 1e-4 * Math.max(1, Math.abs(value))]).toEqual([name, i, true])
    }
  })
  // a step moves a weight by about the learning rate: .5 % of one step
  const far = Object.entries(truth.params)
    .map(([name, picks]) => [name, distanceToTorch(state[name]!, picks)] as const)
    .filter(([, distance]) => distance > 0.005 * learningRate)
  expect(far).toEqual([])
})

const wgan = (resolution: number, fading: boolean) => ({
  ...smallNetworks({ resolution, fading }),
  adversary: { kind: 'wgan-gp' } as const,
  seed: 7,
})
const films = (resolution: number) => ({ real: formula('real', [FILMS, resolution, resolution, 1]) })
const run = (options: ReturnType<typeof wgan>, state: Params, alpha: number, resolution: number, emaDecay = 0.999) =>
  progressiveStep(options)(state, films(resolution), scalars(progressiveKnobs({ alpha, adamStep: 1 }, 1e-3, emaDecay)))

it('the average moves with the critic’s step: to the generator as it was before its own (P8)', () => {
  const options = wgan(4, false)
  const start = progressiveFormulaState(options)
  const moved = { ...start, 'average.4.dense.bias': tf.zerosLike(start['average.4.dense.bias']!) }
  const { state } = run(options, moved, 1, 4, 0.75)
  const [average, before, after] = [
    state['average.4.dense.bias']!,
    start['generator.4.dense.bias']!,
    state['generator.4.dense.bias']!,
  ].map((t) => t.dataSync())
  average!.forEach((a, i) => expect(a).toBeCloseTo(0.25 * before![i]!, 6))
  expect(after).not.toEqual(before)
})

it('the generator is judged by the critic as it is after its step', () => {
  const options = wgan(4, false)
  const start = progressiveFormulaState(options)
  const { state } = run(options, start, 1, 4)
  // without a critic's step the generator would go another way
  const still = progressiveStep({ ...options, adversary: { kind: 'wgan-gp', lambda: 0, drift: 0 } })
  const other = still(start, films(4), scalars(progressiveKnobs({ alpha: 1, adamStep: 1 })))
  const g = (s: Params): Float32Array => s['adam.generator.m.4.dense.bias']!.dataSync() as Float32Array
  expect(g(state)).not.toEqual(g(other.state))
})

it('reals are faded with the fakes: of their detail the critic sees the share α (P7, P8)', () => {
  // .5 ± .4 in a checkerboard, whose boxes have the mean .5: at weight .5 it is .5 ± .2
  const board = (detail: number): tf.Tensor =>
    tf.tensor4d(
      Array.from({ length: FILMS * 64 }, (_, i) => 0.5 + detail * ((i + (i >> 3)) % 2 === 0 ? 1 : -1)),
      [FILMS, 8, 8, 1],
    )
  const realScore = (fading: boolean): number => {
    const options = wgan(8, fading)
    const knobs = scalars(progressiveKnobs({ alpha: 0.5, adamStep: 1 }))
    const step = progressiveStep(options)(progressiveFormulaState(options), { real: board(0.4) }, knobs)
    return step.logs.realScore.dataSync()[0]!
  }
  const judged = (fading: boolean, real: tf.Tensor): number => {
    const options = wgan(8, fading)
    const params = scope(progressiveFormulaState(options), 'critic')
    return tf.mean(options.critic.apply(params, real, { training: true, alpha: 0.5 }).y).dataSync()[0]!
  }
  expect(realScore(true)).toBeCloseTo(judged(true, board(0.2)), 5)
  expect(Math.abs(realScore(true) - judged(true, board(0.4)))).toBeGreaterThan(1e-2)
  // stable: films as they are
  expect(realScore(false)).toBeCloseTo(judged(false, board(0.4)), 5)
})

it('draws by seed and count: new latents each step, other ones for the generator, the same again from the same state', () => {
  const options = wgan(4, false)
  const start = progressiveFormulaState(options)
  const logs = (state: Params, seed: number): number[] =>
    Object.values(
      progressiveStep({ ...options, seed })(state, films(4), scalars(progressiveKnobs({ alpha: 1, adamStep: 1 }))).logs,
    ).map((t) => t.dataSync()[0]!)
  expect(logs(start, 7)).toEqual(logs(start, 7))
  expect(logs(start, 7)).not.toEqual(logs(start, 8))
  expect(logs({ ...start, step: tf.scalar(1, 'int32') }, 7)).not.toEqual(logs(start, 7))
  expect(run(options, start, 1, 4).state['step']!.dataSync()[0]).toBe(1)
})

it('Adam of the reference: β₁ is 0, so the first moment is the gradient; β₂ is .99', () => {
  const options = wgan(4, false)
  const { state, logs } = run(options, progressiveFormulaState(options), 1, 4)
  const moments = (which: string): number =>
    Object.entries(scope(state, 'adam.critic'))
      .filter(([name]) => name.startsWith(which))
      .reduce((sum, [, t]) => sum + tf.sum(which === 'm.' ? tf.square(t) : t).dataSync()[0]!, 0)
  const norm = logs.criticGradNorm.dataSync()[0]!
  expect(Math.sqrt(moments('m.'))).toBeCloseTo(norm, 4)
  expect(Math.sqrt(moments('v.') / 0.01)).toBeCloseTo(norm, 3)
  const { adamStepSize, adamRootCorrection } = progressiveKnobs({ alpha: 1, adamStep: 2 }, 1e-3)
  expect(adamStepSize).toBe(1e-3)
  expect(adamRootCorrection).toBeCloseTo(1 / Math.sqrt(1 - 0.99 ** 2), 12)
})

it('one compiled step serves a whole fade, and neither it nor an eager one holds on to tensors', () => {
  const options = wgan(8, true)
  const [state, batch] = [progressiveFormulaState(options), films(8)]
  const before = tf.memory().numTensors
  for (const eager of [true, false]) {
    const step = compileStep(progressiveStep(options), { eager })
    const scores = [0, 0.5, 1].map((alpha) => {
      const next = step(state, batch, progressiveKnobs({ alpha, adamStep: 1 }))
      tf.dispose(next.state)
      return next.logs.fakeScore
    })
    expect(step.graphs()).toBe(eager ? 0 : 1)
    expect(new Set(scores).size).toBe(3)
    step.dispose()
    expect(tf.memory().numTensors).toBe(before)
  }
})
