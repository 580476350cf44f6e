// Times one compiled training step of a GAN-like and of a detector-like network, built from nn and backbones alone.
// node --conditions=@radiograft/source --import ./tools/ts-loader.mjs tools/bench/steps.ts gan|det|gan-eager|det-eager [steps]
import { featurePyramid, resnet18, resnet18Channels } from '@radiograft/backbones'
import {
  adamInit,
  adamKnobs,
  adamStep,
  clipByGlobalNorm,
  conv2d,
  conv2dTranspose,
  instanceNorm,
  leakyRelu,
  normal,
  parameterCount,
  relu,
  residual,
  scope,
  sequential,
  tanh,
  unscope,
  valueAndGradients,
} from '@radiograft/nn'
import type { Layer, Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import type { Step } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

const [what = 'gan', count = '8'] = process.argv.slice(2)
await loadRuntime()
const B = 8

const gan = () => {
  const S = 64
  const F = 32
  const w = { weightInit: normal(0.02) }
  const norm = (channels: number): Layer => instanceNorm({ channels })
  const block = (name: string) =>
    [
      name,
      residual(
        sequential([
          ['conv1', conv2d({ inC: 4 * F, outC: 4 * F, kernel: 3, padding: 1, padMode: 'reflect', bias: false, ...w })],
          ['n1', norm(4 * F)],
          ['relu', relu],
          ['conv2', conv2d({ inC: 4 * F, outC: 4 * F, kernel: 3, padding: 1, padMode: 'reflect', bias: false, ...w })],
          ['n2', norm(4 * F)],
        ]),
      ),
    ] as const
  const generator = sequential([
    ['c1', conv2d({ inC: 1, outC: F, kernel: 7, padding: 3, padMode: 'reflect', bias: false, ...w })],
    ['n1', norm(F)],
    ['r1', relu],
    ['c2', conv2d({ inC: F, outC: 2 * F, kernel: 3, stride: 2, padding: 1, bias: false, ...w })],
    ['n2', norm(2 * F)],
    ['r2', relu],
    ['c3', conv2d({ inC: 2 * F, outC: 4 * F, kernel: 3, stride: 2, padding: 1, bias: false, ...w })],
    ['n3', norm(4 * F)],
    ['r3', relu],
    ...[0, 1, 2, 3, 4, 5].map((i) => block(`b${i}`)),
    [
      'u1',
      conv2dTranspose({
        inC: 4 * F,
        outC: 2 * F,
        kernel: 3,
        stride: 2,
        padding: 1,
        outputPadding: 1,
        bias: false,
        ...w,
      }),
    ],
    ['n4', norm(2 * F)],
    ['r4', relu],
    [
      'u2',
      conv2dTranspose({ inC: 2 * F, outC: F, kernel: 3, stride: 2, padding: 1, outputPadding: 1, bias: false, ...w }),
    ],
    ['n5', norm(F)],
    ['r5', relu],
    ['c4', conv2d({ inC: F, outC: 1, kernel: 7, padding: 3, padMode: 'reflect', ...w })],
    ['tanh', tanh],
  ])
  const down = (i: number, inC: number, outC: number, stride: number) => [
    [`c${i}`, conv2d({ inC, outC, kernel: 4, stride, padding: 1, bias: i === 0, ...w })] as const,
    ...(i === 0 ? [] : [[`n${i}`, norm(outC)] as const]),
    [`l${i}`, leakyRelu()] as const,
  ]
  const critic = sequential([
    ...down(0, 1, F, 2),
    ...down(1, F, 2 * F, 2),
    ...down(2, 2 * F, 4 * F, 2),
    ...down(3, 4 * F, 8 * F, 1),
    ['out', conv2d({ inC: 8 * F, outC: 1, kernel: 4, padding: 1, ...w })],
  ])
  const G = generator.init(rng('g'), [S, S, 1])
  const D = critic.init(rng('d'), [S, S, 1])
  console.log('parameters', parameterCount(G), parameterCount(D))
  const ctx = { training: true }
  const step: Step = (state, batch, knobs) => {
    const [g, d] = [scope(state, 'g'), scope(state, 'd')]
    const forG = valueAndGradients((p) => {
      const fake = generator.apply(p, batch['x']!, ctx).y
      const adv = tf.mean(tf.square(tf.sub(critic.apply(d, fake, ctx).y, 1)))
      return { loss: tf.add(adv, tf.mean(tf.abs(tf.sub(fake, batch['x']!)))), aux: { fake } }
    }, g)
    const forD = valueAndGradients((p) => {
      const real = critic.apply(p, batch['y']!, ctx).y
      const fake = critic.apply(p, forG.aux.fake, ctx).y
      return { loss: tf.add(tf.mean(tf.square(tf.sub(real, 1))), tf.mean(tf.square(fake))), aux: {} }
    }, d)
    const options = {
      beta1: 0.5,
      adamStepSize: knobs['adamStepSize']!,
      adamRootCorrection: knobs['adamRootCorrection']!,
    }
    const g1 = adamStep(g, forG.gradients, scope(state, 'ag'), options)
    const d1 = adamStep(d, forD.gradients, scope(state, 'ad'), options)
    return {
      state: {
        ...unscope(g1.params, 'g'),
        ...unscope(d1.params, 'd'),
        ...unscope(g1.state, 'ag'),
        ...unscope(d1.state, 'ad'),
      },
      logs: { loss: forG.loss, lossD: forD.loss },
    }
  }
  const state = { ...unscope(G, 'g'), ...unscope(D, 'd'), ...unscope(adamInit(G), 'ag'), ...unscope(adamInit(D), 'ad') }
  return { step, state, batch: { x: tf.randomUniform([B, S, S, 1], -1, 1), y: tf.randomUniform([B, S, S, 1], -1, 1) } }
}

const det = () => {
  const S = 128
  const W = 64
  const body = resnet18({ frozenBatchNorm: what.includes('frozen') })
  const { c3, c4, c5 } = resnet18Channels
  const fpn = featurePyramid({ inC: { c3, c4, c5 }, outC: W })
  const head = (outC: number): Layer =>
    sequential([
      ...[0, 1, 2, 3].flatMap((i) => [
        [`c${i}`, conv2d({ inC: W, outC: W, kernel: 3, padding: 1 })] as const,
        [`r${i}`, relu] as const,
      ]),
      ['out', conv2d({ inC: W, outC, kernel: 3, padding: 1 })],
    ])
  const [cls, box] = [head(9), head(36)]
  const params: Params = {
    ...unscope(body.init(rng(1), [S, S, 1]), 'body'),
    ...unscope(fpn.init(rng(2)), 'fpn'),
    ...unscope(cls.init(rng(3), [16, 16, W]), 'cls'),
    ...unscope(box.init(rng(4), [16, 16, W]), 'box'),
  }
  console.log('parameters', parameterCount(params))
  const A = [16, 8, 4, 2, 1].reduce((n, s) => n + 9 * s * s, 0)
  const ctx = { training: true }
  const step: Step = (state, batch, knobs) => {
    const p0 = scope(state, 'p')
    const { loss, aux, gradients } = valueAndGradients((p) => {
      const { y, updates } = body.apply(scope(p, 'body'), batch['x']!, ctx)
      const maps = fpn.apply(scope(p, 'fpn'), y, ctx).y
      const logits = tf.concat(
        fpn.levels.map((l) => tf.reshape(cls.apply(scope(p, 'cls'), maps[l]!, ctx).y, [B, -1])),
        1,
      )
      const deltas = tf.concat(
        fpn.levels.map((l) => tf.reshape(box.apply(scope(p, 'box'), maps[l]!, ctx).y, [B, -1, 4])),
        1,
      )
      const pr = tf.sigmoid(logits)
      const t = batch['t']!
      const focal = tf.sum(
        tf.add(
          tf.mul(tf.mul(t, tf.log(tf.add(pr, 1e-7))), -0.25),
          tf.mul(tf.mul(tf.sub(1, t), tf.square(pr)), tf.mul(tf.log(tf.sub(1 + 1e-7, pr)), -0.75)),
        ),
      )
      const l1 = tf.sum(tf.mul(tf.abs(tf.sub(deltas, batch['d']!)), tf.expandDims(t, 2)))
      return { loss: tf.add(focal, l1), aux: { updates: unscope(updates, 'body') } }
    }, p0)
    const clipped = clipByGlobalNorm(gradients, 10)
    const next = adamStep(p0, clipped.gradients, scope(state, 'a'), {
      adamStepSize: knobs['adamStepSize']!,
      adamRootCorrection: knobs['adamRootCorrection']!,
    })
    return {
      state: { ...unscope({ ...next.params, ...aux.updates }, 'p'), ...unscope(next.state, 'a') },
      logs: { loss, gradNorm: clipped.norm },
    }
  }
  const batch = {
    x: tf.randomUniform([B, S, S, 1], -1, 1),
    t: tf.cast(tf.greater(tf.randomUniform([B, A]), 0.99), 'float32'),
    d: tf.randomNormal([B, A, 4]),
  }
  return { step, state: { ...unscope(params, 'p'), ...unscope(adamInit(params), 'a') }, batch }
}

const { step, batch, ...rest } = what.startsWith('gan') ? gan() : det()
let state: Record<string, Tensor> = rest.state
const run = compileStep(step, { eager: what.includes('eager') })
const times: number[] = []
const cpu: number[] = []
for (let i = 0; i < Number(count); i++) {
  const start = performance.now()
  const used = process.cpuUsage()
  const { state: next, logs } = run(state, batch, adamKnobs(i + 1, 1e-4))
  times.push((performance.now() - start) / 1000)
  const { user, system } = process.cpuUsage(used)
  cpu.push((user + system) / 1e6)
  const stay = new Set(Object.values(next))
  for (const t of Object.values(state)) if (!stay.has(t)) t.dispose()
  state = next
  if (i === 0 || i === Number(count) - 1) console.log(i, logs)
}
const list = (values: number[]): string =>
  values
    .slice(1)
    .map((t) => t.toFixed(2))
    .join(' ')
console.log(`${what}: first ${times[0]!.toFixed(2)} s, then ${list(times)}; least ${Math.min(...times).toFixed(3)} s`)
console.log(`processor seconds a step: ${list(cpu)}; least ${Math.min(...cpu).toFixed(3)}`)
