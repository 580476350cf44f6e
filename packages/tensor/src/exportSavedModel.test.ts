import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { graphHost } from './compile/graphHost.ts'
import { savedModelParts } from './compile/savedModel.ts'
import { exportSavedModel } from './exportSavedModel.ts'

let tf: Tfjs
let folder = ''
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => {
  tf.engine().startScope()
  folder = mkdtempSync(join(tmpdir(), 'radiograft-export-'))
})
afterEach(() => {
  tf.engine().endScope()
  rmSync(folder, { recursive: true, force: true })
})

it('writes one file with all constants inside, which a TensorFlow session loads', () => {
  const table = tf.tensor(
    Float32Array.from({ length: 40_000 }, (_, i) => Math.cos(i)),
    [2, 20_000],
  )
  const before = tf.memory().numTensors
  const bytes = exportSavedModel(
    ({ pixels, on }) => ({ y: tf.matMul(pixels as never, table), off: tf.logicalNot(on as Tensor) }),
    { folder, inputs: { pixels: { shape: [3, 2], dtype: 'uint16' }, on: { shape: [4], dtype: 'bool' } } },
  )
  expect(tf.memory().numTensors).toBe(before)
  expect(readdirSync(folder)).toEqual(['saved_model.pb'])
  expect(readFileSync(join(folder, 'saved_model.pb'))).toHaveLength(bytes)
  expect(bytes).toBeGreaterThan(160_000)
  const file = readFileSync(join(folder, 'saved_model.pb'))
  expect(file.includes('serving_default')).toBe(true)
  const session = graphHost()!.load(file)
  ;(tf.backend() as unknown as { binding: { deleteSavedModel(id: number): void } }).binding.deleteSavedModel(session)
})

it('refuses names that Python has no keyword for, and more than a protocol buffer holds', () => {
  const inputs = { x: { shape: [1] } }
  expect(() => exportSavedModel(() => ({}), { folder, inputs: { 'in:x': { shape: [1] } } })).toThrow(/input 'in:x'/)
  expect(() => exportSavedModel(({ x }) => ({ 'a b': x as Tensor }), { folder, inputs })).toThrow(/output 'a b'/)
  const bytes = new Uint8Array(5000)
  const value = { kind: 'tensor', dtype: 1, shape: [1250], bytes } as const
  const graph = { nodes: [{ name: 'c0', op: 'Const', inputs: [], attributes: { value } }], inputs: [], outputs: [] }
  expect(savedModelParts(graph).length).toBeLessThan(5200)
  expect(() => savedModelParts(graph, 5000)).toThrow(/a protocol buffer holds 2; give the largest tensors as inputs/)
  expect(readdirSync(folder)).toEqual([])
})
