// The training of a classifier from plain values: augmented batches, the compiled step, one cycle of the learning rate, checks on
// validation films of which the best is kept. Used by the entry of `fit-classifier`. Films are read a batch at a time, so memory
// does not grow with their number.
import { asUnit, toSigned } from '@radiograft/geometry'
import { oneCycle, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep, type CompileOptions } from '@radiograft/tensor'
import {
  batchOrder,
  fit,
  TrainingCancelledError,
  TrainingDivergedError,
  type FitCourse,
  type SeriesRow,
} from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'
import { augmentFilm, type AugmentOptions } from '../augmentFilm.ts'
import { classifierNetwork, type ClassifierConfig } from '../classifierConfig.ts'
import {
  classifierKnobs,
  classifierLoss,
  classifierParams,
  classifierState,
  classifierStep,
  type ClassifierBatch,
  type ClassifierState,
} from '../classifierStep.ts'
import { filmClassifier } from '../filmClassifier.ts'
import { validationScores } from '../validationScores.ts'
import type { Example, Examples } from './examples.ts'

export interface TrainOptions {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly steps: number
  readonly batch: number
  /** top of the one-cycle schedule */
  readonly learningRate: number
  readonly weightDecay?: number
  readonly augment?: AugmentOptions
  /** checks on the validation films, evenly spaced, the last one after the last step */
  readonly checks: number
  readonly course?: FitCourse
}

/** Films by id as the network's size has them, [size, size] in [0, 1]. */
export type ReadFilms = (ids: ReadonlyArray<string>) => Promise<ReadonlyArray<Float32Array>>

export interface TrainedClassifier {
  /** of the check with the lowest validation loss, else the last; the caller owns them */
  readonly params: Params
  /** after which step they were so */
  readonly step: number
  readonly series: ReadonlyArray<SeriesRow>
}

/** @throws what `fit` throws; no tensor of the training is left then */
export const trainClassifier = async (
  { training, validation }: Pick<Examples, 'training' | 'validation'>,
  read: ReadFilms,
  config: ClassifierConfig,
  { seed, compile, steps, batch, learningRate, weightDecay, augment, checks, course }: TrainOptions,
): Promise<TrainedClassifier> => {
  const { size, task } = config
  const network = classifierNetwork(config)
  const rate = oneCycle({ maxLr: learningRate, totalSteps: steps })
  const checker = filmClassifier(config, { ...compile, batch: Math.min(batch, Math.max(validation.length, 1)) })
  const step = compileStep(
    classifierStep(network, { task, seed, ...(weightDecay === undefined ? {} : { weightDecay }) }),
    compile,
  )
  const init = network.init(rng(seed).fork('weights'), [size, size, 1])
  const state = classifierState(init)

  const batches = async (at: number) => {
    const chosen = Array.from(batchOrder(seed, training.length, batch, at), (i) => training[i]!)
    const pixels = await read(chosen.map(({ film }) => film))
    const films = new Float32Array(batch * size * size)
    chosen.forEach(({ film }, i) => {
      const random = rng(seed).fork('augment').fork(at).fork(i).fork(film)
      films.set(toSigned(asUnit(augmentFilm(pixels[i]!, size, size, random, augment))), i * size * size)
    })
    const tensors = { films: tf.tensor4d(films, [batch, size, size, 1]), ...answers(chosen) }
    return { tensors, films: chosen.map(({ film }) => film) }
  }

  /** the lowest validation loss so far; belongs to the checkpoint, or a resumed fit would choose another state */
  let lowest: number | null = null
  const check = async (now: ClassifierState) => {
    const params = classifierParams(now)
    const logits = new Float32Array(validation.length * config.classes.length)
    for (let from = 0; from < validation.length; from += checker.batch) {
      const some = validation.slice(from, from + checker.batch)
      const rows = await read(some.map(({ film }) => film))
      const pixels = new Float32Array(some.length * size * size)
      rows.forEach((row, i) => pixels.set(row, i * size * size))
      const found = await checker.classify(params, { pixels, count: some.length, height: size, width: size })
      logits.set(found.logits, from * config.classes.length)
    }
    const loss = tf.tidy(() => {
      const tensor = tf.tensor2d(logits, [validation.length, config.classes.length])
      return classifierLoss(task, tensor, answers(validation)).dataSync()[0]!
    })
    const best = lowest === null || loss < lowest
    if (best) lowest = loss
    const said = validation.map(({ targets, weights }) => ({
      targets,
      known: task === 'classes' ? targets.map(() => 1) : weights,
    }))
    return { values: { loss, ...validationScores(config, logits, said) }, best }
  }

  try {
    const trained = await fit<ClassifierState, ClassifierBatch, 'adamStepSize' | 'adamRootCorrection'>({
      step: step.aside,
      state,
      batches,
      knobs: (at) => classifierKnobs(at, rate(at)),
      alsoLog: (at) => ({ learningRate: rate(at) }),
      steps,
      ...(validation.length > 0 ? { validate: { every: Math.ceil(steps / checks), run: check } } : {}),
      ...course,
      ...(course?.checkpoints
        ? {
            checkpoints: {
              ...course.checkpoints,
              host: { save: () => ({ lowest }), restore: (kept) => ({ lowest } = kept as { lowest: number | null }) },
            },
          }
        : {}),
    })
    const chosen = trained.best ?? { state: trained.state, step: trained.steps }
    const params = classifierParams(chosen.state)
    disposeBut(params, trained.state, chosen.state)
    return { params, step: chosen.step, series: trained.series }
  } catch (error) {
    disposeBut({}, state) // where the loop never began; disposing twice does nothing
    if (error instanceof TrainingCancelledError || error instanceof TrainingDivergedError) disposeBut({}, error.state)
    throw error
  } finally {
    step.dispose()
    checker.dispose()
  }
}

/** Targets [B, C] and weights, [B] of classes or [B, C] of findings. */
const answers = (of: ReadonlyArray<Example>): Pick<ClassifierBatch, 'targets' | 'weights'> => {
  const stacked = (rows: ReadonlyArray<Float32Array>): tf.Tensor => {
    const width = rows[0]!.length
    const values = new Float32Array(rows.length * width)
    rows.forEach((row, i) => values.set(row, i * width))
    return tf.tensor2d(values, [rows.length, width])
  }
  const weights = stacked(of.map((example) => example.weights))
  const targets = stacked(of.map((example) => example.targets))
  if (weights.shape[1] === targets.shape[1]) return { targets, weights }
  const flat = tf.reshape(weights, [of.length])
  weights.dispose()
  return { targets, weights: flat }
}

const disposeBut = (kept: Params, ...states: ReadonlyArray<Readonly<Record<string, tf.Tensor>>>): void => {
  const stay = new Set(Object.values(kept))
  for (const state of states) for (const tensor of Object.values(state)) if (!stay.has(tensor)) tensor.dispose()
}
