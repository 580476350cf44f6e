// The four stages end to end on small films in memory, and what they refuse.
import { beforeAll, expect, test } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { assertUnseen, type Films, type FilmsOut } from '@radiograft/pipeline'
import {
  cohortTables,
  collectFilms,
  defaultsOf,
  filmIds,
  filmsInMemory,
  stageContext,
} from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { run as runFitAbnormalToNormal } from './fitAbnormalToNormal.run.ts'
import { run as runFitRealistic } from './fitRealistic.run.ts'
import { run as runGenerate } from './generate.run.ts'
import { fitAbnormalToNormal, fitRealistic, generate } from './index.ts'
import { run as runResidual } from './residual.run.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const SIDE = 48 // of the films; the networks see 32
const ids = filmIds(12)
const drawn = (name: string, side: number, which: ReadonlyArray<string>) =>
  filmsInMemory(which, side, (id) => rng(`${name} ${id}`).uniforms(side * side))
const collect = async (out: FilmsOut): Promise<Films> => {
  const all = await collectFilms(out)
  return filmsInMemory(
    all.map(({ id }) => id),
    out.height,
    (_, i) => all[i]!.pixels,
  )
}

const having = ids.filter((_, i) => i % 3 === 0) // films 0, 3 for training, 6 for validation, 9 for test
const who = cohortTables(ids, {
  partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test'),
  having: (i) => i % 3 === 0,
  classOf: (i) => ['Lung Opacity', 'Normal', 'No Lung Opacity / Not Normal'][i % 3]!,
})
const { labels, split } = who
/** of a fit that starts from drawn weights */
const anew = { blendedSplit: undefined, init: undefined, initProvenance: undefined }

const tiny = { size: 32, filters: 2, blocks: 1, batch: 2 }

test('fit, generate, fit again, residual: on training films alone, at the generator’s size, giving back all tensors', async () => {
  const before = tf.memory().numTensors
  const films = drawn('film', SIDE, ids)
  const blended = drawn('blended', SIDE, having)
  const ctx = stageContext()
  const params = defaultsOf(fitRealistic, { ...tiny, steps: 20 })
  const realistic = await runFitRealistic({ params, inputs: { films, blended, ...who, ...anew }, ctx })
  expect([...blended.seen].toSorted()).toEqual(['film-00', 'film-03'])
  expect([...films.seen].toSorted()).toEqual(['film-01', 'film-04']) // the normal ones
  expect(ctx.done).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(ctx.metrics).toContain('realistic-generator.discriminator')
  expect(realistic.curves.map(({ name, step }) => `${name} ${step}`)).toEqual(
    ['adversarial', 'discriminator', 'discriminatorGradNorm', 'gradNorm', 'identity', 'l1', 'loss'].map(
      (name) => `${name} 20`,
    ),
  )
  expect(realistic.provenance).toEqual(
    ['film-00', 'film-01', 'film-03', 'film-04'].map((film) => ({
      product: 'realistic-generator',
      film,
      patient: `patient of ${film}`,
      role: 'training',
    })),
  )
  expect(() => assertUnseen([realistic.provenance], split.slice(6))).not.toThrow()
  expect(JSON.parse(JSON.stringify(realistic.generator.config))).toEqual({
    architecture: 'cyclegan-generator',
    size: 32,
    network: { filters: 2, blocks: 1, skip: true },
  })

  const out = await runGenerate({
    params: defaultsOf(generate),
    inputs: { films: blended, generator: realistic.generator },
    ctx: stageContext(),
  })
  expect(out.films).toMatchObject({ height: 32, width: 32, storage: 'uint16' })
  const pseudoNormals = await collect(out.films)
  expect(pseudoNormals.ids).toEqual(having)

  const again = drawn('film', SIDE, ids)
  const inputs = { films: again, pseudoNormals, ...who, ...anew }
  const abnormal = await runFitAbnormalToNormal({
    params: defaultsOf(fitAbnormalToNormal, { ...tiny, steps: 2 }),
    inputs,
    ctx: stageContext(),
  })
  expect([...again.seen].toSorted()).toEqual(['film-00', 'film-01', 'film-03', 'film-04'])
  expect(abnormal.provenance.map(({ product, film }) => `${product} ${film}`)).toEqual(
    ['film-00', 'film-01', 'film-03', 'film-04'].map((film) => `abnormal-to-normal-generator ${film}`),
  )

  const { generator } = abnormal
  const following = stageContext()
  const generated = await collect(
    (await runGenerate({ params: defaultsOf(generate), inputs: { films, generator }, ctx: following })).films,
  )
  expect(following.done).toEqual([8, 12])
  const residuals = await collect(
    (await runResidual({ params: {}, inputs: { films, generated }, ctx: stageContext() })).residuals,
  )
  expect(residuals.ids).toEqual(ids)
  const [residual, output, source] = await Promise.all([residuals, generated, films].map((from) => from.rows([11])))
  const seen = resizeArea(source![0]!, SIDE, SIDE, 32, 32)
  seen.forEach((x, i) => expect(residual![0]![i]).toBeCloseTo(Math.abs(x - output![0]![i]!), 5))
  expect(Math.max(...residual![0]!)).toBeGreaterThan(1e-5) // two steps have moved it
  expect(tf.memory().numTensors).toBe(before)
}, 120_000)

