// Mirror padding and its gradient, and a compiled step that goes a quarter of the way to the mean of its batch, twice.
import { affineGrid, compileStep, gridSample, leakyRelu, mirrorPad, type CompiledStep } from '@radiograft/tensor'
import { loadRuntime, runtimeInfo } from '@radiograft/tensor/node'
import type { Tensor } from '@tensorflow/tfjs-core'

const tf = await loadRuntime({ threads: 2 })
console.log(tf.getBackend(), runtimeInfo().runtime?.tensorflow) // tensorflow 2.21.0
const row = tf.tensor1d([1, 2, 3])
console.log([...mirrorPad(row, [[2, 1]], 'reflect').dataSync()]) // [ 3, 2, 1, 2, 3, 2 ]

// 1 is seen once, 2 three times, 3 twice
console.log([
  ...tf
    .grad((x) => tf.sum(mirrorPad(x, [[2, 1]], 'reflect')))(row)
    .dataSync(),
]) // [ 1, 3, 2 ]
console.log([...leakyRelu(tf.tensor1d([4, -4]), 0.25).dataSync()]) // [ 4, -1 ]

// θ that shifts by one pixel of two: the right column, then the border's
const grid = affineGrid(
  tf.tensor3d([
    [
      [1, 0, 1],
      [0, 1, 0],
    ],
  ]),
  1,
  2,
)
console.log([...gridSample(tf.tensor4d([7, 9], [1, 1, 2, 1]), grid, { padding: 'border' }).dataSync()]) // [ 9, 9 ]

// w ← w − ¼ · d/dw mean (x − w)² = w + ½ (mean − w): 0, 2, 3 for a batch of mean 4
const step: CompiledStep<{ w: Tensor }, { x: Tensor }, 'lr', 'loss'> = compileStep(({ w }, { x }, { lr }) => {
  const { value, grads } = tf.valueAndGrads((v) => tf.mean(tf.square(tf.sub(x, v))))([w])
  return { state: { w: tf.sub(w, tf.mul(grads[0]!, lr)) }, logs: { loss: value } }
})
let state: { w: Tensor } = { w: tf.scalar(0) }
for (const _ of [1, 2]) state = step(state, { x: tf.tensor1d([3, 5]) }, { lr: 0.25 }).state
console.log(state.w.dataSync()[0]) // 3
