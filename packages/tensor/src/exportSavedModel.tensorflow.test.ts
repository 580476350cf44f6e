import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { savedModelInPython } from '@radiograft/testing'
import type { Tensors } from './compileFunction.ts'
import { compileFunction } from './compileFunction.ts'
import { exportSavedModel } from './exportSavedModel.ts'
import { areaResize } from './ops/areaResize.ts'
import { mirrorPad } from './ops/mirrorPad.ts'

let tf: Tfjs
const folder = mkdtempSync(join(tmpdir(), 'radiograft-export-'))
beforeAll(async () => {
  tf = await loadRuntime({ threads: 2 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('Python gets the numbers of this program, from stored pixels to the output of a network', () => {
  const wave = (shape: Array<number>, k: number) => {
    const length = shape.reduce((a, b) => a * b, 1)
    return tf.tensor(
      Float32Array.from({ length }, (_, i) => Math.sin(1 + i * k) * 0.3),
      shape,
    )
  }
  // 288 kB of weights, which a training graph would be fed at each call.
  const weights = { a: wave([7, 7, 1, 64], 0.7), b: wave([3, 3, 64, 128], 1.3) }
  const sides = [3, 3] as [number, number]
  const none = [0, 0] as [number, number]
  const network = ({ pixels, scale }: Tensors) => {
    const unit = tf.div(areaResize(tf.expandDims(pixels as Tensor, 3), 16, 12), 65_535)
    const x = mirrorPad(tf.sub(tf.mul(unit, 2), 1), [none, sides, sides, none], 'reflect')
    const y = tf.relu(tf.conv2d(x as Tensor4D, weights.a as Tensor4D, 2, 'valid'))
    const z = tf.conv2d(y, weights.b as Tensor4D, 1, 'same')
    const { mean, variance } = tf.moments(z, [1, 2], true)
    const normal = tf.mul(tf.sub(z, mean), tf.rsqrt(tf.add(variance, 1e-5)))
    return { films: tf.mul(tf.tanh(normal), scale as Tensor), most: tf.argMax(tf.reshape(z, [2, -1]), 1) }
  }
  const shape = [2, 40, 30]
  const inputs = { pixels: { shape, dtype: 'uint16' }, scale: { shape: [] } } as const
  expect(exportSavedModel(network, { folder, inputs })).toBeGreaterThan(288_000)

  const values = Array.from({ length: 2400 }, (_, i) => Math.round(32_000 * (1 + Math.sin(i * 0.013))))
  const given = {
    pixels: { values, dtype: 'uint16', shape },
    scale: { values: [0.5], dtype: 'float32', shape: [] },
  }
  const compiled = compileFunction(network)
  const ours = compiled({ pixels: tf.tensor(values, shape), scale: tf.scalar(0.5) })
  // Without Python's graph optimiser the same bits; with it, which merges and regroups, the same but for last places.
  for (const optimiser of ['off', 'on'] as const) {
    const theirs = savedModelInPython(folder, given, { optimiser, threads: 2 })
    expect(Object.keys(theirs).toSorted()).toEqual(['films', 'most'])
    for (const [name, tensor] of Object.entries(ours)) {
      const answer = theirs[name]!
      expect([name, answer.dtype, answer.shape]).toEqual([name, tensor.dtype, tensor.shape])
      const worst = Array.from(tensor.dataSync()).reduce(
        (max, v, i) => Math.max(max, Math.abs(v - answer.values[i]!)),
        0,
      )
      if (optimiser === 'off') expect([name, worst]).toEqual([name, 0])
      else expect(worst).toBeLessThan(2e-6)
    }
  }
  compiled.dispose()
}, 180_000) // Python starts twice
