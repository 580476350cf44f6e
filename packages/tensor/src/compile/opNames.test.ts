import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import type { Tensors } from '../compileFunction.ts'
import { compileFunction } from '../compileFunction.ts'
import { nodeBackend } from './nodeBinding.ts'
import { opScope, withOpScope } from './opScope.ts'
import { traceGraph } from './traceGraph.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const inputs = () => ({ x: tf.ones([1, 4, 4, 1]), a: tf.ones([3, 3, 1, 2]), b: tf.ones([1, 1, 2, 1]) })

/** Two layers, the first of which the loss sees twice, so that gradients are added up. */
const body = ({ x, a, b }: Tensors): Record<string, Tensor> => {
  const f = (...[a, b]: Array<Tensor>) => {
    const y = withOpScope('first', () => tf.relu(tf.conv2d(x as Tensor4D, a as Tensor4D, 1, 'same')))
    const z = withOpScope('second', () => withOpScope('conv 1', () => tf.conv2d(y, b as Tensor4D, 1, 'same')))
    return withOpScope('loss', () => tf.add(tf.sum(tf.square(z)), tf.sum(tf.exp(y))))
  }
  const { value, grads } = withOpScope('update', () => tf.valueAndGrads(f)([a as Tensor, b as Tensor]))
  return { value, a: grads[0] as Tensor, b: grads[1] as Tensor }
}

const names = () => {
  const { nodes } = traceGraph(nodeBackend()!, Object.entries(inputs()), (t) => Object.entries(body(t)))
  return nodes.map(({ name }) => name)
}

it('forward ops have the name of their layer, and backward ops that of their forward op', () => {
  const found = names()
  const ops = (prefix: string) =>
    found.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length).replace(/^n\d+_/, '')] : []))
  expect(ops('update/first/')).toEqual(expect.arrayContaining(['Conv2D', 'Relu']))
  expect(ops('update/first/grad/')).toContain('Conv2DBackpropFilter')
  expect(ops('update/second/conv_1/')).toEqual(expect.arrayContaining(['Conv2D']))
  expect(ops('update/second/conv_1/grad/').toSorted()).toEqual(
    expect.arrayContaining(['Conv2DBackpropFilter', 'Conv2DBackpropInput']),
  )
  expect(ops('update/loss/')).toEqual(expect.arrayContaining(['Exp', 'Square']))
  // Ops outside of every layer: inputs, constants, outputs, and no convolution.
  expect(found.filter((name) => !name.startsWith('update/')).every((name) => /^(in|c|out|fill)\d+$/.test(name))).toBe(
    true,
  )
  // Each backward op of a layer, the sum of the two gradients of `y` among them, lies under a `grad`.
  const backward = found.filter((name) => name.includes('/grad/'))
  expect(backward.filter((name) => /_Add(V2)?$/.test(name))).toHaveLength(1)
  expect(new Set(backward.map((name) => name.replace(/n\d+_.*/, '')))).toEqual(
    new Set(['update/first/grad/', 'update/second/conv_1/grad/', 'update/loss/grad/']),
  )
})

it('names are the same each time, are names that TensorFlow takes, and change no number', () => {
  expect(names()).toEqual(names())
  expect(names().every((name) => /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/.test(name))).toBe(true)
  const scoped = compileFunction((t: Tensors) => withOpScope('_a layer: β', () => body(t)))
  const eager = body(inputs())
  const graph = scoped(inputs())
  for (const [name, tensor] of Object.entries(eager)) expect(graph[name]?.dataSync()).toEqual(tensor.dataSync())
  scoped.dispose()
  expect(opScope()).toEqual([])
})

it('gradients of gradients keep the name, and an error inside them leaves no scope behind', () => {
  const { nodes } = traceGraph(nodeBackend()!, [['x', tf.scalar(2)]], ({ x }) => {
    const slope = (v: Tensor) => tf.grad((u: Tensor) => withOpScope('inner', () => tf.square(u)))(v)
    return [['y', tf.grad((v: Tensor) => withOpScope('outer', () => tf.square(slope(v))))(x as Tensor)]]
  })
  expect(nodes.some(({ name }) => name.startsWith('outer/inner/grad/grad/'))).toBe(true)
  const failing = () =>
    tf.grad((v: Tensor) =>
      withOpScope('bad', () =>
        tf.customGrad((t) => ({
          value: (t as Tensor).clone(),
          gradFunc: () => {
            throw new Error('no gradient')
          },
        }))(v),
      ),
    )
  expect(() => compileFunction(({ x }: Tensors) => ({ y: failing()(x as Tensor) }))({ x: tf.scalar(1) })).toThrow(
    'no gradient',
  )
  expect(opScope()).toEqual([])
})

it('a failure in the backward pass names the layer', () => {
  // The gradient looks values up at places that come from the batch: the forward pass is right, the backward pass is not.
  const lookup = (x: Tensor, at: Tensor) =>
    tf.customGrad((t) => ({ value: (t as Tensor).clone(), gradFunc: (dy: Tensor) => tf.gather(dy, at) }))(x)
  const f = compileFunction(({ x, at }: Tensors) => ({
    y: tf.grad((v: Tensor) =>
      tf.sum(withOpScope('generator', () => withOpScope('blocks.3', () => lookup(v, at as Tensor)))),
    )(x as Tensor),
  }))
  f({ x: tf.tensor([1, 2]), at: tf.tensor1d([0, 1], 'int32') })
  expect(() => f({ x: tf.tensor([1, 2]), at: tf.tensor1d([0, 9], 'int32') })).toThrow(
    /a compiled graph failed in generator\/blocks\.3\/grad\/n\d+_GatherV2/,
  )
  f.dispose()
})
