// Both networks against torch (pitfalls 6): forward within 1e-5, gradients within 1e-4, running statistics, counts at full width;
// and by hand what the kernel of 4 is chosen for.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { conv2dTranspose, ones, parameterShapes, valueAndGradients, type Layer, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-dcgan.json' with { type: 'json' }
import { latentGenerator } from '../latentGenerator.ts'
import { DCGAN_LATENT, dcganFormula, smallDcgan } from '../testing/dcganFormula.ts'
import { doubling, halving } from './dcganConvolutions.ts'
import { dcganDiscriminator } from './dcganDiscriminator.ts'
import { dcganGenerator } from './dcganGenerator.ts'
import { dcganMaps } from './dcganMaps.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

interface Case {
  readonly size: number
  readonly width: number
  readonly shape: number[]
  readonly y: Picks
  readonly dx: Picks
  readonly gradients: Record<string, Picks>
  readonly running: Record<string, Picks>
  readonly frozen: Picks
}
const cases = (['generator', 'discriminator'] as const).flatMap((kind) =>
  Object.entries(fixture[`${kind}s`] as unknown as Record<string, Case>).map(([name, one]) => ({ name, kind, ...one })),
)
/** relative where values are large */
const distance = (tensor: tf.Tensor, picks: Picks): number =>
  distanceToTorch(tensor, picks) / Math.max(1, ...picks.picks.map(Math.abs))

it.each(cases)('$kind at $name² equals torch', ({ kind, size, width, shape, ...truth }) => {
  const network = smallDcgan(size, width)[kind]
  const x = formula(`${kind}.x`, kind === 'generator' ? [6, DCGAN_LATENT] : [6, size, size, 1])
  const weights = dcganFormula(network, kind)
  const params: Params = { ...weights, x }
  const { aux, gradients } = valueAndGradients((p) => {
    const { y, updates } = network.apply(p, p['x']!, { training: true })
    return { loss: tf.sum(tf.mul(y, formula(`${kind}.dy`, shape))), aux: { y, updates } }
  }, params)
  expect(aux.y.shape).toEqual(shape)
  expect([6, ...network.outputShape(x.shape.slice(1))]).toEqual(shape)
  expect(distance(aux.y, truth.y)).toBeLessThan(1e-5)
  expect(distance(gradients['x']!, truth.dx)).toBeLessThan(1e-4)
  expect(Object.keys(gradients).toSorted()).toEqual([...Object.keys(truth.gradients), 'x'].toSorted())
  expect(Object.entries(truth.gradients).filter(([key, picks]) => distance(gradients[key]!, picks) > 1e-4)).toEqual([])
  expect(Object.keys(aux.updates).toSorted()).toEqual(Object.keys(truth.running).toSorted())
  expect(Object.entries(truth.running).filter(([key, picks]) => distance(aux.updates[key]!, picks) > 1e-5)).toEqual([])
  const { y, updates } = network.apply(weights, x, { training: false })
  expect(distance(y, truth.frozen)).toBeLessThan(1e-5)
  expect(updates).toEqual({})
})

it('at full width they have torch’s parameters, at 64² and at the paper’s 256² (D2)', () => {
  const count = (network: Layer): number =>
    Object.entries(parameterShapes(network, []))
      .filter(([name]) => !name.includes('running_'))
      .reduce((sum, [, { shape }]) => sum + shape.reduce((a, b) => a * b, 1), 0)
  for (const size of [64, 256] as const)
    expect([size, count(dcganGenerator({ size })), count(dcganDiscriminator({ size }))]).toEqual([
      size,
      fixture.parameters[size].generator,
      fixture.parameters[size].discriminator,
    ])
})

it('maps are those of D2: six convolutions to 256², 1024 channels at 4², half at each doubling', () => {
  expect(dcganMaps(256, 1024)).toEqual([
    { side: 4, channels: 1024 },
    { side: 8, channels: 512 },
    { side: 16, channels: 256 },
    { side: 32, channels: 128 },
    { side: 64, channels: 64 },
    { side: 128, channels: 32 },
  ])
  expect(dcganMaps(64, 200).map(({ channels }) => channels)).toEqual([200, 200, 200, 128])
  const strided = (network: Layer): number =>
    Object.keys(parameterShapes(network, [])).filter((name) => /^(up|down)\d\.weight$/.test(name)).length
  expect([strided(dcganGenerator()), strided(dcganDiscriminator())]).toEqual([6, 6])
})

