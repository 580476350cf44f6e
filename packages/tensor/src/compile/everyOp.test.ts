import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { compileFunction } from '../compileFunction.ts'
import { fillAttributes } from './fillAttributes.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

type Inputs = {
  readonly x: Tensor4D
  readonly y: Tensor4D
  readonly m: Tensor2D
  readonly i: Tensor1D
  readonly b: Tensor
}
const film = (k: number) =>
  tf.tensor(
    Float32Array.from({ length: 128 }, (_, i) => Math.sin(1 + i * k)),
    [2, 4, 4, 4],
  )
const inputs = () => ({
  x: film(0.7),
  y: film(1.3),
  m: tf.tensor(
    Float32Array.from({ length: 12 }, (_, i) => Math.cos(i)),
    [3, 4],
  ),
  i: tf.tensor1d([2, 0, 1, 1], 'int32'),
  b: tf.greater(film(2.1), 0),
})

/** Every family of op that networks and losses here use; `g` marks those whose gradient is compiled too. */
const ops: Record<string, (t: Inputs) => Tensor> = {
  'arithmetic g': ({ x, y }) => tf.div(tf.add(tf.mul(x, y), tf.sub(x, 2)), tf.add(tf.square(y), 1)),
  'exp log pow sqrt g': ({ x }) => tf.log(tf.add(tf.exp(x), tf.sqrt(tf.add(tf.pow(x, 2), 1)))),
  'maximum minimum g': ({ x, y }) => tf.add(tf.maximum(x, y), tf.minimum(x, y)),
  'squaredDifference g': ({ x, y }) => tf.squaredDifference(x, y),
  'clip abs neg g': ({ x }) => tf.neg(tf.abs(tf.clipByValue(x, -0.5, 0.5))),
  'relu elu selu g': ({ x }) => tf.add(tf.relu(x), tf.add(tf.elu(x), tf.selu(x))),
  'sigmoid tanh softplus g': ({ x }) => tf.add(tf.sigmoid(x), tf.add(tf.tanh(x), tf.softplus(x))),
  'leakyRelu prelu g': ({ x, y }) => tf.add(tf.leakyRelu(x, 0.2), tf.prelu(x, y)),
  'erf sin cos rsqrt g': ({ x }) =>
    tf.add(tf.erf(x), tf.add(tf.sin(x), tf.add(tf.cos(x), tf.rsqrt(tf.add(tf.abs(x), 1))))),
  'logSoftmax g': ({ m }) => tf.logSoftmax(m),
  'logSumExp g': ({ m }) => tf.logSumExp(m, 1),
  'sum mean g': ({ x }) => tf.add(tf.sum(x, [1, 2]), tf.mean(x, [1, 2])),
  'max min g': ({ x }) => tf.add(tf.max(x, [1, 2]), tf.min(x, [1, 2])),
  'prod all any': ({ x, b }) => tf.add(tf.prod(x, 3), tf.cast(tf.logicalOr(tf.all(b, 3), tf.any(b, 3)), 'float32')),
  'moments norm g': ({ x }) => tf.add(tf.moments(x, [1, 2], true).variance, tf.norm(x)),
  'cumsum g': ({ x }) => tf.cumsum(x, 1),
  'matMul dot g': ({ m }) => tf.matMul(m, m, false, true),
  'batched matMul g': ({ x }) => tf.matMul(tf.reshape(x, [2, 16, 4]), tf.reshape(x, [2, 16, 4]), true, false),
  'fused matMul g': ({ m }) => tf.fused.matMul({ a: m, b: m, transposeB: true, activation: 'relu' }),
  'conv2d g': ({ x, y }) =>
    tf.conv2d(x, tf.slice(tf.reshape(y, [2, 4, 4, 4]), [0, 0, 0, 0], [2, 2, 4, 4]) as Tensor4D, 2, 'same'),
  'pad, conv2d, bias, relu g': ({ x, y }) => {
    const padded = tf.pad(x, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ])
    return tf.relu(
      tf.add(tf.conv2d(padded, tf.slice(y, [0, 0, 0, 0], [2, 3, 4, 4]), 1, 'valid'), tf.tensor1d([0.1, 0.2, -0.1, 0])),
    )
  },
  'fused conv2d g': ({ x, y }) =>
    tf.fused.conv2d({
      x,
      filter: tf.slice(y, [0, 0, 0, 0], [2, 2, 4, 4]),
      strides: 1,
      pad: 'same',
      activation: 'relu',
    }),
  'conv2dTranspose g': ({ x, y }) =>
    tf.conv2dTranspose(x, tf.slice(y, [0, 0, 0, 0], [2, 4, 4, 4]), [2, 8, 8, 4], 2, 'same'),
  'depthwiseConv2d g': ({ x, y }) => tf.depthwiseConv2d(x, tf.slice(y, [0, 0, 0, 0], [2, 2, 4, 1]), 1, 'same'),
  'maxPool g': ({ x }) => tf.maxPool(x, 3, 2, 'same'),
  'avgPool g': ({ x }) => tf.avgPool(x, 2, 2, 'valid'),
  'batchNorm g': ({ x }) =>
    tf.batchNorm(
      x,
      tf.mean(x, [0, 1, 2]) as Tensor1D,
      tf.ones([4]),
      tf.tensor1d([1, 2, 3, 4]),
      tf.tensor1d([2, 1, 1, 3]),
      1e-3,
    ),
  'resizeBilinear g': ({ x }) => tf.image.resizeBilinear(x, [6, 7]),
  'resizeNearestNeighbor g': ({ x }) => tf.image.resizeNearestNeighbor(x, [8, 8]),
  cropAndResize: ({ x, m }) => tf.image.cropAndResize(x, tf.abs(m), tf.tensor1d([0, 1, 1], 'int32'), [2, 3]),
  'nonMaxSuppression, padded': ({ m }) =>
    tf.image.nonMaxSuppressionPadded(m, tf.sum(m, 1), 5, 0.5, -10, true)['selectedIndices'] as Tensor,
  'pad g': ({ x }) =>
    tf.pad(
      x,
      [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ],
      0.5,
    ),
  'reshape transpose g': ({ x }) => tf.transpose(tf.reshape(x, [2, 16, 4]), [0, 2, 1]),
  'expandDims squeeze g': ({ m }) => tf.add(tf.squeeze(tf.expandDims(m, 1), [1]), m),
  'concat stack unstack g': ({ x, y }) => tf.stack(tf.unstack(tf.concat([x, y], 3), 1), 0),
  'split g': ({ x }) => tf.concat(tf.split(x, [1, 3], 2).toReversed(), 2),
  'slice g': ({ x }) => tf.slice(x, [0, 1, 0, 1], [2, 2, 3, -1]),
  stridedSlice: ({ x }) => tf.stridedSlice(x, [0, 0, 1, 0], [2, 4, 4, 4], [1, 2, 1, 3]),
  'tile g': ({ m }) => tf.tile(m, [2, 3]),
  'reverse g': ({ x }) => tf.reverse(x, [1, 2]),
  'gather g': ({ m, i }) => tf.gather(m, i),
  'gatherND scatterND': ({ m }) =>
    tf.add(
      tf.gatherND(m, tf.tensor2d([[0], [2]], [2, 1], 'int32')),
      tf.scatterND(tf.tensor2d([[0], [1]], [2, 1], 'int32'), tf.slice(m, [0, 0], [2, 4]), [2, 4]),
    ),
  'unsortedSegmentSum g': ({ m, i }) => tf.unsortedSegmentSum(tf.transpose(m), i, 3),
  'where g': ({ x, y, b }) => tf.where(b, x, y),
  comparisons: ({ x, y }) =>
    tf.logicalAnd(tf.logicalXor(tf.greater(x, y), tf.lessEqual(x, 0)), tf.logicalNot(tf.notEqual(x, y))),
  'argMax argMin': ({ m }) => tf.add(tf.argMax(m, 1), tf.argMin(m, 1)),
  topk: ({ m }) => tf.topk(m, 2).values,
  'topk indices': ({ m }) => tf.topk(m, 2).indices,
  oneHot: ({ i }) => tf.oneHot(i, 4),
  'floor round sign mod': ({ x }) =>
    tf.add(tf.floor(tf.mul(x, 3)), tf.add(tf.round(x), tf.add(tf.sign(x), tf.mod(x, 0.3)))),
  cast: ({ x, b }) => tf.add(tf.cast(tf.mul(x, 10), 'int32'), tf.cast(b, 'int32')),
  'int32 arithmetic': ({ i }) =>
    tf.floorDiv(tf.add(tf.mul(i, tf.scalar(3, 'int32')), tf.scalar(1, 'int32')), tf.scalar(2, 'int32')),
  'addN g': ({ x, y }) => tf.addN([x, y, x]),
  'broadcastTo g': ({ m }) => tf.broadcastTo(m, [2, 3, 4]),
  'zerosLike onesLike fill': ({ x }) => tf.add(tf.zerosLike(x), tf.add(tf.onesLike(x), tf.fill([2, 4, 4, 4], 0.25))),
  'depthToSpace spaceToBatch': ({ x }) =>
    tf.add(
      tf.depthToSpace(x, 2),
      tf.mean(
        tf.spaceToBatchND(
          x,
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        ),
      ),
    ),
  'localResponseNormalization g': ({ x }) => tf.localResponseNormalization(x, 2),
  'losses g': ({ m }) => tf.losses.sigmoidCrossEntropy(tf.sigmoid(m), m),
  'linspace range eye': ({ m }) => tf.add(tf.matMul(tf.eye(3), m), tf.add(tf.linspace(0, 1, 4), tf.range(0, 4))),
}

