import { expect, test } from '@jest/globals'
import type { BoxRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { boxPrior, brightness, detect, fitDetector } from './index.ts'
import { run as runBoxPrior } from './boxPrior.run.ts'
import { run as runBrightness } from './brightness.run.ts'
import { run as runDetect } from './detect.run.ts'
import { run as runFitDetector } from './fitDetector.run.ts'

const SIZE = 32
/** of a fit from drawn weights on real films alone */
const plain = {
  extraFilms: undefined,
  extraBoxes: undefined,
  extraLabels: undefined,
  extraSplit: undefined,
  extraAttention: undefined,
  extraProvenance: [],
  init: undefined,
  initProvenance: undefined,
}
const ids = filmIds(12)
const having = (i: number): boolean => i % 3 === 0
const films = filmsInMemory(ids, SIZE, (id) => rng(id).uniforms(SIZE * SIZE))
const residuals = filmsInMemory(ids, 16, (_, i) => rng(`residual ${i}`).uniforms(16 * 16))
const boxes: BoxRow[] = ids.flatMap((film, i) =>
  having(i) ? [{ film, x0: 3 + i, y0: 8, x1: 15 + i, y1: 24, label: 'opacity' }] : [],
)
const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test'),
  having,
})

test('the box prior covers validation and test, not training, and says what it has seen', async () => {
  const { detections, provenance } = await runBoxPrior({
    params: defaultsOf(boxPrior),
    inputs: { films, boxes, labels, cohort, split },
    ctx: stageContext(),
  })
  // training boxes begin at x 3 and 6; both lie in the left half; two of six films have one
  expect(detections).toHaveLength(6)
  expect(detections[0]).toEqual({ film: 'film-06', x0: 4.5, y0: 8, x1: 16.5, y1: 24, score: 1 / 3 })
  expect(provenance).toHaveLength(6)
  expect(provenance[0]).toEqual({
    product: 'box-prior',
    film: 'film-00',
    patient: 'patient of film-00',
    role: 'training',
  })
})

test('brightness searches validation and test', async () => {
  const { detections } = await runBrightness({
    params: defaultsOf(brightness),
    inputs: { films, split },
    ctx: stageContext(),
  })
  for (const { film, score } of detections) {
    expect(film >= 'film-06').toBe(true)
    expect(score > 0 && score <= 1).toBe(true)
  }
})

test('fit, then detect, with attention: through a stored network; all tensors are given back', async () => {
  await loadRuntime({ threads: 2 })
  const before = tf.memory().numTensors
  const ctx = stageContext()
  const fit = defaultsOf(fitDetector, { steps: 2, batch: 4, headChannels: 8 })
  const inputs = {
    films,
    boxes,
    labels,
    cohort,
    split,
    attention: residuals,
    ...plain,
  }
  const { detector, curves, provenance } = await runFitDetector({ params: fit, inputs, ctx })
  expect(ctx.done).toEqual([1, 2])
  expect([...new Set(curves.map(({ name }) => name))]).toEqual([
    'classification',
    'global',
    'gradNorm',
    'learningRate',
    'loss',
    'regression',
  ])
  expect(provenance.map(({ film }) => film)).toEqual(ids.slice(0, 6))
  expect(detector.config).toMatchObject({ classNames: ['Lung Opacity', 'Normal'], positiveClasses: [0], height: SIZE })
  expect(JSON.parse(JSON.stringify(detector.config))).toEqual(detector.config)

  const params = defaultsOf(detect, { scoreFloor: 0, maxPerFilm: 2, batch: 4 })
  const found = await runDetect({
    params,
    inputs: { films, detector, split, attention: residuals },
    ctx: stageContext(),
  })
  expect(found.detections).toHaveLength(12)
  expect(found.detections.every(({ x0, y0, x1, y1 }) => x0 >= 0 && y0 >= 0 && x1 <= SIZE && y1 <= SIZE)).toBe(true)
  expect(tf.memory().numTensors).toBe(before)

  const without = { films, detector, split, attention: undefined }
  await expect(runDetect({ params: defaultsOf(detect), inputs: without, ctx: stageContext() })).rejects.toThrow(
    'wire those of these films',
  )
}, 180_000)

test('synthetic films are trained on beside the real ones, with boxes, maps and provenance of their own', async () => {
  await loadRuntime({ threads: 2 })
  const made = ['film-01+film-00', 'film-02+film-03', 'film-09+film-03'] // the last is none of the training part
  const extraFilms = filmsInMemory(made, SIZE, (id) => rng(id).uniforms(SIZE * SIZE))
  const extraAttention = filmsInMemory(made, 16, (id) => rng(`residual ${id}`).uniforms(16 * 16))
  const donor = { product: 'pseudo-abnormal', film: 'film-03', patient: 'patient of film-03', role: 'donor' } as const
  const real = filmsInMemory(ids, SIZE, (id) => rng(id).uniforms(SIZE * SIZE))
  const ctx = stageContext()
  const inputs = {
    ...plain,
    films: real,
    boxes,
    labels,
    cohort,
    split,
    attention: residuals,
    extraFilms,
    extraAttention,
    extraBoxes: made.map((film) => ({ ...boxes[0]!, film })),
    extraLabels: made.map((film) => ({ film, class: 'Lung Opacity', target: 1 })),
    extraSplit: made.map((film, i) => ({
      film,
      patient: `patient of ${film.slice(0, 7)}`,
      unit: 'patient' as const,
      sealed: false,
      part: i === 2 ? ('test' as const) : ('train' as const),
    })),
    extraProvenance: [[donor]],
  }
  const params = defaultsOf(fitDetector, { steps: 6, batch: 4, headChannels: 8 })
  const { provenance } = await runFitDetector({ params, inputs, ctx })
  expect([...extraFilms.seen].toSorted()).toEqual(made.slice(0, 2))
  expect([...extraAttention.seen].toSorted()).toEqual(made.slice(0, 2))
  expect([...real.seen].toSorted()).toEqual(ids.slice(0, 6))
  expect(ctx.logs.join()).toContain('6 (2 with boxes) and 2 (2 with boxes) synthetic')
  expect(provenance.map(({ film }) => film).toSorted()).toEqual(
    [...ids.slice(0, 6), ...made.slice(0, 2), 'film-03'].toSorted(),
  )
  expect(provenance).toContainEqual(donor)

  const fit = async (given: object) => runFitDetector({ params, inputs: { ...inputs, ...given }, ctx: stageContext() })
  await expect(fit({ extraSplit: undefined })).rejects.toThrow('together, or none')
  const small = filmsInMemory(made, 16, (id) => rng(id).uniforms(16 * 16))
  await expect(fit({ extraFilms: small })).rejects.toThrow('are 16 x 16, the real ones 32 x 32')
  await expect(fit({ extraFilms: real })).rejects.toThrow('ids of their own')
  await expect(fit({ extraAttention: undefined })).rejects.toThrow('wire those of these films')
}, 180_000)

test('another kind of network is refused', async () => {
  const inputs = { films, detector: { config: { architecture: 'cyclegan' }, tensors: {} }, split, attention: undefined }
  await expect(runDetect({ params: defaultsOf(detect), inputs, ctx: stageContext() })).rejects.toThrow(
    'wire the output of fit-detector',
  )
})
