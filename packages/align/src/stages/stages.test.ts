// All stages on small films in memory. The films are one picture at known poses, so the right answer is known.
import { beforeAll, expect, jest, test } from '@jest/globals'
import {
  boxIou,
  composeTheta,
  cornerDisagreement,
  determinant,
  identityTheta,
  invertTheta,
  resizeArea,
  thetaFrom,
  warpBox,
  warpFilm,
  type Theta,
} from '@radiograft/geometry'
import { toNetworkTensors } from '@radiograft/nn'
import type { BoxRow, Network, TransformRow } from '@radiograft/pipeline'
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
import { chooseReference } from '../chooseReference.ts'
import { randomPose } from '../randomPose.ts'
import { blobFilm } from '../testing/blobFilm.ts'
import { biasFor, constantAligner } from '../testing/constantAligner.ts'
import { run as runAlignFilms } from './alignFilms.run.ts'
import { run as runFitAligner } from './fitAligner.run.ts'
import { alignFilms, fitAligner, measureAgreement, warpFilms, warpMasks } from './index.ts'
import { run as runMeasureAgreement } from './measureAgreement.run.ts'
import { thetaOf, thetaRow } from './thetaRow.ts'
import { run as runRestoreDetections } from './restoreDetections.run.ts'
import { run as runWarpFilms } from './warpFilms.run.ts'

jest.setTimeout(400_000) // a busy machine is no failure

const SIZE = 64
const TRAINING = 16
const ids = filmIds(24)
const poseOf = (i: number): Theta => randomPose(rng('films').fork(i))
const drawn = ids.map((_, i) => blobFilm(SIZE, poseOf(i)))
const pixelsOf = (i: number): Float32Array => drawn[i]!
const films = filmsInMemory(ids, SIZE, (_, i) => pixelsOf(i))
const boxes: BoxRow[] = [3, 7, 20].map((i) => ({
  film: ids[i]!,
  x0: 10 + i,
  y0: 20,
  x1: 24 + i,
  y1: 44,
  label: 'opacity',
}))
/** of a fit that starts from drawn weights */
const anew = { init: undefined, initProvenance: undefined }
const { cohort, split } = cohortTables(ids, { partOf: (i) => (i < TRAINING ? 'train' : 'test') })

let still: Network
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  const params = constantAligner(32, identityTheta)
  const config = { architecture: 'stn-resnet18', size: 32, reference: ids[0]! }
  still = { config, tensors: await toNetworkTensors(params) }
  tf.dispose(params)
})

/** A stored aligner that answers one θ to every film: only its last bias is not that of `still`. */
const storedAligner = (theta: Theta): Network => ({
  ...still,
  tensors: {
    ...still.tensors,
    'head.bias': { shape: [6], data: biasFor(32, theta) },
  },
})

test('fit-aligner recovers a known misalignment of films it has not seen; tensors are given back', async () => {
  const before = tf.memory().numTensors
  const ctx = stageContext()
  const params = defaultsOf(fitAligner, { size: 32, steps: 60, batch: 8, learningRate: 3e-3 })
  const { aligner, curves, provenance } = await runFitAligner({
    params,
    inputs: { films, cohort, split, ...anew },
    ctx,
  })

  // what it says of itself
  const small = ids.slice(0, TRAINING).map((_, i) => resizeArea(pixelsOf(i), SIZE, SIZE, 32, 32))
  const r = await chooseReference(() => small)
  expect(aligner.config).toEqual({ architecture: 'stn-resnet18', size: 32, reference: ids[r] })
  expect(ctx.logs).toEqual([`16 training films; reference ${ids[r]}, the one nearest their mean`])
  expect(ctx.done).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
  expect([...new Set(ctx.metrics)].toSorted()).toEqual([...new Set(curves.map(({ name }) => `aligner.${name}`))])
  expect([...new Set(curves.map(({ name }) => name))]).toEqual([
    'determinant',
    'feature',
    'gradNorm',
    'learningRate',
    'loss',
    'pixel',
  ])
  expect(provenance).toHaveLength(TRAINING)
  expect(provenance[3]).toEqual({ product: 'aligner', film: ids[3], patient: `patient of ${ids[3]}`, role: 'training' })

  // what it does: test film i is the picture at pose i; aligned, it must show the reference's pose
  const run = await runAlignFilms({
    params: defaultsOf(alignFilms),
    inputs: { films, boxes: [], aligner },
    ctx: stageContext(),
  })
  const left = { before: 0, after: 0, inverted: 0 }
  for (const row of run.transforms.slice(TRAINING)) {
    const pose = poseOf(films.indexOf(row.film))
    const theta = thetaOf(row)
    left.before += cornerDisagreement(pose, poseOf(r))
    left.after += cornerDisagreement(composeTheta(pose, theta), poseOf(r))
    left.inverted += cornerDisagreement(composeTheta(pose, invertTheta(theta)), poseOf(r))
    expect(determinant(theta)).toBeGreaterThan(0.7)
    expect(determinant(theta)).toBeLessThan(1.4)
  }
  expect(left.after / left.before).toBeLessThan(0.6)
  expect(left.inverted / left.before).toBeGreaterThan(1.2) // a map in the other direction doubles the error instead

  const { metrics } = await runMeasureAgreement({
    params: defaultsOf(measureAgreement),
    inputs: { films, split, aligner },
    ctx: stageContext(),
  })
  expect(metrics.map(({ metric, n }) => [metric, n])).toEqual([
    ['corner-disagreement-left', 8],
    ['corner-disagreement-before', 8],
    ['determinant', 8],
  ])
  expect(metrics[0]!.value).toBeLessThan(0.6)
  expect(metrics[0]!.low).toBeLessThanOrEqual(metrics[0]!.value)
  expect(metrics[0]!.high).toBeGreaterThanOrEqual(metrics[0]!.value)
  expect(tf.memory().numTensors).toBe(before)
})

