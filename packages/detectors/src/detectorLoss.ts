// What a detector minimises (row G18): classes + boxes + .1 · class of the film. Used by its training step, and by whoever
// trains something through it, such as a generator whose residual it attends to.
import type { ApplyContext, Params } from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { DetectorBatch } from './detectorStep.ts'
import { focalLoss } from './losses/focalLoss.ts'
import type { Normaliser } from './losses/normaliseByPositives.ts'
import { smoothL1 } from './losses/smoothL1.ts'
import type { RetinaNet } from './network/retinaNet.ts'

export interface DetectorLossOptions {
  /** weight of the film's class in the loss @default .1 */
  readonly globalWeight?: number
  /** what both detection losses are divided by @default 'batch' (G18: 'film') */
  readonly normaliser?: Normaliser
}

export interface DetectorLoss {
  /** scalars: the sum, and its parts before weighting */
  readonly loss: Tensor
  readonly classification: Tensor
  readonly regression: Tensor
  readonly global: Tensor
  /** new running statistics */
  readonly updates: Params
}

/** Loss and parts of one batch; `batch.attention` where the network has attention. */
export const detectorLoss = (
  network: RetinaNet,
  params: Params,
  batch: Partial<DetectorBatch>,
  ctx: ApplyContext,
  { globalWeight = 0.1, normaliser = 'batch' }: DetectorLossOptions = {},
): DetectorLoss => {
  const { y, updates } = network.apply(params, batch.films!, ctx, batch.attention)
  const classification = withOpScope('focalLoss', () => focalLoss(y.logits, batch.labels!, { normaliser }))
  const regression = withOpScope('smoothL1', () => smoothL1(y.deltas, batch.deltas!, batch.labels!, { normaliser }))
  const global = tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(y.global), batch.classes!), 1)))
  const loss = tf.add(tf.add(classification, regression), tf.mul(global, globalWeight))
  return { loss, classification, regression, global, updates }
}