describe('every op is the same in a graph', () => {
  it.each([...Object.keys(ops), 'softmax'])('%s', (name) => {
    const op = ops[name] ?? (({ m }: Inputs) => tf.softmax(m))
    const body = (t: Inputs): Record<string, Tensor> => {
      if (!name.endsWith(' g')) return { value: op(t) }
      const names = ['x', 'y', 'm'] as const
      const weighted = (...[x, y, m]: Array<Tensor>) => {
        const out = op({ ...t, x, y, m } as unknown as Inputs)
        // All three take part, so that each has a gradient.
        return tf.addN([tf.sum(tf.mul(out, tf.sin(out))), ...[x, y, m].map((v) => tf.mul(tf.sum(v as Tensor), 0.01))])
      }
      const { value, grads } = tf.valueAndGrads(weighted)(names.map((key) => t[key]))
      return { out: op(t), value, ...Object.fromEntries(grads.map((g, k) => [`d${k}`, g])) }
    }
    const compiled = compileFunction(body as never)
    const eager = body(inputs() as unknown as Inputs)
    const graph = compiled(inputs())
    for (const [key, tensor] of Object.entries(eager)) {
      expect([key, graph[key]?.dtype, graph[key]?.shape]).toEqual([key, tensor.dtype, tensor.shape])
      const actual = Array.from(graph[key]!.dataSync())
      const worst = Array.from(tensor.dataSync()).reduce(
        (max, value, k) => Math.max(max, Math.abs(value - actual[k]!)),
        0,
      )
      // In graphs oneDNN has a softmax of its own, which differs from the eager one in the last bit.
      expect([key, worst]).toEqual([key, name === 'softmax' ? expect.closeTo(0, 6) : 0])
    }
    compiled.dispose()
  })
})

describe('fillAttributes', () => {
  const type = (value: number) => ({ kind: 'type', value }) as const

  it('derives types and counts from the inputs, and drops what the op does not have', () => {
    expect(fillAttributes('ExpandDims', {}, [1, 3])).toEqual({ T: type(1), Tdim: type(3) })
    expect(fillAttributes('ConcatV2', {}, [10, 10, 10, 3])).toEqual({
      N: { kind: 'int', value: 3 },
      T: type(10),
      Tidx: type(3),
    })
    expect(fillAttributes('IdentityN', {}, [1, 3])).toEqual({ T: { kind: 'types', value: [1, 3] } })
    expect(fillAttributes('Relu', { T: type(1), made_up: type(9) }, [1])).toEqual({ T: type(1) })
  })

  it('names the op and the attribute that it cannot derive', () => {
    expect(() => fillAttributes('Cast', {}, [1])).toThrow(/Cast .*'DstT'/)
    expect(() => fillAttributes('NoSuchOp', {}, [])).toThrow(/NoSuchOp/)
    expect(() => fillAttributes('toString', {}, [])).toThrow(/toString/)
  })
})
