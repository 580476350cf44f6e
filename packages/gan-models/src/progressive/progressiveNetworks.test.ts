// Both networks against torch at and between resolutions (pitfalls 6): forward within 1e-4, gradients within 1e-3, the reference's
// parameter counts; and what fading and growing do where the answer is known.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { parameterShapes, valueAndGradients, type Network, type Params } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { boxDownsample, boxUpsample } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-progressive.json' with { type: 'json' }
import { LATENT, progressiveFormula, smallNetworks } from '../testing/progressiveFormula.ts'
import { fadeReals } from './fade.ts'
import { progressiveChannels } from './progressiveChannels.ts'
import { progressiveCritic } from './progressiveCritic.ts'
import { progressiveGenerator } from './progressiveGenerator.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

interface Case {
  readonly resolution: number
  readonly alpha: number | null
  readonly shape: number[]
  readonly y: Picks
  readonly dx: Picks
  readonly gradients: Record<string, Picks>
}
const cases = (['generator', 'critic'] as const).flatMap((kind) =>
  Object.entries(fixture[`${kind}s`] as unknown as Record<string, Case>).map(([name, one]) => ({ name, kind, ...one })),
)
const ctx = (alpha: number | null | undefined) => ({ training: true, ...(alpha == null ? {} : { alpha }) })

it.each(cases)('$kind at $name equals torch', ({ kind, resolution, alpha, shape, y, dx, gradients: expected }) => {
  const network = smallNetworks({ resolution, fading: alpha !== null })[kind]
  const x = formula(`${kind}.x`, kind === 'generator' ? [8, LATENT] : [8, resolution, resolution, 1])
  const params: Params = { ...progressiveFormula(network, kind), x }
  const { aux, gradients } = valueAndGradients((p) => {
    const out = network.apply(p, p['x']!, ctx(alpha)).y
    return { loss: tf.sum(tf.mul(out, formula(`${kind}.dy`, shape))), aux: { y: out } }
  }, params)
  expect(aux.y.shape).toEqual(shape)
  expect([8, ...network.outputShape([])]).toEqual(shape)
  // relative where values are large: at 64² a latent's gradient is some hundred
  const distance = (tensor: tf.Tensor, picks: Picks): number =>
    distanceToTorch(tensor, picks) / Math.max(1, ...picks.picks.map(Math.abs))
  expect(distance(aux.y, y)).toBeLessThan(1e-5)
  expect(distance(gradients['x']!, dx)).toBeLessThan(1e-4)
  expect(Object.keys(gradients).toSorted()).toEqual([...Object.keys(expected), 'x'].toSorted())
  const far = Object.entries(expected).filter(([key, value]) => distance(gradients[key]!, value) > 1e-4)
  expect(far).toEqual([])
})

it('at full width they have the reference’s parameters: 23.1 million each (P8)', () => {
  const count = (network: Pick<Network, 'init'>): number =>
    Object.values(parameterShapes(network, [])).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  const both = (fading: boolean) => ({
    generator: count(progressiveGenerator({ resolution: 1024, fading })),
    critic: count(progressiveCritic({ resolution: 1024, fading })),
  })
  expect(both(false)).toEqual(fixture.parameters.stable1024)
  expect(both(true)).toEqual(fixture.parameters.fading1024)
  // The reference makes heads of all nine resolutions at the start, for three channels: what it has beyond ours.
  const maps = [512, 512, 512, 512, 256, 128, 64, 32, 16]
  const heads = maps.reduce((sum, c) => sum + (3 * c + 3), 0) - (16 + 1)
  expect(fixture.parameters.stable1024.generator + heads).toBe(fixture.parameters.reference.generator)
  expect(fixture.parameters.reference.generator).toBe(23_079_115)
  expect(Math.round(fixture.parameters.reference.critic / 1e5)).toBe(231)
})