test('agreement: the identity leaves all of it, and a view that shrinks says so by its determinant', async () => {
  const measure = async (theta: Theta, given: object = {}) => {
    const params = defaultsOf(measureAgreement, given)
    const inputs = { films, split, aligner: storedAligner(theta) }
    const { metrics } = await runMeasureAgreement({ params, inputs, ctx: stageContext() })
    return metrics.map(({ value }) => value)
  }
  const [left, before, det] = await measure(identityTheta)
  expect([left, det]).toEqual([1, 1])
  expect(before).toBeGreaterThan(0.05) // poses of ±10°, ±10 %, ±5 % are about a tenth of a film apart
  expect(before).toBeLessThan(0.2)
  const [shrunk, , small] = await measure(thetaFrom({ scale: 0.6 }), { films: 3 })
  expect(shrunk).toBeLessThan(0.9)
  expect(small).toBeCloseTo(0.36, 6)
})

test('align-films: pixels, boxes and maps by a known θ; what leaves the film is dropped and counted', async () => {
  const theta = thetaFrom({ scale: 1.1, angle: 0.1, tx: 0.4, ty: -0.05 })
  const before = tf.memory().numTensors
  const ctx = stageContext()
  const far: BoxRow = { film: ids[1]!, x0: 0, y0: 20, x1: 4, y1: 30, label: 'opacity' }
  const given = [...boxes, far]
  const out = await runAlignFilms({
    params: defaultsOf(alignFilms),
    inputs: { films, boxes: given, aligner: storedAligner(theta) },
    ctx,
  })
  expect(out.transforms).toHaveLength(ids.length)
  thetaOf(out.transforms[5]!).forEach((v, i) => expect(v).toBeCloseTo(theta[i]!, 6))
  const aligned = await collectFilms(out.films)
  expect(aligned.map(({ id }) => id)).toEqual(ids)
  const own = thetaOf(out.transforms[5]!)
  expect(aligned[5]!.pixels).toEqual(warpFilm(pixelsOf(5), SIZE, SIZE, own, 'border'))
  expect(out.boxes).toHaveLength(boxes.length)
  expect(ctx.warnings).toEqual(['1 of 4 boxes lie wholly beyond their aligned films: dropped'])
  out.boxes.forEach(({ film, label, x0, y0, x1, y1 }, i) => {
    const source = boxes[i]!
    expect([film, label]).toEqual([source.film, 'opacity'])
    const expected = warpBox([source.x0, source.y0, source.x1, source.y1], own, SIZE, SIZE)
    ;[x0, y0, x1, y1].forEach((v, k) => expect(v).toBeCloseTo(Math.min(Math.max(expected[k]!, 0), SIZE), 9))
  })
  expect(tf.memory().numTensors).toBe(before)

  // the way back: detections on the aligned boxes come home
  const detections = out.boxes.map(({ film, x0, y0, x1, y1 }) => ({ film, x0, y0, x1, y1, score: 0.5 }))
  const restored = await runRestoreDetections({
    params: {},
    inputs: { films, detections, transforms: out.transforms },
    ctx: stageContext(),
  })
  restored.detections.forEach(({ film, x0, y0, x1, y1, score }, i) => {
    const source = boxes[i]!
    expect([film, score]).toEqual([source.film, 0.5])
    expect(boxIou([x0, y0, x1, y1], [source.x0, source.y0, source.x1, source.y1])).toBeGreaterThan(0.75)
  })

  // twins and masks follow by the maps alone
  const twins = await runWarpFilms({
    params: defaultsOf(warpFilms),
    inputs: { films, transforms: out.transforms },
    ctx: stageContext(),
  })
  expect((await collectFilms(twins.films))[5]).toEqual(aligned[5])
  const masks = await runWarpFilms({
    params: defaultsOf(warpMasks),
    inputs: { films, transforms: out.transforms },
    ctx: stageContext(),
  })
  expect((await collectFilms(masks.films))[5]!.pixels).toEqual(warpFilm(pixelsOf(5), SIZE, SIZE, own, 'zeros'))
})

