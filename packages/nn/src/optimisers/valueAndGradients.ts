// Value and gradient per named parameter, inside a training step. `tf.grads` throws without saying which parameter has no
// gradient; here the error has its name.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { isUnder, trainable } from '../params/trainable.ts'

/** The loss, a float32 scalar, and whatever else should outlive the gradient: updates, fakes, parts of the loss. */
export type Loss<Aux> = { readonly loss: Tensor; readonly aux: Aux }

export type GradientOptions = {
  /** Prefixes of parameters that are plain inputs: no gradient is computed for them. */
  readonly frozen?: readonly string[]
  /** Prefixes of parameters that may have no gradient; they get zeros. */
  readonly unused?: readonly string[]
}

export type ValueAndGradients<Aux> = {
  readonly loss: Tensor
  readonly aux: Aux
  /** One for each trainable parameter, in its shape. */
  readonly gradients: Params
}

/**
 * Runs `f` on the parameters and differentiates its loss by each of them, running statistics and `frozen` ones excepted.
 * Call it inside `tf.tidy` or a compiled step. It can be nested or repeated (a GAN calls it once per network).
 * @throws NetworkError naming the first parameter without gradient that is not declared frozen or unused
 */
export const valueAndGradients = <Aux extends tf.TensorContainer>(
  f: (params: Params) => Loss<Aux>,
  params: Params,
  { frozen = [], unused = [] }: GradientOptions = {},
): ValueAndGradients<Aux> => {
  const learned = trainable(params, frozen)
  const names = Object.keys(learned)
  if (names.length === 0) throw new NetworkError('', 'there is no parameter to differentiate by: all are frozen')
  const engine = tf.engine()
  let aux: Aux | undefined
  // What the tape's own tidy would dispose of: kept across it, then handed back to the caller's tidy.
  let held: Tensor[] = []
  const first = engine['nextTensorId']() // tensors from outside have smaller numbers and belong to someone else
  const { value, grads } = engine.gradients(
    () => {
      const { loss, aux: made } = f(params)
      aux = made
      held = tf.tensor_util.getTensorsInContainer(made).filter((t) => t.id > first && !t.kept)
      for (const t of held) tf.keep(t)
      return loss
    },
    names.map((name) => learned[name]!),
    undefined,
    true,
  )
  for (const t of held) {
    t.kept = false
    engine['track'](t)
  }
  const gradients: Record<string, Tensor> = {}
  names.forEach((name, i) => {
    const gradient = grads[i]
    if (gradient !== undefined) gradients[name] = gradient
    else if (unused.some((prefix) => isUnder(name, prefix))) gradients[name] = tf.zerosLike(learned[name]!)
    else
      throw new NetworkError(name, 'this parameter has no gradient; use it in the loss, or declare it frozen or unused')
  })
  return { loss: value, aux: aux as Aux, gradients }
}
