// The training of an aligner from plain values: seeded order, random warps, the compiled step, the schedule. Used by the
// entry of `fit-aligner`. Films are read a batch at a time, so memory does not grow with their number.
import { asUnit, toSigned, warpFilm } from '@radiograft/geometry'
import type { NetworkTensor, Params } from '@radiograft/nn'
import { adamKnobs, fromNetworkTensors, oneCycle } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import type { CompileOptions } from '@radiograft/tensor'
import type { FitCourse, SeriesRow } from '@radiograft/training'
import { batchEpoch, batchOrder, fitNetwork } from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'
import { AlignError } from '../AlignError.ts'
import type { AlignerBatch } from '../models/alignerStep.ts'
import { alignerOf, alignerState, alignerStep } from '../models/alignerStep.ts'
import { spatialTransformer } from '../networks/spatialTransformer.ts'
import { randomPose } from '../randomPose.ts'

export interface TrainOptions {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  /** side of the films, pixels */
  readonly size: number
  readonly steps: number
  readonly batch: number
  /** top of the one-cycle schedule */
  readonly learningRate: number
  /** whether each film is misaligned anew, by a pose seeded by (seed, epoch, film) */
  readonly warp: boolean
  /** a finished aligner to start from. @default drawn by the seed */
  readonly init?: Readonly<Record<string, NetworkTensor>> | undefined
  readonly course?: FitCourse
}

/** Films [size · size] in [0, 1], in the order asked for. */
export type ReadFilms = (ids: ReadonlyArray<string>) => Promise<ReadonlyArray<Float32Array>>

/**
 * @param ids training films
 * @param reference R, [size · size] in [0, 1]
 * @returns parameters, which the caller owns, and the curves of losses, determinant, gradient norm and learning rate
 */
export const trainAligner = async (
  ids: ReadonlyArray<string>,
  read: ReadFilms,
  reference: Float32Array,
  options: TrainOptions,
): Promise<{ readonly params: Params; readonly series: ReadonlyArray<SeriesRow> }> => {
  const { seed, size, steps, batch, learningRate, warp } = options
  if (ids.length === 0) throw new AlignError('fit-aligner', 'the training part of the split has no film')
  const shape = [batch, size, size, 1] as [number, number, number, number]
  const network = spatialTransformer({ size })
  const rate = oneCycle({ maxLr: learningRate, totalSteps: steps })
  const poses = rng(seed).fork('poses')
  const fixed = toSigned(asUnit(reference))

  const batchOf = async (step: number) => {
    const chosen = Array.from(batchOrder(seed, ids.length, batch, step), (i) => ids[i]!)
    const films = await read(chosen)
    const pixels = new Float32Array(batch * size * size)
    films.forEach((film, i) => {
      const pose = warp ? randomPose(poses.fork(batchEpoch(ids.length, batch, step, i)).fork(chosen[i]!)) : undefined
      const moving = pose ? warpFilm(film, size, size, pose, 'border') : film
      pixels.set(toSigned(asUnit(moving)), i * size * size)
    })
    const tensors: AlignerBatch = {
      moving: tf.tensor4d(pixels, shape),
      reference: tf.tensor4d(fixed, [1, size, size, 1]), // the loop disposes of a batch whole
    }
    return { tensors, films: chosen }
  }

  return fitNetwork({
    step: compileStep(alignerStep(network), options.compile),
    networkOf: alignerOf,
    state: alignerState(network, rng(seed).fork('weights'), size, options.init && fromNetworkTensors(options.init)),
    batches: batchOf,
    knobs: (step) => adamKnobs(step + 1, rate(step)),
    alsoLog: (step) => ({ learningRate: rate(step) }),
    steps,
    ...options.course,
  })
}
