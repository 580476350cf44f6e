// The training step against torch, compiled against eager, and what it does at points where the answer is known.
import { beforeAll, expect, it } from '@jest/globals'
import type { Params } from '@radiograft/nn'
import { scope } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-gan.json' with { type: 'json' }
import type { GanLoss } from '../losses/adversarial.ts'
import { cycleGanGenerator } from '../networks/cycleGanGenerator.ts'
import { patchGan } from '../networks/patchGan.ts'
import { formulaState as stateOf } from '../testing/formulaState.ts'
import {
  generatorOf,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  type PairedBatch,
  type PairedLogs,
} from './pairedTranslation.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 32
const networks = (skip: boolean) => ({
  generator: cycleGanGenerator({ filters: 2, blocks: 1, skip }),
  discriminator: patchGan({ filters: 2 }),
})
const batch = (): PairedBatch =>
  tf.tidy(() => {
    const film = (name: string): tf.Tensor => tf.mul(0.9, formula(`step.${name}`, [2, SIZE, SIZE, 1]))
    return { input: film('input'), target: film('target'), real: film('real') }
  })
/** Weights by the formula of the oracle, moments 0. */
const formulaState = (skip: boolean): Params => stateOf(networks(skip), SIZE)

/** Steps of one batch; the caller owns the last state. */
const runSteps = (
  step: ReturnType<typeof pairedTranslationStep>,
  start: Params,
  count: number,
  { eager = false, learningRate = 2e-4 } = {},
): { state: Params; logs: ReadonlyArray<Record<PairedLogs, number>>; held: ReadonlyArray<number> } => {
  const run = compileStep(step, { eager })
  const films = batch()
  const logs: Array<Record<PairedLogs, number>> = []
  const held: number[] = []
  let state = start
  for (let i = 1; i <= count; i++) {
    const next = run(state, films, pairedTranslationKnobs(i, learningRate))
    tf.dispose(state)
    state = next.state
    logs.push(next.logs)
    held.push(tf.memory().numTensors)
  }
  tf.dispose(films)
  run.dispose()
  return { state, logs, held }
}

const truth = fixture.steps as Record<
  string,
  {
    ganLoss: string
    l1Weight: number
    identityWeight: number
    skip: boolean
    learningRate: number
    logs: Array<Record<PairedLogs, number>>
    params: Record<string, Picks>
  }
>

it.each(Object.keys(truth))('three steps equal torch: %s', (name) => {
  const { ganLoss, l1Weight, identityWeight, skip, learningRate, logs: expected, params } = truth[name]!
  const step = pairedTranslationStep({ ...networks(skip), ganLoss: ganLoss as GanLoss, l1Weight, identityWeight })
  const { state, logs } = runSteps(step, formulaState(skip), expected.length, { learningRate })
  expected.forEach((row, i) => {
    for (const [key, value] of Object.entries(row)) {
      expect([key, Math.abs(logs[i]![key as PairedLogs] - value) < 1e-4 * Math.max(1, Math.abs(value))]).toEqual([
        key,
        true,
      ])
    }
  })
  for (const [key, value] of Object.entries(params)) {
    // a step moves a weight by about the learning rate: 2 % of one step
    expect([key, distanceToTorch(state[key]!, value) < 0.02 * learningRate]).toEqual([key, true])
  }
  tf.dispose(state)
})

it('neither a compiled nor an eager step holds on to tensors', () => {
  const step = pairedTranslationStep({ ...networks(true), ganLoss: 'non-saturating', l1Weight: 10, identityWeight: 1 })
  const before = tf.memory().numTensors
  for (const eager of [true, false]) {
    const { state, held } = runSteps(step, formulaState(true), 3, { eager })
    expect(new Set(held).size).toBe(1)
    tf.dispose(state)
    expect(tf.memory().numTensors).toBe(before)
  }
})

it('the untrained generator with a skip has the losses of a copy', () => {
  const nets = networks(true)
  const start = tf.tidy(() => pairedTranslationState(nets, rng('weights'), [SIZE, SIZE, 1]))
  const films = batch()
  const [distance, onInput] = tf.tidy(() => [
    tf.mean(tf.abs(tf.sub(films.input, films.target))).dataSync()[0]!,
    tf
      .mean(tf.softplus(nets.discriminator.apply(scope(start, 'discriminator'), films.input, { training: true }).y))
      .dataSync()[0]!,
  ])
  tf.dispose(films)
  const step = pairedTranslationStep({ ...nets, ganLoss: 'printed', l1Weight: 3, identityWeight: 2 })
  const { state, logs } = runSteps(step, start, 1)
  expect(logs[0]!.l1).toBeCloseTo(distance, 5)
  expect(logs[0]!.identity).toBe(0)
  expect(logs[0]!.adversarial).toBeCloseTo(-onInput, 5)
  expect(logs[0]!.loss).toBeCloseTo(3 * distance - onInput, 4)
  expect(Object.keys(generatorOf(state))).toContain('head.weight')
  tf.dispose(state)
})

it('the identity term is what is left at zero weight of everything else: it alone moves G to the real films', () => {
  const step = pairedTranslationStep({ ...networks(false), ganLoss: 'least-squares', l1Weight: 0, identityWeight: 100 })
  const start = tf.tidy(() => pairedTranslationState(networks(false), rng('weights'), [SIZE, SIZE, 1]))
  const { state, logs } = runSteps(step, start, 12, { learningRate: 5e-3 })
  expect(logs.at(-1)!.identity).toBeLessThan(0.95 * logs[0]!.identity)
  tf.dispose(state)
})

it('clipping holds the step back, the logged norm is the one before', () => {
  const options = { ...networks(true), ganLoss: 'printed', l1Weight: 1, identityWeight: 0 } as const
  const free = runSteps(pairedTranslationStep(options), formulaState(true), 1)
  const clipped = runSteps(pairedTranslationStep({ ...options, clipNorm: 1e-3 }), formulaState(true), 1)
  expect(clipped.logs[0]!.gradNorm).toBeCloseTo(free.logs[0]!.gradNorm, 4)
  const momentum = (state: Params): number =>
    tf.tidy(() => {
      const moments = Object.entries(scope(state, 'adam.generator')).filter(([name]) => name.startsWith('m.'))
      return Math.sqrt(moments.reduce((sum, [, m]) => sum + tf.sum(tf.square(m)).dataSync()[0]!, 0))
    })
  expect(momentum(clipped.state)).toBeCloseTo(0.5e-3, 5) // (1 − β₁) times the clipped gradient
  expect(momentum(free.state)).toBeCloseTo(0.5 * free.logs[0]!.gradNorm, 3)
  tf.dispose([free.state, clipped.state])
})
