import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import type { Tensor } from '@tensorflow/tfjs-core'
import { withOpScope } from '../compile/opScope.ts'
import { compileFunction } from '../compileFunction.ts'
import { inputGradient } from './inputGradient.ts'
import { SecondOrderError } from './SecondOrderError.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const refusal = (f: (x: Tensor) => Tensor): SecondOrderError => {
  try {
    inputGradient(f, tf.tensor([0.5, 1]))
  } catch (error) {
    if (error instanceof SecondOrderError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

it('by hand: f = w x³ has the gradient 3 w x², whose derivative by w is 3 x²', () => {
  const x = tf.tensor([1, 2])
  const cube = (w: Tensor) => inputGradient((z) => tf.mul(w, tf.pow(z, 3)), x)
  expect([...cube(tf.scalar(2)).dataSync()]).toEqual([6, 24])
  const byWeight = tf.grad((w) => tf.sum(cube(w)))(tf.scalar(2))
  expect(byWeight.dataSync()[0]).toBeCloseTo(15, 5)
})

it('names the op, the layer and what to use instead', () => {
  const error = refusal((x) => withOpScope('4', () => withOpScope('act', () => tf.tanh(x))))
  expect(error).toMatchObject({ _tag: 'SecondOrderError', op: 'Tanh', at: '4/act' })
  expect(error.message).toBe(
    '4/act: Tanh cannot be differentiated twice: its gradient is made from its own output, which the outer gradient does not see; use end in logits; inside, leakyRelu of @radiograft/tensor',
  )
})

it('refuses what nobody has checked, and customGrads of tfjs', () => {
  expect(refusal((x) => tf.cos(x)).message).toMatch(/^Cos was not checked to second order; prove it in/)
  const labels = tf.tensor([[0, 1]])
  expect(refusal((x) => tf.losses.softmaxCrossEntropy(labels, tf.reshape(x, [1, 2]))).message).toMatch(
    /has a gradient of its own that was not checked/,
  )
})

it('looks at the function alone, not at what stands around it, and leaves the engine as it was', () => {
  const engine = tf.engine()
  const inside = tf.grad((w) => tf.sum(tf.tanh(inputGradient((z) => tf.mul(w, tf.square(z)), tf.scalar(1)))))
  const slope = inside(tf.scalar(0.5)).dataSync()[0] as number
  expect(slope).toBeCloseTo(2 / Math.cosh(1) ** 2, 5) // d tanh(2 w) / dw
  expect(() => inputGradient((x) => tf.exp(x), tf.scalar(1))).toThrow(SecondOrderError)
  expect(Object.hasOwn(engine, 'addTapeNode')).toBe(false)
})

it('in a graph: the same numbers, and the same refusal', () => {
  const penalty = compileFunction(({ w, x }) => ({
    g: tf.grad((v) => tf.sum(tf.square(inputGradient((z) => tf.softplus(tf.mul(v, z)), x as Tensor))))(w as Tensor),
  }))
  const inputs = { w: tf.tensor([0.5, -1]), x: tf.tensor([1, 2]) }
  const eager = tf.grad((v) => tf.sum(tf.square(inputGradient((z) => tf.softplus(tf.mul(v, z)), inputs.x))))(inputs.w)
  expect(penalty(inputs)['g']?.dataSync()).toEqual(eager.dataSync())
  const refused = compileFunction(({ x }) => ({ g: inputGradient((z) => tf.sigmoid(z), x as Tensor) }))
  expect(() => refused({ x: inputs.x })).toThrow(/Sigmoid cannot be differentiated twice/)
  penalty.dispose()
})

it('holds on to no tensors', () => {
  const x = tf.tensor([1, 2])
  const before = tf.memory().numTensors
  tf.dispose(inputGradient((z) => tf.square(z), x))
  expect(tf.memory().numTensors).toBe(before)
})
