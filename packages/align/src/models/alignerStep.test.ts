import { beforeAll, expect, jest, test } from '@jest/globals'
import { asUnit, resizeArea, thetaFrom, toSigned, warpFilm, type Theta } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { adamInit, adamKnobs, unscope } from '@radiograft/nn'
import { formulaParams, formulaValues } from '@radiograft/nn/testing'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import fixture from '../fixtures/torch-align.json' with { type: 'json' }
import { perceptualWeights } from '../losses/perceptualFeatures.ts'
import { spatialTransformer } from '../networks/spatialTransformer.ts'
import { blankParams, constantAligner } from '../testing/constantAligner.ts'
import { alignerOf, alignerStep, type AlignerBatch } from './alignerStep.ts'

jest.setTimeout(60_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

/** A state whose numbers are those of the oracle. */
const formulaState = (size: number): Params =>
  tf.tidy(() => {
    const params = formulaParams(blankParams(size))
    return {
      ...unscope(params, 'aligner'),
      ...unscope(adamInit(params), 'adam'),
      ...formulaParams(unscope(perceptualWeights(size), 'features')),
    }
  })
/** 8 × 8 numbers a film, enlarged: on noise one point that rounds into the next cell moves the gradient by a percent. */
const smoothFilms = (name: string, n: number, size: number): tf.Tensor =>
  tf.stack(
    Array.from({ length: n }, (_, i) =>
      tf.tensor3d(resizeArea(formulaValues(`${name}.${i}`, 64), 8, 8, size, size), [size, size, 1]),
    ),
  )
const formulaBatch = (size: number, batch: number): AlignerBatch =>
  tf.tidy(() => ({
    moving: smoothFilms('step19.moving', batch, size),
    reference: smoothFilms('step19.reference', 1, size),
  }))

type Picks = { readonly picks: ReadonlyArray<number>; readonly sum: number; readonly size: number }

/** The largest error of picks and sums, relative to the tensor's mean magnitude and sum of magnitudes. */
const errorOf = (values: ArrayLike<number>, scale: number, truth: Picks): number => {
  const step = Math.max(1, Math.floor(values.length / truth.picks.length))
  const mean = truth.size / values.length
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]! * scale
  const errors = truth.picks.map((p, i) => Math.abs(values[i * step]! * scale - p) / Math.max(mean, Math.abs(p)))
  return Math.max(...errors, Math.abs(sum - truth.sum) / truth.size)
}

test('one step as torch: loss, determinant, norm, clipped gradient of every parameter, running statistics', () => {
  const { size, batch, logs: truth, clipped, updates } = fixture.step
  const [state, films] = [formulaState(size), formulaBatch(size, batch)]
  const run = compileStep(alignerStep(spatialTransformer({ size })), { eager: true })
  const { state: next, logs } = run(state, films, adamKnobs(1, 1e-3))
  for (const [name, value] of Object.entries(truth))
    expect(Math.abs(logs[name as keyof typeof truth] / value - 1)).toBeLessThan(1e-4)
  // Adam's first moment after one step is a tenth of the gradient
  const errors = Object.entries(clipped as Record<string, Picks>).map(([name, picks]) => ({
    name,
    error: errorOf(next[`adam.m.${name}`]!.dataSync(), 10, picks),
  }))
  expect(errors).toHaveLength(62)
  expect(errors.filter(({ error }) => !(error < 1e-3))).toEqual([])
  const moved = Object.entries(updates as Record<string, Picks>).map(([name, picks]) => ({
    name,
    error: errorOf(next[`aligner.${name}`]!.dataSync(), 1, picks),
  }))
  expect(moved).toHaveLength(40)
  expect(moved.filter(({ error }) => !(error < 1e-4))).toEqual([])
  tf.dispose([state, films, next])
})

test('compiled equals eager to the last bit, and a step holds on to no tensor', () => {
  const films = formulaBatch(32, 3)
  const before = tf.memory().numTensors
  const twoSteps = (eager: boolean): Record<string, Buffer> => {
    const run = compileStep(alignerStep(spatialTransformer({ size: 32 })), { eager })
    // Sorted, as the compiled step sees it: the gradients' norm is summed in the order of the record.
    const first = Object.fromEntries(Object.entries(formulaState(32)).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const size = Object.keys(first).length
    const one = run(first, films, adamKnobs(1, 1e-3))
    const two = run(one.state, films, adamKnobs(2, 1e-3))
    expect(tf.memory().numTensors).toBe(before + 3 * size)
    const bytes = Object.fromEntries(
      Object.entries(two.state).map(([name, t]) => [name, Buffer.from(Float32Array.from(t.dataSync()).buffer)]),
    )
    tf.dispose([first, one.state, two.state])
    run.dispose()
    return bytes
  }
  const [compiled, eager] = [twoSteps(false), twoSteps(true)]
  expect(Object.keys(compiled).toSorted()).toEqual(Object.keys(eager).toSorted())
  expect(Object.keys(eager).filter((name) => !eager[name]!.equals(compiled[name]!))).toEqual([])
  expect(tf.memory().numTensors).toBe(before)
  tf.dispose(films)
})

test('films are seen through θ as `align-films` sees them: same direction, same border', () => {
  const theta: Theta = thetaFrom({ scale: 1.15, angle: 0.3, tx: 0.2, ty: -0.1 })
  const size = 32
  const unit = formulaValues('film', size * size).map((v) => (v + 1) / 2)
  const reference = formulaValues('reference', size * size)
  const against = (map: Theta, padding: 'border' | 'zeros'): number => {
    const seen = toSigned(asUnit(warpFilm(unit, size, size, map, padding)))
    return Math.sqrt(seen.reduce((s, v, i) => s + (v - reference[i]!) ** 2, 0) / seen.length)
  }
  const params = constantAligner(size, theta)
  const state = tf.tidy(() => ({
    ...unscope(params, 'aligner'),
    ...unscope(adamInit(params), 'adam'),
    ...unscope(perceptualWeights(size), 'features'),
  }))
  const film = toSigned(asUnit(unit))
  const batch = {
    moving: tf.tensor4d(Float32Array.from([...film, ...film]), [2, size, size, 1]),
    reference: tf.tensor4d(reference, [1, size, size, 1]),
  }
  const run = compileStep(alignerStep(spatialTransformer({ size })), { eager: true })
  const { state: next, logs } = run(state, batch, adamKnobs(1, 1e-3))
  expect(logs.pixel).toBeCloseTo(against(theta, 'border'), 5)
  expect(Math.abs(logs.pixel - against(theta, 'zeros'))).toBeGreaterThan(1e-3)
  expect(logs.determinant).toBeCloseTo(1.15 ** 2, 5)
  tf.dispose([state, next, batch])
})

test('the network out of a state, under its own names', () => {
  const state = formulaState(32)
  const names = Object.keys(alignerOf(state))
  expect(names).toContain('head.weight')
  expect(names.every((name) => /^(body|head)\./.test(name))).toBe(true)
  tf.dispose(state)
})
