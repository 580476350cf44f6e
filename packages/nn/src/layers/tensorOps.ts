// Portable forms of three operations until the tensor package's native ones are used.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

export const mirrorPad = (x: Tensor, pads: Array<[number, number]>, mode: 'reflect' | 'symmetric'): Tensor =>
  tf.mirrorPad(x, pads, mode)

/** x where positive, else alpha x; of relu, because tfjs's own has no second gradient. */
export const leakyRelu = (x: Tensor, alpha: number): Tensor => tf.add(tf.mul(x, alpha), tf.mul(tf.relu(x), 1 - alpha))

type NativeBackend = {
  createTypeOpAttr(name: string, dtype: string): object
  executeSingleOutput(name: string, attrs: object[], inputs: Tensor[]): Tensor
}

/** Uniform numbers in [0, 1) that are a function of the seed. @param seed int32 [2] */
export const statelessUniform = (shape: readonly number[], seed: Tensor): Tensor => {
  const native = tf.backend() as unknown as NativeBackend
  const attrs = [
    native.createTypeOpAttr('dtype', 'float32'),
    native.createTypeOpAttr('T', 'int32'),
    native.createTypeOpAttr('Tseed', 'int32'),
  ]
  return native.executeSingleOutput('StatelessRandomUniform', attrs, [tf.tensor1d([...shape], 'int32'), seed])
}
