import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../node/loadRuntime.ts'
import { loadRuntime } from '../node/loadRuntime.ts'
import { mirrorPad } from '../ops/mirrorPad.ts'
import { fusedKernels, setFusedKernels, withNarrowableOps } from '../ops/portable.ts'
import { loadGraph } from './CompiledGraph.ts'
import { graphHost } from './graphHost.ts'
import type { GraphSpec } from './graphSpec.ts'
import type { NodeBackend } from './nodeBinding.ts'
import { nodeBackend } from './nodeBinding.ts'
import { savedModelBytes } from './savedModel.ts'
import { toBfloat16 } from './toBfloat16.ts'
import { traceGraph } from './traceGraph.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime({ threads: 2 })
  // TensorFlow's convolutions are what is rewritten
  setFusedKernels({ ...fusedKernels(), narrowConvolve: false, narrowFilterGradient: false, narrowWinograd: false })
})

type Inputs = Readonly<Record<string, Tensor>>
type Body = (inputs: Inputs) => Inputs

const inputsOf = (): Inputs => ({
  x: tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 1),
  a: tf.randomNormal([3, 3, 3, 4], 0, 1, 'float32', 2),
  b: tf.randomNormal([3, 3, 4, 5], 0, 1, 'float32', 3),
})

const traced = (body: Body, inputs: Inputs): GraphSpec & { readonly hidden: ReadonlyArray<ArrayBufferView> } =>
  traceGraph(nodeBackend() as NodeBackend, Object.entries(inputs), (given) =>
    withNarrowableOps(() => Object.entries(body(given))),
  )

const results = (graph: ReturnType<typeof traced>, inputs: Inputs): Record<string, Float32Array> => {
  const loaded = loadGraph(nodeBackend() as NodeBackend, graphHost()!, { ...graph, savedModel: savedModelBytes(graph) })
  const outputs = loaded.run(Object.values(inputs))
  loaded.dispose()
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]))
}

const casts = (graph: GraphSpec): number => graph.nodes.filter(({ op }) => op === 'Cast').length
const bits = (values: Float32Array): Uint32Array => new Uint32Array(Float32Array.from(values).buffer)

const reflected = (x: Tensor): Tensor4D =>
  mirrorPad(
    x,
    [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ],
    'reflect',
  ) as Tensor4D

/** Rewritten both ways: the casts of each, and that every output has the same bits. */
const compare = (body: Body): { readonly around: number; readonly moved: number; readonly graph: GraphSpec } => {
  const inputs = inputsOf()
  const graph = traced(body, inputs)
  const [around, moved] = [toBfloat16(graph, { moves: false }), toBfloat16(graph)]
  const [expected, actual] = [results(around, inputs), results(moved, inputs)]
  for (const [name, values] of Object.entries(expected)) expect(bits(actual[name]!)).toEqual(bits(values))
  // bfloat16 it is: float32 gives something else
  const exact = results(graph, inputs)
  expect(Object.keys(exact).some((name) => exact[name]!.some((value, i) => value !== expected[name]![i]))).toBe(true)
  return { around: casts(around), moved: casts(moved), graph: moved }
}

const opsIn = (graph: GraphSpec, dtype: number): ReadonlyArray<string> =>
  graph.nodes.flatMap(({ op, attributes: { T } }) => (T?.kind === 'type' && T.value === dtype ? [op] : []))

describe('casts that cancel', () => {
  it('convolution, ReLU, mirror padding, convolution: three casts in, one out, none between', () => {
    const { around, moved, graph } = compare(({ x, a, b }) => {
      const hidden = tf.relu(tf.conv2d(x as Tensor4D, a as Tensor4D, 1, 'same'))
      return { y: tf.conv2d(reflected(hidden), b as Tensor4D, 1, 'valid') }
    })
    // around: x, a, the padded maps and b in; both convolutions out
    expect([around, moved]).toEqual([6, 4])
    expect(opsIn(graph, 14).toSorted()).toEqual(['Conv2D', 'Conv2D', 'MirrorPad', 'Relu'])
  })

  it('what is used in float32 too stays there', () => {
    const { around, moved, graph } = compare(({ x, a, b }) => {
      const hidden = tf.relu(tf.conv2d(x as Tensor4D, a as Tensor4D, 1, 'same'))
      return { y: tf.conv2d(hidden, b as Tensor4D, 1, 'same'), mean: tf.mean(hidden) }
    })
    // one of them is the mean's own
    expect([around, moved]).toEqual([7, 7])
    expect(opsIn(graph, 1)).toContain('Relu')
  })

  it('sums and scales are not moves', () => {
    const { around, moved } = compare(({ x, a, b }) => {
      const hidden = tf.add(tf.conv2d(x as Tensor4D, a as Tensor4D, 1, 'same'), 1e-3)
      return { y: tf.conv2d(hidden as Tensor4D, b as Tensor4D, 1, 'same') }
    })
    expect([around, moved]).toEqual([6, 6])
  })

  it('a cast goes before a padding that makes the maps larger', () => {
    const { graph } = compare(({ x, a }) => ({ y: tf.conv2d(reflected(x!), a as Tensor4D, 1, 'valid') }))
    const pad = graph.nodes.find(({ op }) => op === 'MirrorPad')
    expect(graph.nodes.find(({ name }) => name === pad?.inputs[0])?.op).toBe('Cast')
  })
})

it('a training step: weights are cast once for the pass forward and back, and fewer casts leave the same bits', () => {
  const loss = (x: Tensor, a: Tensor, b: Tensor) => {
    const hidden = tf.relu(tf.conv2d(reflected(x), a as Tensor4D, 1, 'valid'))
    return tf.mean(tf.square(tf.conv2d(reflected(hidden), b as Tensor4D, 1, 'valid'))).asScalar()
  }
  const { around, moved, graph } = compare(({ x, a, b }) => {
    const grads = tf.grads((...weights: Array<Tensor>) => loss(x!, weights[0]!, weights[1]!))([a!, b!])
    return { da: grads[0] as Tensor, db: grads[1] as Tensor, mean: tf.mean(x as Tensor1D) }
  })
  expect(moved).toBeLessThan(around)
  const weight = graph.nodes.filter(({ op, inputs }) => op === 'Cast' && inputs[0] === 'in2')
  expect(weight).toHaveLength(1)
})
