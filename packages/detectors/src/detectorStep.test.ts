import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { boxIou } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { adamKnobs } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { pyramidLevels } from './anchors.ts'
import { batchAssembler } from './batchAssembler.ts'
import type { BatchArrays, TrainingFilm } from './batchAssembler.ts'
import { augmentation } from './augmentFilm.ts'
import { detector } from './detector.ts'
import type { DetectorBatch, DetectorState } from './detectorStep.ts'
import { detectorParams, detectorState, detectorStep } from './detectorStep.ts'
import { retinaNet } from './network/retinaNet.ts'

const SIZE = 64
const levels = pyramidLevels()
const shape = { height: SIZE, width: SIZE, classes: 2, levels }
const net = retinaNet({ classes: 2, headChannels: 16 })
const assemble = batchAssembler(shape, { seed: 1, augment: augmentation(0) })

/** A dark film with a bright square in each box. */
const filmWith = (id: string, boxes: ReadonlyArray<Box>): TrainingFilm => {
  const noise = rng(id).uniforms(SIZE * SIZE)
  const bright = (i: number): boolean =>
    boxes.some(([x0, y0, x1, y1]) => {
      const [x, y] = [(i % SIZE) + 0.5, Math.floor(i / SIZE) + 0.5]
      return x > x0 && x < x1 && y > y0 && y < y1
    })
  const pixels = noise.map((v, i) => 0.2 + 0.1 * v + (bright(i) ? 0.5 : 0))
  return { id, pixels, boxes, class: boxes.length > 0 ? 1 : 0 }
}
const positive = filmWith('positive', [[12, 20, 34, 46]])
const negative = filmWith('negative', [])

const tensorsOf = (arrays: BatchArrays, films: number): Partial<DetectorBatch> => ({
  films: tf.tensor4d(arrays.films, [films, SIZE, SIZE, 1]),
  labels: tf.tensor2d(arrays.labels, [films, arrays.labels.length / films]),
  deltas: tf.tensor3d(arrays.deltas, [films, arrays.labels.length / films, 4]),
  classes: tf.tensor2d(arrays.classes, [films, 2]),
})

jest.setTimeout(60_000) // a busy machine is no failure

let params: Params
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  params = net.init(rng('weights'), [SIZE, SIZE, 1])
})
afterAll(() => tf.dispose(params))

const start = (): DetectorState =>
  tf.tidy(() => detectorState(Object.fromEntries(Object.entries(params).map(([k, v]) => [k, v.clone()]))))

test('before training every anchor says .01; one output an anchor', async () => {
  const found = detector(net, { ...shape, positiveClasses: [1], batch: 2 })
  const [output] = await found.outputs(params, [positive])
  expect(output!.scores).toHaveLength(found.anchors.length / 4)
  expect(output!.deltas).toHaveLength(found.anchors.length)
  const mean = output!.scores.reduce((s, v) => s + v, 0) / output!.scores.length
  expect(mean).toBeGreaterThan(0.003)
  expect(mean).toBeLessThan(0.03)
  found.dispose()
})

test('a batch of films without boxes has a loss above 0 and changes the class head (row G17-2)', () => {
  const step = detectorStep(net, { seed: 1 })
  const batch = tensorsOf(assemble([negative, filmWith('other', [])], 0), 2)
  const state = start()
  const run = compileStep(step, { eager: true })
  const { state: next, logs } = run(state, batch, adamKnobs(1, 1e-3))
  expect(logs.classification).toBeGreaterThan(0)
  expect(logs.regression).toBe(0)
  expect(logs.loss).toBeCloseTo(logs.classification + 0.1 * logs.global, 4)
  const moved = tf.tidy(() => {
    const name = 'net.class.output.bias'
    return tf.max(tf.abs(tf.sub(next[name]!, state[name]!))).dataSync()[0]!
  })
  expect(moved).toBeGreaterThan(1e-4)
  tf.dispose([batch, state, next])
})

test('compiled equals eager: state and logs after two steps', () => {
  const batch = tensorsOf(assemble([positive, negative], 0), 2)
  const twoSteps = (eager: boolean): { state: DetectorState; loss: number } => {
    const run = compileStep(detectorStep(net, { seed: 3 }), { eager })
    const first = start()
    const one = run(first, batch, adamKnobs(1, 1e-3))
    const two = run(one.state, batch, adamKnobs(2, 1e-3))
    tf.dispose([first, one.state])
    run.dispose()
    return { state: two.state, loss: two.logs.loss }
  }
  const [a, b] = [twoSteps(true), twoSteps(false)]
  expect(b.loss).toBeCloseTo(a.loss, 5)
  expect(Object.keys(a.state).toSorted((x, y) => (x < y ? -1 : 1))).toEqual(
    Object.keys(b.state).toSorted((x, y) => (x < y ? -1 : 1)),
  )
  const worst = tf.tidy(() =>
    Math.max(
      ...Object.keys(a.state).map((name) => tf.max(tf.abs(tf.sub(a.state[name]!, b.state[name]!))).dataSync()[0]!),
    ),
  )
  expect(worst).toBeLessThan(1e-4)
  expect(a.state['step']!.dataSync()[0]).toBe(2)
  tf.dispose([batch, a.state, b.state])
})

test('learns one positive and one negative film by heart, without holding on to tensors', async () => {
  const run = compileStep(detectorStep(net, { seed: 1 }))
  const batch = tensorsOf(assemble([positive, negative], 0), 2)
  let state = start()
  const held: number[] = []
  for (let s = 0; s < 60; s++) {
    // the last steps are small, so that running statistics catch up with the weights
    const { state: next } = run(state, batch, adamKnobs(s + 1, s < 40 ? 1e-3 : 1e-4))
    tf.dispose(state)
    state = next
    held.push(tf.memory().numTensors)
  }
  expect(new Set(held.slice(2)).size).toBe(1)
  const found = detector(net, { ...shape, positiveClasses: [1], batch: 2 })
  const [onPositive, onNegative] = await found.detect(detectorParams(state), [positive, negative], {
    scoreFloor: 0.3,
    score: 'box',
  })
  expect(onPositive!.length).toBeGreaterThan(0)
  expect(boxIou(onPositive![0]!.box, positive.boxes[0]!)).toBeGreaterThan(0.7)
  expect(onNegative).toEqual([])
  const before = tf.memory().numTensors
  await found.outputs(detectorParams(state), [positive, negative, negative])
  expect(tf.memory().numTensors).toBe(before)
  await expect(found.outputs(detectorParams(state), [{ pixels: new Float32Array(4) }])).rejects.toThrow('has 4 pixels')
  tf.dispose([batch, state])
  found.dispose()
  run.dispose()
})