test('zeros instead of the border, where asked for', async () => {
  const transforms = ids.map((id) => thetaRow(id, [1, 0, 2, 0, 1, 0])) // a whole film to the right
  const warped = async (padding: string): Promise<Float32Array> => {
    const out = await runWarpFilms({
      params: defaultsOf(warpFilms, { padding }),
      inputs: { films, transforms },
      ctx: stageContext(),
    })
    return (await collectFilms(out.films))[0]!.pixels
  }
  const edge = pixelsOf(0)[SIZE - 1]!
  expect((await warped('border')).slice(0, SIZE)).toEqual(new Float32Array(SIZE).fill(edge))
  expect((await warped('zeros'))[1]).toBe(0)
})

test('films and detections without a map, boxes without a film, other networks and empty parts are named', async () => {
  const transforms: TransformRow[] = ids.slice(1).map((id) => thetaRow(id, identityTheta))
  const out = await runWarpFilms({ params: defaultsOf(warpFilms), inputs: { films, transforms }, ctx: stageContext() })
  await expect(collectFilms(out.films)).rejects.toThrow(
    'film-00: this film has no map: wire the maps of the same films',
  )
  const detections = [{ film: ids[0]!, x0: 0, y0: 0, x1: 9, y1: 9, score: 1 }]
  expect(() =>
    runRestoreDetections({ params: {}, inputs: { films, detections, transforms }, ctx: stageContext() }),
  ).toThrow('film-00: this film has detections but no map: wire the maps of the same films')
  const aligner = storedAligner(identityTheta)
  const stray = [{ ...boxes[0]!, film: 'stranger' }]
  const params = defaultsOf(alignFilms)
  await expect(
    runAlignFilms({ params, inputs: { films, boxes: stray, aligner }, ctx: stageContext() }),
  ).rejects.toThrow('stranger: there is a box of this film, but no film: wire films and boxes of one reader')
  const other = { config: { architecture: 'cyclegan' }, tensors: {} }
  await expect(
    runAlignFilms({ params, inputs: { films, boxes, aligner: other }, ctx: stageContext() }),
  ).rejects.toThrow('wire the output of fit-aligner')
  await expect(
    runFitAligner({
      params: defaultsOf(fitAligner),
      inputs: { films, cohort, split: [], ...anew },
      ctx: stageContext(),
    }),
  ).rejects.toThrow('fit-aligner: the training part of the split has no film')
  await expect(
    runMeasureAgreement({
      params: defaultsOf(measureAgreement),
      inputs: { films, aligner, split: split.slice(0, TRAINING) },
      ctx: stageContext(),
    }),
  ).rejects.toThrow('measure-agreement: the test part of the split has no film')
})

test('a detection that lies wholly beyond its source film is dropped', async () => {
  const transforms = ids.map((id) => thetaRow(id, [1, 0, 0.5, 0, 1, 0])) // 16 pixels to the right
  const at = (x0: number) => ({ film: ids[0]!, x0, y0: 10, x1: x0 + 10, y1: 20, score: 0.9 })
  const detections = [at(10), at(44), at(50)]
  const out = await runRestoreDetections({ params: {}, inputs: { films, detections, transforms }, ctx: stageContext() })
  expect(out.detections.map(({ x0, x1 }) => [x0, x1].map(Math.round))).toEqual([
    [26, 36],
    [60, 64],
  ])
})

test('cancelling stops before the films are read', async () => {
  const controller = new AbortController()
  controller.abort(new Error('stopped by hand'))
  const ctx = stageContext({ signal: controller.signal })
  await expect(
    runFitAligner({ params: defaultsOf(fitAligner), inputs: { films, cohort, split, ...anew }, ctx }),
  ).rejects.toThrow('stopped by hand')
  const before = tf.memory().numTensors
  const aligner = storedAligner(identityTheta)
  const params = defaultsOf(alignFilms)
  await expect(runAlignFilms({ params, inputs: { films, boxes, aligner }, ctx })).rejects.toThrow('stopped by hand')
  expect(tf.memory().numTensors).toBe(before)
})
