// A training step of a detector that attends to the residual of a generator as it is now (rows G15, G21):
//
//   min over the detector  L_det(F · (1 + I_r)),  I_r = |x − G(x)|, G fixed
//
// G sees the film as the detector does, augmented. Used by `fit-alternating` in the detector's turns.
import {
  detectorStep,
  type DetectorBatch,
  type DetectorConfig,
  type DetectorLog,
  type DetectorState,
  type DetectorStepOptions,
  type RetinaNet,
} from '@radiograft/detectors'
import { scope, unscope, type Layer, type Params } from '@radiograft/nn'
import type { Step } from '@radiograft/tensor'
import type * as tf from '@tensorflow/tfjs-core'
import { residualMaps } from './residualMaps.ts'

export interface AttendingOptions {
  readonly network: RetinaNet
  readonly config: Pick<DetectorConfig, 'height' | 'width' | 'levels'> & {
    readonly attention: NonNullable<DetectorConfig['attention']>
  }
  readonly detector: DetectorStepOptions
  readonly generator: Layer
  /** side of the films that the generator sees, pixels */
  readonly size: number
}

/** A detector's batch without maps, and the generator's parameters under `generator.…`. */
export type AttendingBatch = Partial<DetectorBatch> & Readonly<Record<`generator.${string}`, tf.Tensor>>

/** The batch of a step: films and targets beside the parameters, which stay their owner's. */
export const attendingBatch = (batch: Partial<DetectorBatch>, generator: Params): AttendingBatch => ({
  ...batch,
  ...(unscope(generator, 'generator') as AttendingBatch),
})

export const attendingStep =
  ({
    network,
    config,
    detector,
    generator,
    size,
  }: AttendingOptions): Step<DetectorState, AttendingBatch, 'adamStepSize' | 'adamRootCorrection', DetectorLog> =>
  (state, batch, knobs) => {
    const attention = residualMaps(generator, scope(batch, 'generator'), batch.films!, size, config)
    return detectorStep(network, detector)(state, { ...batch, attention }, knobs)
  }
