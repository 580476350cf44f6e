import { beforeAll, expect, it } from '@jest/globals'
import type { SignedPixels } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { comparedPixels, coverage } from '../progressive/coverage.ts'
import { fadeReals } from '../progressive/fade.ts'
import { growthAt, growthSchedule } from '../progressive/growthSchedule.ts'
import { comparedFilms, coverageCheck } from './coverageCheck.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const named = (name: string, length: number) => Array.from({ length }, (_, i) => `${name} ${i}`)
const draw = (id: string, side: number) =>
  Float32Array.from(
    rng(id)
      .fork(side)
      .uniforms(side ** 2),
  ) as SignedPixels
const options = { seed: 3, count: 12, latent: 2, atOnce: 5 }
const films = (asked: string[] = []) => ({
  ids: named('training', 14),
  validation: named('validation', 12),
  read: (side: number) => async (ids: ReadonlyArray<string>) => {
    asked.push(...ids.map((id) => `${id} at ${side}`))
    return ids.map((id) => draw(id, side))
  },
})
const schedule = growthSchedule({ to: 32, fadeImages: 4, stableImages: 4, batch: () => 1 })
/** 4² from step 0, 8² from 4 and whole from 8, 16² from 12 and 16, 32² from 20 and 24 */
const at = (step: number) => growthAt(schedule, step)
/** Makes these films in turn, whatever the latents. */
const making = (made: tf.Tensor4D, batches: number[] = []) => {
  let next = 0
  return (z: tf.Tensor2D) => {
    const [count] = z.shape
    batches.push(count)
    const some = tf.slice(made, [next], [count])
    next = (next + count) % made.shape[0]
    return some
  }
}
const tensor = (ids: ReadonlyArray<string>, side: number) =>
  tf.tensor4d(Float32Array.from(ids.flatMap((id) => [...draw(id, side)])), [ids.length, side, side, 1])

it('real films are read once for each side at which they are compared, five at a time; no tensor stays', async () => {
  const asked: string[] = []
  const look = coverageCheck(films(asked), options)
  const before = tf.memory().numTensors
  const made = [4, 8, 16, 32].map((side): tf.Tensor4D => tf.zeros([12, side, side, 1]))
  const batches: number[] = []
  for (const [step, film] of [0, 2, 5, 9, 18, 21, 26].map((s) => [s, Math.log2(at(s).phase.resolution) - 2] as const))
    await look(making(made[film]!, batches), at(step))
  tf.dispose(made)
  expect(tf.memory().numTensors).toBe(before)
  expect(new Set(batches)).toEqual(new Set([5, 2]))
  // 12 of each, at 4², 8² and 16²
  expect(new Set(asked).size).toBe(72)
  expect(asked).toHaveLength(72)
  expect(asked.filter((name) => name.startsWith('validation'))).toHaveLength(36)
})

it('a generator that makes the validation films reaches all; one that makes one of them nothing else', async () => {
  const { validation } = films()
  const look = coverageCheck(films(), options)
  const found = await look(making(tensor(validation, 8)), at(9))
  expect([found.recall, found.precision]).toEqual([1, 1])
  expect(found.realRecall).toBeGreaterThan(0)
  const one = await look(making(tensor(Array<string>(12).fill('validation 7'), 8)), at(9))
  expect([one.recall, one.precision]).toEqual([1 / 12, 1])
  expect([one.realRecall, one.realPrecision]).toEqual([found.realRecall, found.realPrecision])
})

it('real films are as blurred as generated ones are while 8² is faded in', async () => {
  const { ids, validation } = films()
  const look = coverageCheck({ ...films(), ids: ids.slice(0, 12) }, options)
  const generated = tensor(named('generated', 12), 8)
  const place = at(5)
  expect([place.phase.resolution, place.alpha]).toEqual([8, 0.25])
  const rows = (of: tf.Tensor) => ({ values: comparedPixels(of, 8), rows: 12, columns: 64 })
  const blurred = (of: ReadonlyArray<string>) => rows(fadeReals(tensor(of, 8), 0.25))
  const wanted = coverage({
    validation: blurred(validation),
    training: blurred(ids.slice(0, 12)),
    generated: rows(generated),
  })
  expect(await look(making(generated), place)).toEqual(wanted)
  expect(await look(making(generated), at(9))).not.toEqual(wanted)
})

it('as many of each as there are; fewer than ten are none', () => {
  const sets = (training: number, validation: number) => ({
    ids: named('a', training),
    validation: named('b', validation),
  })
  expect([
    comparedFilms(sets(50, 40), 128),
    comparedFilms(sets(50, 40), 20),
    comparedFilms(sets(50, 9), 128),
    comparedFilms(sets(50, 0), 128),
    comparedFilms(sets(50, 40), 0),
  ]).toEqual([40, 20, 0, 0, 0])
})