test('before its first step a generator with a skip copies: eq 2 starts at L1 0, eq 3 at |film − pseudo-normal|', async () => {
  const films = drawn('film', 32, ids)
  const other = drawn('pseudo-normal', 32, having)
  const first = async (run: typeof runFitRealistic): Promise<number> => {
    const params = defaultsOf(fitRealistic, { ...tiny, steps: 1 })
    const inputs = { films, blended: other, pseudoNormals: other, ...who, ...anew }
    const { curves } = await run({ params, inputs, ctx: stageContext() })
    return curves.find(({ name }) => name === 'l1')!.value
  }
  expect(await first(runFitRealistic)).toBe(0)
  // a batch of two has both training films; in [−1, 1] differences are twice those in [0, 1]
  const [x, t] = await Promise.all([films, other].map((from) => from.rows(['film-00', 'film-03'].map(from.indexOf))))
  const distance = x!.flatMap((film, n) => Array.from(film, (v, i) => 2 * Math.abs(v - t![n]![i]!)))
  expect(await first(runFitAbnormalToNormal as unknown as typeof runFitRealistic)).toBeCloseTo(
    distance.reduce((sum, v) => sum + v, 0) / distance.length,
    5,
  )
}, 60_000)

test('equal seeds give equal generators, another seed another one', async () => {
  const weights = async (seed: number): Promise<Float32Array> => {
    const inputs = { films: drawn('film', 32, ids), blended: drawn('blended', 32, having), ...who, ...anew }
    const params = defaultsOf(fitRealistic, { ...tiny, steps: 2 })
    const { generator } = await runFitRealistic({ params, inputs, ctx: stageContext({ seed }) })
    return generator.tensors['stem.weight']!.data
  }
  const [a, b, c] = [await weights(1), await weights(1), await weights(2)]
  expect(b).toEqual(a)
  expect(c).not.toEqual(a)
}, 60_000)

test('the defaults: printed loss and rate, pix2pix’s weight of L1, no identity term', () => {
  const { learningRate, ganLoss, l1Weight, identityWeight, skip, size } = defaultsOf(fitRealistic)
  expect({ learningRate, ganLoss, l1Weight, identityWeight, skip, size }).toEqual({
    learningRate: 2e-4,
    ganLoss: 'printed',
    l1Weight: 100,
    identityWeight: 0,
    skip: true,
    size: 64,
  })
  expect(() => defaultsOf(fitRealistic, { size: 36 })).toThrow('multiple of 8')
})

