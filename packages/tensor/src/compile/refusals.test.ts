import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Rank, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import type { Tensors } from '../compileFunction.ts'
import { compileFunction } from '../compileFunction.ts'
import { compileStep } from '../compileStep.ts'
import { CompiledStepError } from './CompiledStepError.ts'
import { executeKernel1 } from './executeKernel.ts'
import type { NodeBackend } from './nodeBinding.ts'
import { nodeBackend } from './nodeBinding.ts'

let tf: Tfjs
let variable: Variable
let on: NodeBackend
beforeAll(async () => {
  tf = await loadRuntime()
  on = nodeBackend()!
  variable = tf.variable(tf.tensor([1, 2, 3, 4]), true, 'weights')
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const caught = (body: () => unknown): CompiledStepError => {
  try {
    body()
  } catch (error) {
    expect(error).toBeInstanceOf(CompiledStepError)
    return error as CompiledStepError
  }
  throw new Error('nothing was thrown')
}

let line = ''
/** Runs `body` and notes the line that it is called from: the one that an error must name. */
const here = <A>(body: () => A): A => {
  line = /refusals\.test\.ts:\d+/.exec(new Error().stack?.split('\n')[2] ?? '')?.[0] ?? 'no line'
  return body()
}

const int = (x: Tensor) => tf.cast(x, 'int32')
const size = (x: Tensor) => tf.reshape(tf.slice(int(x), [0], [1]), [])

const read = /values of a tensor are read/
const shaped = (op: string) => new RegExp(`op ${op} .*shape depends on values`)

// prettier-ignore
it.each<[string, RegExp, (x: Tensor) => Tensor]>([
  ['dataSync', read, (x) => here(() => tf.mul(x, x.dataSync()[0]!))],
  ['arraySync', read, (x) => here(() => tf.tensor(x.arraySync() as Array<number>))],
  ['bufferSync', read, (x) => here(() => x.bufferSync().toTensor())],
  ['data', read, (x) => here(() => (void x.data(), x))],
  ['array', read, (x) => here(() => (void x.array(), x))],
  ['buffer', read, (x) => here(() => (void x.buffer(), x))],
  ['bytes', read, (x) => here(() => (void x.bytes(), x))],
  ['toString', read, (x) => here(() => (x.toString(), x))],
  ['print', read, (x) => here(() => (x.print(), x))],
  ['a branch', read, (x) => here(() => (tf.sum(x).dataSync()[0]! > 0 ? x : tf.neg(x)))],
  ['whereAsync', read, (x) => here(() => (void tf.whereAsync(tf.greater(x, 0)), x))],
  ['booleanMaskAsync', read, (x) => here(() => (void tf.booleanMaskAsync(x, tf.greater(x, 0)), x))],
  ['setdiff1dAsync', read, (x) => here(() => (void tf.setdiff1dAsync(x, tf.tensor1d([1])), x))],
  ['suppression, awaited', read, (x) => here(() => (void tf.image.nonMaxSuppressionAsync(tf.reshape(x, [1, 4]), x.slice(0, 1) as Tensor1D, 1), x))],
  ['k from a tensor', read, (x) => here(() => tf.topk(x, size(x).dataSync()[0]).values)],
  ['the backend\'s mask', shaped('Where'), (x) => here(() => (tf.backend() as unknown as { where(t: Tensor): Tensor }).where(tf.greater(x, 0)))],
  ['unique', shaped('UniqueV2'), (x) => here(() => tf.unique(x).values)],
  ['suppression', shaped('NonMaxSuppressionV3'), (x) => here(() => tf.image.nonMaxSuppression(tf.reshape(x, [1, 4]), tf.tensor1d([1]), 1))],
  ['segments', shaped('SegmentSum'), (x) => here(() => executeKernel1(on, 'SegmentSum', {}, [x, int(x)]))],
  ['TopKV2 with a computed k', shaped('TopKV2'), (x) => here(() => executeKernel1(on, 'TopKV2', { sorted: true }, [x, size(x)]))],
  ['Range to a computed end', shaped('Range'), (x) => here(() => executeKernel1(on, 'Range', {}, [tf.scalar(0, 'int32'), size(x), tf.scalar(1, 'int32')]))],
  ['Fill of a computed shape', shaped('Fill'), (x) => here(() => executeKernel1(on, 'Fill', {}, [tf.slice(int(x), [0], [1]), tf.scalar(1)]))],
  ['Reshape to a computed shape', shaped('Reshape'), (x) => here(() => executeKernel1(on, 'Reshape', {}, [x, tf.mul(tf.slice(int(x), [3], [1]), tf.scalar(1, 'int32'))]))],
  ['a slice to the end from a computed start', shaped('Slice'), (x) => here(() => executeKernel1(on, 'Slice', {}, [x, tf.slice(int(x), [0], [1]), tf.tensor1d([-1], 'int32')]))],
  ['host random numbers', /Math.random .*statelessUniform/, (x) => here(() => tf.add(x, tf.randomNormal([4])))],
  ['uniform ones', /Math.random/, (x) => here(() => tf.add(x, tf.randomUniform([4])))],
  ['dropout', /Math.random/, (x) => here(() => tf.dropout(x, 0.5))],
  ['stateful random numbers', /op Multinomial.*random state/, (x) => here(() => tf.multinomial(tf.reshape<Rank.R2>(x, [1, 4]), 3, 1))],
  ['a nested compiled function', /called inside a compiled step/, (x) => here(() => compileFunction((t: Tensors) => t as never)({ x })['x'])],
  ['a captured variable', /variable 'weights' is used/, (x) => here(() => tf.add(x, variable))],
  ['a new variable', /variable is made/, (x) => here(() => tf.variable(x))],
  ['an assignment', /variable 'weights' is assigned/, (x) => here(() => (variable.assign(x as never), x))],
  ['an optimiser', /variable is made/, (x) => here(() => (tf.train.adam(0.1).minimize(() => tf.sum(tf.square(variable)).asScalar(), false, [variable]), x))],
  ['a kept tensor', /tf\.keep holds/, (x) => here(() => tf.keep(tf.add(x, 1)))],
  ['disposing of an input', /disposed of inside/, (x) => here(() => (x.dispose(), tf.zeros([4])))],
])('refuses %s with the line', (_, message, body) => {
  const f = compileFunction(({ x }: Tensors) => ({ y: body(x as Tensor) }))
  const x = tf.tensor([1, 2, 3, 4])
  const before = tf.memory().numTensors
  line = ''
  const error = caught(() => f({ x }))
  expect(error.message).toMatch(message)
  expect(error.at).toContain(`${line}:`)
  expect(line).toMatch(/refusals\.test\.ts:\d+/)
  // Nothing is left, and everything is as before: values can be read, variables written, numbers drawn.
  expect(tf.memory().numTensors).toBe(before)
  expect(x.dataSync()[3]).toBe(4)
  expect(Array.from(variable.dataSync())).toEqual([1, 2, 3, 4])
  expect(Math.random()).toBeLessThan(1)
  const again = tf.variable(tf.scalar(1))
  again.assign(tf.scalar(2))
  expect(tf.keep(again).dataSync()[0]).toBe(2)
  again.dispose()
})

it('refuses a knob that is read, and a promise', async () => {
  const step = compileStep((state, _, { lr }) =>
    here(() => ((lr as Tensor).dataSync()[0]! > 0 ? { state, logs: {} } : { state, logs: {} })),
  )
  const error = caught(() => step({ w: tf.scalar(0) }, {}, { lr: 1 }))
  expect(error.message).toMatch(read)
  expect(error.at).toContain(line)
  // What the promise does after its first await is nobody's business, not even that it fails.
  const late = (async (t: Tensors) => (await Promise.resolve(), JSON.parse('{'), t)) as never
  expect(caught(() => compileFunction(late)({ x: tf.scalar(1) })).message).toMatch(/synchronous/)
  await new Promise((resolve) => setTimeout(resolve, 5))
})

it('takes what follows from constants and shapes alone, computed starts of a fixed length, and gathered places', () => {
  const table = tf.tensor([3, 1, 3, 2])
  const f = compileFunction(({ x, i }: Tensors) => {
    const twice = tf.mul(table, 2)
    const count = twice.dataSync()[1]! // 2, at every call
    const shape = executeKernel1(on, 'Shape', { out_type: { type: 3 } }, [x as Tensor])
    const scratch = tf.add(x as Tensor, 1)
    const y = tf.mul(scratch, count)
    scratch.dispose()
    return {
      y,
      unique: tf.unique(table).values,
      window: executeKernel1(on, 'Slice', {}, [x as Tensor, i as Tensor, tf.tensor1d([2], 'int32')]),
      filled: executeKernel1(on, 'Fill', {}, [shape, tf.scalar(5)]),
      picked: tf.gather(x as Tensor, tf.add(i as Tensor, tf.scalar(1, 'int32'))),
      padded: tf.image.nonMaxSuppressionPadded(
        tf.tensor2d([[0, 0, 1, 1]]),
        tf.slice(x as Tensor1D, [0], [1]),
        2,
        0.5,
        0,
        true,
      )['selectedIndices']!,
    }
  })
  const call = (x: Array<number>, i: number) =>
    Object.fromEntries(
      Object.entries(f({ x: tf.tensor(x), i: tf.tensor1d([i], 'int32') })).map(([k, t]) => [
        k,
        Array.from(t.dataSync()),
      ]),
    )
  const unique = [3, 1, 2]
  const filled = [5, 5, 5]
  expect(call([1, 2, 3], 0)).toEqual({ y: [4, 6, 8], unique, window: [1, 2], filled, picked: [2], padded: [0] })
  expect(call([4, 5, 6], 1)).toEqual({ y: [10, 12, 14], unique, window: [5, 6], filled, picked: [6], padded: [0] })
  expect(f.graphs()).toBe(1)
  f.dispose()
})
