// The training step of the aligner: θ from the moving films, the films seen through θ, the loss against the reference.
import { adamInit, adamStep, clipFactor, scope, unscope, valueAndGradients, type Params } from '@radiograft/nn'
import type { Network } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import { affineGrid, gridSample, withOpScope, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { alignmentLoss } from '../losses/alignmentLoss.ts'
import { perceptualWeights } from '../losses/perceptualFeatures.ts'

/** Moving films [B, S, S, 1] and the reference [1, S, S, 1], in [−1, 1]. */
export type AlignerBatch = { readonly moving: tf.Tensor; readonly reference: tf.Tensor }
export type AlignerKnobs = 'adamStepSize' | 'adamRootCorrection'
export type AlignerLogs = 'loss' | 'pixel' | 'feature' | 'determinant' | 'gradNorm'

const [NET, ADAM, FEATURES] = ['aligner', 'adam', 'features'] as const

/** The largest norm of the gradients: early steps on θ are steep. */
const CLIP = 1

/** @param from a finished aligner's parameters, which become part of the state. @default drawn */
export const alignerState = (network: Network, rng: Rng, size: number, from?: Params): Params =>
  tf.tidy(() => {
    const params = from ?? network.init(rng, [size, size, 1])
    return {
      ...unscope(params, NET),
      ...unscope(adamInit(params), ADAM),
      ...unscope(perceptualWeights(size), FEATURES),
    }
  })

/** The network's parameters out of a training state. */
export const alignerOf = (state: Params): Params => scope(state, NET)

export const alignerStep =
  (network: Network): Step<Params, AlignerBatch, AlignerKnobs, AlignerLogs> =>
  (state, { moving, reference }, knobs) => {
    const [batch, height, width] = moving.shape as [number, number, number]
    const params = scope(state, NET)
    const { loss, aux, gradients } = valueAndGradients((p) => {
      const { y: theta, updates } = network.apply(p, moving, { training: true })
      const grid = affineGrid(tf.reshape(theta, [batch, 2, 3]), height, width)
      const aligned = withOpScope('warp', () => gridSample(moving, grid, { padding: 'border' }))
      const { loss, pixel, feature } = withOpScope('loss', () =>
        alignmentLoss(aligned, reference, scope(state, FEATURES)),
      )
      const [a, b, , c, d] = tf.unstack(theta, 1)
      const determinant = tf.mean(tf.sub(tf.mul(a!, d!), tf.mul(b!, c!)))
      return { loss, aux: { pixel, feature, determinant, updates } }
    }, params)
    const { factor, norm } = clipFactor(gradients, CLIP)
    const next = adamStep(params, gradients, scope(state, ADAM), { ...knobs, factor })
    return {
      state: { ...state, ...unscope({ ...next.params, ...aux.updates }, NET), ...unscope(next.state, ADAM) },
      logs: {
        loss,
        pixel: aux.pixel,
        feature: aux.feature,
        determinant: aux.determinant,
        gradNorm: norm,
      },
    }
  }