test('pseudo-abnormals: inputs have ids and a split of their own, reals are the positives of the training part', async () => {
  const films = drawn('film', 32, ids)
  const made = ['film-01+film-00', 'film-04+film-03']
  const blended = drawn('blended', 32, made)
  const blendedSplit = made.map((film) => ({ ...split[1]!, film, patient: `patient of ${film.slice(0, 7)}` }))
  const params = defaultsOf(fitRealistic, { ...tiny, steps: 3, reals: 'abnormal' })
  const inputs = { films, blended, ...who, ...anew, blendedSplit }
  const { provenance, discriminator } = await runFitRealistic({ params, inputs, ctx: stageContext() })
  expect([...films.seen].toSorted()).toEqual(['film-00', 'film-03']) // 6 and 9 are not for training
  expect([...blended.seen].toSorted()).toEqual(made)
  expect(provenance.map(({ product, film, patient }) => [product, film, patient])).toEqual(
    [...films.seen, ...made]
      .toSorted()
      .map((film) => ['realistic-abnormal-generator', film, `patient of ${film.slice(0, 7)}`]),
  )
  expect(discriminator.config).toEqual({ architecture: 'patchgan', network: { filters: 2 } })
  expect(Object.keys(discriminator.tensors).length).toBeGreaterThan(4)
  const none = { ...inputs, labels: labels.map((row) => ({ ...row, target: 0 })) }
  await expect(runFitRealistic({ params, inputs: none, ctx: stageContext() })).rejects.toThrow('no positive film')
}, 60_000)

test.each([
  ['no graft in the training part', { blended: drawn('blended', 32, having.slice(2)) }, 'graft training films'],
  ['no normal film', { labels: labels.filter((row) => row.class !== 'Normal') }, 'there are Lung Opacity, No Lung'],
])('%s is an error that says how to recover', async (_, given, message) => {
  const inputs = { films: drawn('film', 32, ids), blended: drawn('blended', 32, having), ...who, ...anew, ...given }
  const fit = runFitRealistic({ params: defaultsOf(fitRealistic, tiny), inputs, ctx: stageContext() })
  await expect(fit).rejects.toMatchObject({ _tag: 'GanModelsError', message: expect.stringContaining(message) })
})

test('at the films’ size: a film and the change that the generator makes, bilinear; detail stays', async () => {
  const films = drawn('film', 64, ids)
  const { generator } = await runFitRealistic({
    params: defaultsOf(fitRealistic, { ...tiny, steps: 10 }),
    inputs: { films, blended: drawn('blended', 64, having), ...who, ...anew },
    ctx: stageContext(),
  })
  const made = async (size: 'generator' | 'film') =>
    collect((await runGenerate({ params: { size }, inputs: { films, generator }, ctx: stageContext() })).films)
  const [small, large] = [await made('generator'), await made('film')]
  expect([small.height, large.height]).toEqual([32, 64])
  const [film, low, high] = await Promise.all([films, small, large].map((from) => from.rows([4])))
  const seen = resizeArea(film![0]!, 64, 64, 32, 32)
  const change = resizeArea(
    low![0]!.map((v, i) => v - seen[i]!),
    32,
    32,
    64,
    64,
  )
  expect(Math.max(...change.map(Math.abs))).toBeGreaterThan(1e-4)
  high![0]!.forEach((v, i) => expect(v).toBeCloseTo(Math.min(1, Math.max(0, film![0]![i]! + change[i]!)), 4))
}, 120_000)

test('another kind of network is refused', async () => {
  const inputs = { films: drawn('film', 32, ids), generator: { config: { architecture: 'retinanet' }, tensors: {} } }
  await expect(async () => runGenerate({ params: defaultsOf(generate), inputs, ctx: stageContext() })).rejects.toThrow(
    'wire the output of',
  )
})
