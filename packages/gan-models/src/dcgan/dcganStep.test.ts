import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { scope, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { augmentState } from '../augment/augmentControl.ts'
import type { Augment } from '../augment/filmAugmentation.ts'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-dcgan.json' with { type: 'json' }
import { DCGAN_LATENT, dcganFormulaState, smallDcgan } from '../testing/dcganFormula.ts'
import { dcganGeneratorOf, dcganState } from './dcganState.ts'
import { dcganKnobs, dcganStep, dcganUpdate, type DcganLogs, type DcganStepOptions } from './dcganStep.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

interface Steps {
  readonly ganLoss: DcganStepOptions['ganLoss']
  readonly size: number
  readonly width: number
  readonly learningRate: number
  readonly logs: ReadonlyArray<Record<DcganLogs, number>>
  readonly params: Record<string, Picks>
  readonly statistics: Record<string, Picks>
}
const cases = fixture.steps as unknown as Record<string, Steps>
const FILMS = 6

/** The knobs of a step as scalars, as inside of a compiled one. */
const scalars = (step: number, learningRate = 2e-3) => {
  const { adamStepSize, adamRootCorrection } = dcganKnobs(step, learningRate)
  return { adamStepSize: tf.scalar(adamStepSize), adamRootCorrection: tf.scalar(adamRootCorrection) }
}
const films = (size: number, name = 'real') => tf.mul(0.9, formula(name, [FILMS, size, size, 1]))

it.each(Object.entries(cases))('%s²: three steps equal torch', (_, truth) => {
  const { ganLoss, size, width, learningRate } = truth
  const options = { ...smallDcgan(size, width), ganLoss }
  let state = dcganFormulaState(options)
  truth.logs.forEach((logs, i) => {
    const draws = {
      forDiscriminator: formula(`step.${i}.forDiscriminator`, [FILMS, DCGAN_LATENT]),
      forGenerator: formula(`step.${i}.forGenerator`, [FILMS, DCGAN_LATENT]),
      augmentSeed: () => tf.tensor1d([0, 0], 'int32'),
    }
    const real = films(size, `step.${i}.real`)
    const next = dcganUpdate(options, state, { real }, draws, scalars(i + 1, learningRate))
    state = next.state
    for (const [name, value] of Object.entries(logs)) {
      const found = next.logs[name as DcganLogs].dataSync()[0]!
      expect([name, i, Math.abs(found - value) < 1e-4 * Math.max(1, Math.abs(value))]).toEqual([name, i, true])
    }
  })
  const far = (expected: Record<string, Picks>, most: number) =>
    Object.entries(expected)
      .map(([name, picks]) => [name, distanceToTorch(state[name]!, picks)] as const)
      .filter(([, distance]) => distance > most)
  // a step moves a weight by about the learning rate: .5 % of one step
  expect(far(truth.params, 0.005 * learningRate)).toEqual([])
  expect(far(truth.statistics, 1e-5)).toEqual([])
})

const base = () => ({ ...smallDcgan(16, 8), ganLoss: 'printed' as const, seed: 7 })
type Options = ReturnType<typeof base> & Partial<DcganStepOptions>
const run = (options: Options, state: Params, real = films(16)) => dcganStep(options)(state, { real }, scalars(1))
const value = (t: tf.Tensor | undefined): number => t!.dataSync()[0]!

it('the state: both networks with their statistics, moments 0, count 0', () => {
  const networks = smallDcgan(16, 8)
  const state = dcganState(networks, rng('weights'))
  expect(Object.keys(state).toSorted()).toEqual(Object.keys(dcganFormulaState(networks)).toSorted())
  expect(Object.keys(dcganGeneratorOf(state)).filter((name) => name.includes('running_'))).toHaveLength(4)
  const moments = Object.entries(state).filter(([name]) => name.startsWith('adam.'))
  expect(moments.some(([name]) => name.includes('running_'))).toBe(false)
  expect(moments.every(([, t]) => t.dataSync().every((v) => v === 0))).toBe(true)
  const again = dcganState(networks, rng('weights'))
  expect(again['generator.up1.weight']!.dataSync()).toEqual(state['generator.up1.weight']!.dataSync())
})

it('draws by seed and count: new latents each step and for each network, the same again from the same state', () => {
  const options = base()
  const start = dcganFormulaState(options)
  const logs = (state: Params, seed: number): number[] =>
    Object.values(run({ ...options, seed }, state).logs).map(value)
  expect(logs(start, 7)).toEqual(logs(start, 7))
  expect(logs(start, 7)).not.toEqual(logs(start, 8))
  expect(logs({ ...start, step: tf.scalar(1, 'int32') }, 7)).not.toEqual(logs(start, 7))
  expect(value(run(options, start).state['step'])).toBe(1)
  const seen: tf.Tensor[] = []
  const generator = { ...options.generator }
  const watching: Options = {
    ...options,
    generator: {
      ...generator,
      apply: (params, z, ctx) => {
        seen.push(tf.keep(tf.clone(z)))
        return generator.apply(params, z, ctx)
      },
    },
  }
  run(watching, start)
  const [a, b] = seen.map((z) => [...z.dataSync()])
  tf.dispose(seen)
  expect(a).not.toEqual(b)
  for (const z of [...a!, ...b!]) expect(Math.abs(z)).toBeLessThanOrEqual(1)
  expect(Math.min(...a!, ...b!)).toBeLessThan(-0.8) // uniform in (−1, 1), not in [0, 1)
})

it('the generator is judged by the discriminator as it is after its step', () => {
  const options = base()
  const start = dcganFormulaState(options)
  const g = (rate: number): Float32Array => {
    const { state } = dcganStep(options)(start, { real: films(16) }, scalars(1, rate))
    return state['adam.generator.m.up1.weight']!.dataSync() as Float32Array
  }
  expect(g(2e-3)).not.toEqual(g(1e-30)) // where it does not move, the generator would go another way
})

it('Adam’s β₁ is .5 (D3): after one step its first moment is half of the gradient', () => {
  const options = base()
  const { state, logs } = run(options, dcganFormulaState(options))
  const squares = Object.entries(scope(state, 'adam.generator'))
    .filter(([name]) => name.startsWith('m.'))
    .reduce((sum, [, t]) => sum + value(tf.sum(tf.square(t))), 0)
  expect(Math.sqrt(squares)).toBeCloseTo(value(logs.gradNorm) / 2, 4)
  expect(dcganKnobs(2, 1).adamStepSize).toBeCloseTo(1 / (1 - 0.25), 12)
})

it('augmented: reals and fakes alike, each with changes of their own, and the generator learns through them', () => {
  const options = base()
  const start = { ...dcganFormulaState(options), ...augmentState(0.25) }
  // blank films: real and generated ones are the same to the discriminator, and nothing leads back to the generator
  const blank: Augment = (x) => tf.mul(x, 0)
  const { logs } = run({ ...options, augment: blank }, start)
  expect(value(logs.realScore)).toBe(value(logs.fakeScore))
  expect(value(logs.gradNorm)).toBe(0)
  const asked: number[][] = []
  const watching: Augment = (x, seed, p) => {
    asked.push([...seed.dataSync(), value(p as tf.Tensor)])
    return x
  }
  const same = run({ ...options, augment: watching }, start)
  expect(asked.map(([, count, p]) => [count, p])).toEqual([0, 0, 0].map(() => [0, 0.25]))
  expect(new Set(asked.map(([site]) => site)).size).toBe(3)
  // changes that change nothing leave the step as it is, and p without control where it was
  const plain = run(options, dcganFormulaState(options))
  expect(value(same.logs.loss)).toBe(value(plain.logs.loss))
  expect(value(same.state['augment.p'])).toBe(0.25)
  expect(Object.keys(plain.state).filter((name) => name.startsWith('augment'))).toEqual([])
})

it('controlled: by the signs of the reals’ logits; by held-out films only where there are some', () => {
  const options: Options = { ...base(), augment: (x) => x, augmentControl: { by: 'signs', every: 1, images: 60 } }
  const start = { ...dcganFormulaState(options), ...augmentState(0.25) }
  const sure = (bias: number): Params => ({ ...start, 'discriminator.logit.bias': tf.tensor1d([bias]) })
  const [up, down] = [100, -100].map((bias) => run(options, sure(bias)))
  expect(value(up!.state['augment.p'])).toBeCloseTo(0.35, 6) // 6 films of 60
  expect(value(down!.state['augment.p'])).toBeCloseTo(0.15, 6)
  const logs = (step: typeof up) => step!.logs as Readonly<Record<string, tf.Tensor>>
  expect([value(logs(up)['overfitting']), value(logs(down)['overfitting'])]).toEqual([1, -1])
  expect(value(logs(up)['augment'])).toBe(0.25)

  const byHeld: Options = { ...options, augmentControl: { by: 'held-out', every: 1, images: 60 } }
  expect(() => run(byHeld, start)).toThrow('give them as `held`')
  // held films that are the real ones are judged as they are: no overfitting
  const same = dcganStep(byHeld)(start, { real: films(16), held: films(16) }, scalars(1))
  expect(value(logs(same)['overfitting'])).toBeCloseTo(0, 4)
  expect(() => run(options, dcganFormulaState(options))).toThrow('put augmentState() into it')
})

it('one compiled step serves all steps, and neither it nor an eager one holds on to tensors', () => {
  const options = base()
  const [state, real] = [dcganFormulaState(options), films(16)]
  const before = tf.memory().numTensors
  for (const eager of [true, false]) {
    const step = compileStep(dcganStep(options), { eager })
    for (const i of [1, 2]) tf.dispose(step(state, { real }, dcganKnobs(i, 2e-4)).state)
    expect(step.graphs()).toBe(eager ? 0 : 1)
    step.dispose()
    expect(tf.memory().numTensors).toBe(before)
  }
})
