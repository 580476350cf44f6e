// Every layer inside a compiled step: the same numbers as when it runs eagerly, with new dropout masks each step and
// running statistics carried along.
import { beforeAll, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import type { Step } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import {
  adamInit,
  adamKnobs,
  adamStep,
  avgPool,
  batchNorm,
  clipByGlobalNorm,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  ema,
  flatten,
  instanceNorm,
  leakyRelu,
  maxPool,
  relu,
  residual,
  scope,
  sequential,
  tanh,
  unscope,
  valueAndGradients,
} from './index.ts'
import { formula } from './testing/index.ts'

beforeAll(() => loadRuntime())

// No bias before a norm, which takes it out again: its gradient is rounding noise, and Adam makes whole steps of that.
const c = { inC: 4, outC: 4, kernel: 3, bias: false }
const network = sequential([
  ['conv', conv2d({ inC: 1, outC: 4, kernel: 3, padding: 1, padMode: 'reflect', bias: false })],
  ['norm', instanceNorm({ channels: 4 })],
  ['relu', relu],
  [
    'block',
    residual(
      sequential([
        ['conv1', conv2d({ ...c, stride: 2, padding: 1 })],
        ['bn1', batchNorm({ channels: 4 })],
      ]),
      { shortcut: maxPool({ kernel: 3, stride: 2, padding: 1 }) },
    ),
  ],
  ['up', conv2dTranspose({ ...c, stride: 2, padding: 1, outputPadding: 1 })],
  ['plain', instanceNorm({ channels: 4, affine: false })],
  ['leaky', leakyRelu()],
  ['pool', avgPool({ kernel: 2 })],
  ['tanh', tanh],
  ['flat', flatten],
  ['drop', dropout({ rate: 0.5 })],
  ['fc', dense({ inC: 64, outC: 2 })],
])

const step: Step = (state, batch, knobs) => {
  const params = scope(state, 'net')
  const ctx = { training: true, random: { seed: 1, step: state['count']! } }
  const { loss, aux, gradients } = valueAndGradients((p) => {
    const { y, updates } = network.apply(p, batch['x']!, ctx)
    return { loss: tf.mean(tf.square(tf.sub(y, batch['y']!))), aux: { updates } }
  }, params)
  const clipped = clipByGlobalNorm(gradients, 1)
  const options = { adamStepSize: knobs['adamStepSize']!, adamRootCorrection: knobs['adamRootCorrection']! }
  const next = adamStep(params, clipped.gradients, scope(state, 'adam'), options)
  const net = { ...next.params, ...aux.updates }
  return {
    state: {
      ...unscope(net, 'net'),
      ...unscope(next.state, 'adam'),
      ...unscope(ema(scope(state, 'mean'), net, 0.9), 'mean'),
      count: tf.add(state['count']!, tf.scalar(1, 'int32')),
    },
    logs: { loss, gradNorm: clipped.norm },
  }
}

it('a compiled step is the eager step', () => {
  const train = (eager: boolean): { logs: Array<Record<string, number>>; state: Record<string, Tensor> } => {
    const run = compileStep(step, { eager })
    const params = network.init(rng('compiled'), [8, 8, 1])
    const mean = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tf.clone(value)]))
    let state: Record<string, Tensor> = {
      ...unscope(params, 'net'),
      ...unscope(adamInit(params), 'adam'),
      ...unscope(mean, 'mean'),
      count: tf.scalar(0, 'int32'),
    }
    const batch = { x: formula('x', [3, 8, 8, 1]), y: formula('y', [3, 2]) }
    const logs: Array<Record<string, number>> = []
    for (let i = 1; i <= 4; i++) {
      const result = run(state, batch, { ...adamKnobs(i, 1e-2) })
      state = result.state
      logs.push(result.logs)
    }
    expect(run.graphs()).toBe(eager ? 0 : 1)
    run.dispose()
    return { logs, state }
  }
  const [plain, compiled] = [train(true), train(false)]
  plain.logs.forEach((row, i) => {
    expect(compiled.logs[i]!['loss']).toBeCloseTo(row['loss']!, 5)
    expect(compiled.logs[i]!['gradNorm']).toBeCloseTo(row['gradNorm']!, 4)
  })
  expect(Object.keys(compiled.state).toSorted()).toEqual(Object.keys(plain.state).toSorted())
  for (const [name, value] of Object.entries(plain.state)) {
    const off = tf
      .max(tf.abs(tf.sub(tf.cast(value, 'float32'), tf.cast(compiled.state[name]!, 'float32'))))
      .dataSync()[0]!
    expect([name, off < 1e-4]).toEqual([name, true])
  }
  expect(compiled.state['net.block.bn1.running_mean']!.dataSync()).not.toEqual(new Float32Array(4))
  expect(compiled.state['count']!.dataSync()[0]).toBe(4)
})
