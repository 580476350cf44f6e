// One training step of a classifier as a pure function, for `compileStep`: loss, gradients, Adam, new running statistics.
// Used by the `fit-classifier` stage.
import type { Params } from '@radiograft/nn'
import { adamInit, adamKnobs, adamStep, globalNorm, scope, unscope, valueAndGradients } from '@radiograft/nn'
import type { Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { ClassifierTask } from './classifierConfig.ts'
import { sigmoidCrossEntropy } from './losses/sigmoidCrossEntropy.ts'
import { softmaxCrossEntropy } from './losses/softmaxCrossEntropy.ts'
import type { SmallCnn } from './networks/smallCnn.ts'

export interface ClassifierStepOptions {
  readonly task: ClassifierTask
  /** uint32, for dropout */
  readonly seed: number
  /** L2, added to the gradient of every weight @default 1e-4 (D5) */
  readonly weightDecay?: number
}

/** `net.…` parameters and running statistics, `adam.…` moments, `step` (int32, counts from 0). */
export type ClassifierState = Readonly<Record<string, Tensor>>

/**
 * films `[B, S, S, 1]` in [−1, 1]; targets `[B, C]`, 1 or 0; weights `[B]` of films where classes exclude one another, `[B, C]`
 * of findings, 0 where nobody knows.
 */
export type ClassifierBatch = Readonly<Record<'films' | 'targets' | 'weights', Tensor>>

export type ClassifierLog = 'loss' | 'gradNorm'

/** The state before the first step. The caller owns it. */
export const classifierState = (params: Params): ClassifierState => ({
  ...unscope(params, 'net'),
  ...unscope(adamInit(params), 'adam'),
  step: tf.scalar(0, 'int32'),
})

/** The network's parameters in a state: the same tensors, not copies. */
export const classifierParams = (state: ClassifierState): Params => scope(state, 'net')

/** What changes from step to step. @param step counted from 0 */
export const classifierKnobs = (step: number, learningRate: number): ReturnType<typeof adamKnobs> =>
  adamKnobs(step + 1, learningRate)

/** What a classifier minimises, of logits. */
export const classifierLoss = (
  task: ClassifierTask,
  logits: Tensor,
  { targets, weights }: Pick<ClassifierBatch, 'targets' | 'weights'>,
): Tensor => losses[task](logits, targets, weights)

const losses = { classes: softmaxCrossEntropy, findings: sigmoidCrossEntropy } as const

/** Knobs: `classifierKnobs(step, learningRate)`. */
export const classifierStep =
  (
    network: SmallCnn,
    { task, seed, weightDecay = 1e-4 }: ClassifierStepOptions,
  ): Step<ClassifierState, ClassifierBatch, 'adamStepSize' | 'adamRootCorrection', ClassifierLog> =>
  (state, batch, knobs) => {
    const params = classifierParams(state)
    const ctx = { training: true, random: { seed, step: state['step']! } }
    const { loss, aux, gradients } = valueAndGradients((p) => {
      const { y, updates } = network.apply(p, batch.films, ctx)
      return { loss: classifierLoss(task, y.logits, batch), aux: updates }
    }, params)
    const next = adamStep(params, gradients, scope(state, 'adam'), { ...knobs, weightDecay })
    return {
      state: {
        ...unscope({ ...next.params, ...aux }, 'net'),
        ...unscope(next.state, 'adam'),
        step: tf.add(state['step']!, tf.scalar(1, 'int32')),
      },
      logs: { loss, gradNorm: globalNorm(gradients) },
    }
  }