it('filters start from N(0, .02²), norms at 1 and 0, biases at 0', () => {
  const { generator, discriminator } = smallDcgan(32, 64)
  for (const network of [generator, discriminator]) {
    const params = network.init(rng('weights'), [])
    const filters = Object.entries(params).filter(([name]) => /(up2|down2|project)\.weight$/.test(name))
    expect(filters.length).toBeGreaterThan(0)
    for (const [name, t] of filters) {
      const { mean, variance } = tf.moments(t)
      expect([name, Math.abs(mean.dataSync()[0]!) < 1e-3]).toEqual([name, true])
      expect(Math.sqrt(variance.dataSync()[0]!)).toBeCloseTo(0.02, 3)
    }
    for (const [name, t] of Object.entries(params))
      if (/norm\.weight$|bias$/.test(name))
        expect([name, new Set(t.dataSync())]).toEqual([name, new Set([name.endsWith('bias') ? 0 : 1])])
  }
})

it('by hand: with 4 taps at stride 2 every inner pixel is made of two an axis, with 5 of three and two in turn', () => {
  const row = (layer: Layer, h: number): number[] => {
    const params = Object.fromEntries(
      Object.entries(layer.init(rng(0), [])).map(([name, t]) => [name, ones(rng(0), t.shape)]),
    )
    const { y } = layer.apply(params, tf.ones([1, h, h, 1]), { training: true })
    expect(y.shape).toEqual([1, 2 * h, 2 * h, 1])
    return [...tf.slice(y as tf.Tensor4D, [0, h, 0, 0], [1, 1, 2 * h, 1]).dataSync()]
  }
  // two rows of taps, and at the edges one column
  expect(row(doubling(1, 1, false), 4)).toEqual([2, 4, 4, 4, 4, 4, 4, 2])
  const five = conv2dTranspose({
    inC: 1,
    outC: 1,
    kernel: 5,
    stride: 2,
    padding: 2,
    outputPadding: 1,
    bias: false,
  })
  // an even row has three taps, and so has every second column: a pattern that no weights have asked for
  expect(row(five, 4).map((v) => v / 3)).toEqual([2, 2, 3, 2, 3, 2, 2, 1])
  expect(halving(1, 1, false).outputShape([8, 8, 1])).toEqual([4, 4, 1])
})

it('films depend on their batch while training, and not when they are made', () => {
  const { generator } = smallDcgan(16, 8)
  const params = dcganFormula(generator, 'generator')
  const stored = latentGenerator({ architecture: 'dcgan-generator', size: 16, latent: DCGAN_LATENT, width: 8 })
  expect([stored.size, stored.latent, stored.prior]).toEqual([16, DCGAN_LATENT, 'uniform'])
  const [z, other] = ['z', 'other'].map((name) => formula(name, [1, DCGAN_LATENT]))
  const alone = tf.concat([z!, z!])
  const company = tf.concat([z!, other!])
  const first = (films: tf.Tensor): Float32Array =>
    tf.slice(films as tf.Tensor4D, [0, 0, 0, 0], [1, 16, 16, 1]).dataSync() as Float32Array
  const apart = (a: Float32Array, b: Float32Array): number => Math.max(...a.map((v, i) => Math.abs(v - b[i]!)))
  const training = (x: tf.Tensor) => first(generator.apply(params, x, { training: true }).y)
  expect(apart(training(alone), training(company))).toBeGreaterThan(0.1)
  const made = (x: tf.Tensor) => first(stored.films(params, x))
  expect(apart(made(alone), made(company))).toBeLessThan(1e-6)
  expect(Math.max(...made(company).map(Math.abs))).toBeLessThanOrEqual(1)
})

it('says what cannot be', () => {
  for (const size of [8, 48, 512])
    expect(() => dcganGenerator({ size })).toThrow(`size: ${size} is no power of two from 16 to 256`)
  expect(() => dcganDiscriminator({ size: 100 })).toThrow('size: 100 is no power of two')
  expect(() => dcganDiscriminator({ width: 0 })).toThrow('width: 0 is no number of channels')
})
