// Entry of `train`.
import type { RunOf } from '@radiograft/pipeline'
import { compileStep, withOpScope } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { train } from './stages.ts'

export const run: RunOf<typeof train> = async ({ params, inputs, ctx }) => {
  const tf = await loadRuntime({ threads: ctx.threads })
  const { channels } = params
  const step = compileStep(
    (state, { films }, { rate }) => {
      const { value, grads } = tf.valueAndGrads((...[w]) => {
        const maps = withOpScope('body/conv', () => tf.conv2d(films as Tensor4D, w as Tensor4D, 1, 'same'))
        return tf.mean(tf.square(maps)).asScalar()
      })([state['w'] as Tensor])
      return { state: { w: tf.sub(state['w'] as Tensor, tf.mul(grads[0]!, rate!)) }, logs: { loss: value } }
    },
    { precision: ctx.precision },
  )
  let state: Record<string, Tensor> = { w: tf.randomNormal([3, 3, channels, channels], 0, 0.1, 'float32', 1) }
  const curves: Array<{ readonly name: string; readonly step: number; readonly value: number }> = []
  for (let i = 0; i < params.steps; i++) {
    ctx.signal.throwIfAborted()
    const number = Number(inputs.table.cells[i % inputs.table.cells.length]![0])
    const films = tf.fill([2, 32, 32, channels], number / 10)
    const next = step(state, { films }, { rate: 0.01 })
    tf.dispose([films, ...Object.values(state)])
    ;({ state } = next)
    curves.push({ name: 'loss', step: i + 1, value: next.logs['loss'] })
    ctx.progress(i + 1, params.steps)
  }
  return { curves }
}
