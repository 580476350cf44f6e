import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { compileFunction } from '../compileFunction.ts'
import { compileStep } from '../compileStep.ts'
import { graphHost } from './graphHost.ts'
import type { StoredGraph } from './keptGraph.ts'
import { findGraph, keepGraph, keptGraphName } from './keptGraph.ts'

let tf: Tfjs
let folder = ''
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => {
  tf.engine().startScope()
  folder = mkdtempSync(join(tmpdir(), 'radiograft-kept-'))
})
afterEach(() => {
  tf.engine().endScope()
  rmSync(folder, { recursive: true, force: true })
})

let calls = 0
/** Gradient descent with a large table, a large bool mask and a uniform one, and two logs. */
const step = ({ w }: { readonly w: Tensor }, { x }: Record<string, Tensor>, { lr }: Record<string, Tensor>) => {
  calls += 1
  const wave = tf.tensor(Float32Array.from({ length: 40_000 }, (_, i) => Math.sin(i)))
  const mask = tf.tensor(
    Uint8Array.from({ length: 80_000 }, (_, i) => i % 3 && 1),
    [2, 40_000],
    'bool',
  )
  const table = tf.where(tf.slice(mask, [0, 0], [1, 40_000]).squeeze([0]), wave, tf.zeros([40_000]))
  const { value, grads } = tf.valueAndGrads((v: Tensor) => tf.sum(tf.square(tf.sub(tf.mul(v, table), x!))))([w])
  return { state: { w: tf.sub(w, tf.mul(grads[0]!, lr!)) }, logs: { loss: value, norm: tf.norm(grads[0]!) } }
}
type Options = {
  key?: string
  precision?: 'fp32' | 'bf16'
  x?: Array<number> | Array<Array<number>>
  step?: typeof step
}
const run = (options: Options = {}) => {
  const { key = 'a', precision = 'fp32', x = [0.25] } = options
  const compiled = compileStep(options.step ?? step, { precision, cache: { folder, key } })
  const before = calls
  let state: { readonly w: Tensor } = { w: tf.scalar(0.5) }
  const logs = [1, 2].map((i) => {
    const result = compiled(state, { x: tf.tensor(x) }, { lr: 1e-6 / i })
    state = result.state
    return result.logs
  })
  compiled.dispose()
  return { logs, w: Array.from(state.w.dataSync()), traced: calls - before }
}
const kept = () => readdirSync(folder).map((name) => join(folder, name))

it('a second process with the same key does not run the step, and computes the same bits', () => {
  const first = run()
  expect(first.traced).toBe(1)
  expect(Object.keys(first.logs[0]!)).toEqual(['loss', 'norm'])
  expect(kept()).toHaveLength(1)
  // The table (160 kB) and the mask (80 kB) are beside the graph, the rest is small.
  expect(statSync(kept()[0]!).size).toBeGreaterThan(240_000)
  expect(statSync(kept()[0]!).size).toBeLessThan(260_000)
  const handles = () => (tf.backend() as unknown as { getNumOfTFTensors(): number }).getNumOfTFTensors()
  const [tensors, before] = [tf.memory().numTensors, handles()]
  const second = tf.tidy(() => run())
  expect(second).toEqual({ ...first, traced: 0 })
  expect([tf.memory().numTensors, handles()]).toEqual([tensors, before])
  expect(run({ precision: 'bf16' }).traced).toBe(1)
})

it('another key, signature, precision or text is another graph', () => {
  run()
  const twin: typeof step = (state, batch, knobs) => step(state, batch, knobs)
  const others: Array<Options> = [{ key: 'b' }, { x: [[0.25]] }, { precision: 'bf16' }, { step: twin }]
  for (const other of others) expect([other, run(other).traced]).toEqual([other, 1])
  expect(kept()).toHaveLength(5)
  for (const other of others) expect([other, run(other).traced]).toEqual([other, 0])
  const { files } = graphHost()!
  const parts = { key: 'k', signature: 's', precision: 'fp32', code: 'c', kernels: 'none' }
  expect(keptGraphName(files, parts)).toMatch(/^[0-9a-f]{64}\.graph$/)
  expect(keptGraphName(files, { ...parts, kernels: 'all' })).not.toBe(keptGraphName(files, parts))
  expect(keptGraphName({ ...files, tensorflow: '2.22.0' }, parts)).not.toBe(keptGraphName(files, parts))
})

it('a cut, changed or foreign file is passed over and written anew', () => {
  const right = run()
  const [path] = kept()
  const whole = readFileSync(path!)
  const flipped = (at: number) => Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 1 : byte)))
  const places = [0, 16, 30, 81, 85, 400, 3000, 100_000, whole.length - 1]
  const cuts = [0, 10, 80, 84, 90, 500, whole.length - 1].map((length) => whole.subarray(0, length))
  for (const bad of [...places.map(flipped), ...cuts, Buffer.concat([whole, Buffer.of(0)])]) {
    writeFileSync(path!, bad)
    expect(run()).toEqual(right)
    expect(readFileSync(path!).equals(whole)).toBe(true)
  }
  // A whole file that belongs elsewhere.
  run({ key: 'b' })
  const other = kept().find((name) => name !== path)!
  renameSync(other, path!)
  expect(run()).toEqual(right)
  expect(kept()).toEqual([path])
})

it('a graph that TensorFlow refuses is made anew, and a folder that takes no file costs nothing but time', () => {
  const right = run()
  const { files } = graphHost()!
  const name = readdirSync(folder)[0]!
  const stored = findGraph(files, folder, name) as StoredGraph
  keepGraph(files, folder, name, { ...stored, savedModel: Uint8Array.of(1, 2, 3) })
  expect(run()).toEqual(right)
  expect(run().traced).toBe(0)
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'a file where the folder should be')
  expect(run()).toEqual(right)
  expect(run().traced).toBe(1)
  chmodSync(folder, 0o600)
})

it('a kept graph whose state does not fit is refused by name', () => {
  run()
  const { files } = graphHost()!
  const name = readdirSync(folder)[0]!
  const stored = findGraph(files, folder, name) as StoredGraph
  const outputs = stored.outputs.map((port) => ({ ...port, name: port.name.replace('state/w', 'state/v') }))
  keepGraph(files, folder, name, { ...stored, outputs })
  expect(() => run()).toThrow(/takes 'w' of the state as float32 \[\] and returns it as absent/)
})

it('functions are kept as steps are', () => {
  let made = 0
  const f = ({ x }: { readonly x: Tensor }) => {
    made += 1
    return { second: tf.mul(x, 2), first: tf.cast(tf.greater(x, 1), 'int32') }
  }
  const outputs = [0, 1].map(() => {
    const compiled = compileFunction(f, { cache: { folder, key: 'f' } })
    return Object.entries(compiled({ x: tf.tensor([1, 2]) })).map(([key, t]) => [
      key,
      t.dtype,
      Array.from(t.dataSync()),
    ])
  })
  expect(outputs[0]).toEqual([
    ['second', 'float32', [2, 4]],
    ['first', 'int32', [0, 1]],
  ])
  expect(outputs[1]).toEqual(outputs[0])
  expect(made).toBe(1)
})
