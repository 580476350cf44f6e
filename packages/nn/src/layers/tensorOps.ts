// Portable forms of three operations until the tensor package's native ones are used.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

type NativeBackend = {
  executeSingleOutput(name: string, attrs: object[], inputs: Tensor[]): Tensor
  binding: Record<'TF_ATTR_STRING' | 'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32', number>
}
const native = (): NativeBackend => tf.backend() as unknown as NativeBackend
const typeAttr = (name: string, type: 'TF_FLOAT' | 'TF_INT32'): object => {
  const { binding } = native()
  return { name, type: binding.TF_ATTR_TYPE, value: binding[type] }
}

const runPad = (
  kernel: 'MirrorPad' | 'MirrorPadGrad',
  x: Tensor,
  pads: Array<[number, number]>,
  mode: string,
): Tensor => {
  const back = native()
  const other = kernel === 'MirrorPad' ? 'MirrorPadGrad' : 'MirrorPad'
  return tf.customGrad((x) => {
    const attrs = [
      typeAttr('T', 'TF_FLOAT'),
      typeAttr('Tpaddings', 'TF_INT32'),
      { name: 'mode', type: back.binding.TF_ATTR_STRING, value: mode.toUpperCase() },
    ]
    const value = back.executeSingleOutput(kernel, attrs, [x as Tensor, tf.tensor2d(pads, undefined, 'int32')])
    return { value, gradFunc: (dy: Tensor) => runPad(other, dy, pads, mode) }
  })(x)
}

/** tf.mirrorPad's own gradient is wrong: it cuts the border off instead of folding it back. */
export const mirrorPad = (x: Tensor, pads: Array<[number, number]>, mode: 'reflect' | 'symmetric'): Tensor =>
  runPad('MirrorPad', x, pads, mode)

/** x where positive, else alpha x; of relu, because tfjs's own has no second gradient. */
export const leakyRelu = (x: Tensor, alpha: number): Tensor => tf.add(tf.mul(x, alpha), tf.mul(tf.relu(x), 1 - alpha))

/** Uniform numbers in [0, 1) that are a function of the seed. @param seed int32 [2] */
export const statelessUniform = (shape: readonly number[], seed: Tensor): Tensor => {
  const back = native()
  const attrs = [typeAttr('dtype', 'TF_FLOAT'), typeAttr('T', 'TF_INT32'), typeAttr('Tseed', 'TF_INT32')]
  return back.executeSingleOutput('StatelessRandomUniform', attrs, [tf.tensor1d([...shape], 'int32'), seed])
}
