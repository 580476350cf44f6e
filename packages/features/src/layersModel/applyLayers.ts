// The forward pass of a layers model's steps in plain tfjs-core. Used by networkExtractor, compiled.
import type { Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { LayerStep } from './LayerStep.ts'

/**
 * The map of the last step. Padding `same` is TensorFlow's: with an even total the two sides get as much, else the far one
 * more.
 * @param params of `layersNetwork`
 * @param films [B, H, W, C]
 * @returns [B, h, w, c]
 */
export const applyLayers = (steps: ReadonlyArray<LayerStep>, params: Params, films: Tensor): Tensor => {
  const maps = new Map<string, Tensor>()
  const at = (name: string): Tensor4D => maps.get(name) as Tensor4D
  let last = films
  for (const step of steps) {
    last = stepOf(step, params, films, at)
    maps.set(step.name, last)
  }
  return last
}

const stepOf = (step: LayerStep, params: Params, films: Tensor, at: (name: string) => Tensor4D): Tensor => {
  switch (step.op) {
    case 'input':
      return films
    case 'pad': {
      const [top, bottom, left, right] = step.pads
      return tf.pad(at(step.from), [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ])
    }
    case 'conv':
    case 'depthwise': {
      const filter = params[`${step.name}.weight`] as Tensor4D
      const convolve = step.op === 'conv' ? tf.conv2d : tf.depthwiseConv2d
      return tf.add(convolve(at(step.from), filter, step.stride, step.padding), params[`${step.name}.bias`]!)
    }
    case 'relu': {
      const cut = tf.relu(at(step.from))
      return step.max === null ? cut : tf.minimum(cut, step.max)
    }
    case 'add':
      return step.from.map((name): Tensor => at(name)).reduce((sum, map) => tf.add(sum, map))
  }
}
