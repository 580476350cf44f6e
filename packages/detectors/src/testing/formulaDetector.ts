// A detector's parameters from the oracles' formula: drawing eleven million normals takes ten seconds inside Jest. Used by tests.
import { parameterShapes, type Params } from '@radiograft/nn'
import { formulaParams } from '@radiograft/nn/testing'
import * as tf from '@tensorflow/tfjs-core'
import { retinaNet, type RetinaNetOptions } from '../network/retinaNet.ts'

/** With heads that start as drawn ones do: small answers, few positives. */
export const formulaDetector = (options: RetinaNetOptions, size: number): Params =>
  tf.tidy(() => {
    const params = formulaParams(parameterShapes(retinaNet(options), [size, size, 1]) as unknown as Params)
    const small = (name: string) => ({ [name]: tf.mul(params[name]!, 0.1) })
    const prior = tf.fill(params['class.output.bias']!.shape, -4.6)
    return { ...params, ...small('class.output.weight'), ...small('box.output.weight'), 'class.output.bias': prior }
  })