it('feature maps are those of P6', () => {
  const resolutions = [4, 8, 16, 32, 64, 128, 256, 512, 1024]
  expect(resolutions.map(progressiveChannels())).toEqual([512, 512, 512, 512, 256, 128, 64, 32, 16])
  expect(resolutions.map(progressiveChannels(64))).toEqual([64, 64, 64, 64, 64, 64, 64, 32, 16])
})

it('at weight 0 a faded network is the one before it, at weight 1 the one after', () => {
  const [small, between, large] = [
    smallNetworks({ resolution: 8 }),
    smallNetworks({ resolution: 16, fading: true }),
    smallNetworks({ resolution: 16 }),
  ]
  const worst = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!
  const z = formula('z', [4, LATENT])
  const g = progressiveFormula(between.generator, 'generator')
  const made = (alpha: number) => between.generator.apply(g, z, ctx(alpha)).y
  expect(worst(made(0), boxUpsample(small.generator.apply(g, z, ctx(null)).y, 2))).toBe(0)
  expect(worst(made(1), large.generator.apply(g, z, ctx(null)).y)).toBeLessThan(1e-6)

  const x = formula('x', [4, 16, 16, 1])
  const c = progressiveFormula(between.critic, 'critic')
  const judged = (alpha: number) => between.critic.apply(c, x, ctx(alpha)).y
  expect(worst(judged(0), small.critic.apply(c, boxDownsample(x, 2), ctx(null)).y)).toBe(0)
  expect(worst(judged(1), large.critic.apply(c, x, ctx(null)).y)).toBeLessThan(1e-6)
})

it('reals are faded over their own boxes (P7, P8)', () => {
  // boxes of 1, 3, 5, 7 have the mean 4; half of the way from 4
  const film = tf.tensor4d([1, 3, 5, 7], [1, 2, 2, 1])
  expect([...fadeReals(film, 0.5).dataSync()]).toEqual([2.5, 3.5, 4.5, 5.5])
  expect([...fadeReals(film, 0).dataSync()]).toEqual([4, 4, 4, 4])
  expect([...fadeReals(film, 1).dataSync()]).toEqual([1, 3, 5, 7])
})

it('only the direction of a latent counts', () => {
  const { generator } = smallNetworks({ resolution: 8 })
  const g = progressiveFormula(generator, 'generator')
  const z = formula('z', [2, LATENT])
  const [a, b] = [z, tf.mul(z, 7)].map((x) => generator.apply(g, x, ctx(null)).y.dataSync())
  expect(Math.max(...a!.map((v, i) => Math.abs(v - b![i]!)))).toBeLessThan(1e-5)
})

it('a layer starts the same whenever it comes: by its name', () => {
  const of = (resolution: number, fading: boolean): Params =>
    smallNetworks({ resolution, fading }).generator.init(rng('weights'), [])
  const [grown, straight] = [of(8, true), of(16, false)]
  expect(grown['8.conv1.weight']!.dataSync()).toEqual(straight['8.conv1.weight']!.dataSync())
  expect(grown['8.conv1.weight']!.dataSync()).not.toEqual(grown['8.conv0.weight']!.dataSync())
})

it('says what cannot be', () => {
  expect(() => progressiveGenerator({ resolution: 12 })).toThrow('resolution: 12 is no power of two from 4')
  expect(() => progressiveCritic({ resolution: 2 })).toThrow('resolution: 2 is no power of two from 4')
  expect(() => progressiveCritic({ resolution: 4, fading: true })).toThrow('nothing to fade it in over')
  const { critic } = smallNetworks({ resolution: 8, fading: true })
  const params = progressiveFormula(critic, 'critic')
  expect(() => critic.apply(params, tf.zeros([4, 8, 8, 1]), ctx(null))).toThrow('alpha: a network that is being faded')
  expect(() => critic.apply(params, tf.zeros([6, 8, 8, 1]), ctx(1))).toThrow(
    '4.std: 6 films are no whole number of groups of 4',
  )
})
