import { expect, test } from '@jest/globals'
import type {
  BoxRow,
  Film,
  Films,
  LabelRow,
  Params,
  ParamValues,
  Part,
  SplitRow,
  StageContext,
} from '@radiograft/pipeline'
import { paramsSchema } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { Schema } from 'effect'
import { boxPrior, brightness, detect, fitDetector } from './index.ts'
import { run as runBoxPrior } from './boxPrior.run.ts'
import { run as runBrightness } from './brightness.run.ts'
import { run as runDetect } from './detect.run.ts'
import { run as runFitDetector } from './fitDetector.run.ts'

const SIZE = 32
const ids = Array.from({ length: 12 }, (_, i) => `film-${String(i).padStart(2, '0')}`)
const having = (i: number): boolean => i % 3 === 0
const partOf = (i: number): Part => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test')

const inMemory = (size: number, pixelsOf: (i: number) => Float32Array): Films => ({
  size: ids.length,
  ids,
  height: size,
  width: size,
  indexOf: (id) => ids.indexOf(id),
  rows: async (indices) => indices.map(pixelsOf),
  async *stream(): AsyncIterable<Film> {
    for (const [i, id] of ids.entries()) yield { id, pixels: pixelsOf(i) }
  },
})
const films = inMemory(SIZE, (i) => rng(ids[i]!).uniforms(SIZE * SIZE))
const residuals = inMemory(16, (i) => rng(`residual ${i}`).uniforms(16 * 16))
const boxes: BoxRow[] = ids.flatMap((film, i) =>
  having(i) ? [{ film, x0: 3 + i, y0: 8, x1: 15 + i, y1: 24, label: 'opacity' }] : [],
)
const labels: LabelRow[] = ids.map((film, i) => ({
  film,
  class: having(i) ? 'Lung Opacity' : 'Normal',
  target: having(i) ? 1 : 0,
}))
const cohort = ids.map((film) => ({
  film,
  patient: `patient of ${film}`,
  patientKnown: true,
  view: 'PA',
  sex: 'F',
  age: 50,
}))
const split: SplitRow[] = cohort.map(({ film, patient }, i) => ({
  film,
  patient,
  part: partOf(i),
  unit: 'patient',
  sealed: false,
}))

const context = (): StageContext & { readonly done: number[]; readonly metrics: string[] } => {
  const done: number[] = []
  const metrics: string[] = []
  return {
    seed: 5,
    threads: 2,
    precision: 'fp32',
    signal: new AbortController().signal,
    scratch: '',
    progress: (step) => done.push(step),
    metric: (name) => metrics.push(name),
    log: () => {},
    done,
    metrics,
  }
}
const defaultsOf = <P extends Params>(stage: { readonly params: P }, given: object = {}): ParamValues<P> =>
  Schema.decodeUnknownSync(paramsSchema(stage.params))(given) as ParamValues<P>

test('the box prior covers validation and test, not training, and says what it has seen', async () => {
  const { detections, provenance } = await runBoxPrior({
    params: defaultsOf(boxPrior),
    inputs: { films, boxes, labels, cohort, split },
    ctx: context(),
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
    ctx: context(),
  })
  for (const { film, score } of detections) {
    expect(film >= 'film-06').toBe(true)
    expect(score > 0 && score <= 1).toBe(true)
  }
})

test('fit, then detect, with attention: through a stored network; all tensors are given back', async () => {
  await loadRuntime({ threads: 2 })
  const before = tf.memory().numTensors
  const ctx = context()
  const fit = defaultsOf(fitDetector, { steps: 2, batch: 4, headChannels: 8 })
  const inputs = { films, boxes, labels, cohort, split, attention: residuals }
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
  const found = await runDetect({ params, inputs: { films, detector, split, attention: residuals }, ctx: context() })
  expect(found.detections).toHaveLength(12)
  expect(found.detections.every(({ x0, y0, x1, y1 }) => x0 >= 0 && y0 >= 0 && x1 <= SIZE && y1 <= SIZE)).toBe(true)
  expect(tf.memory().numTensors).toBe(before)

  const without = { films, detector, split, attention: undefined }
  await expect(runDetect({ params: defaultsOf(detect), inputs: without, ctx: context() })).rejects.toThrow(
    'wire those of these films',
  )
}, 60_000)

test('another kind of network is refused', async () => {
  const inputs = { films, detector: { config: { architecture: 'cyclegan' }, tensors: {} }, split, attention: undefined }
  await expect(runDetect({ params: defaultsOf(detect), inputs, ctx: context() })).rejects.toThrow(
    'wire the output of fit-detector',
  )
})
