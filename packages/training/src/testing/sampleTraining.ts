// A training with everything in it that a resumed run could get wrong: Adam's moments, dropout whose masks come from a counter
// in the state, knobs from a plateau schedule that watches the validation, the best state, windows, -0 and NaN. Small, and a
// real compiled step.
import {
  adamInit,
  adamKnobs,
  adamStep,
  dense,
  dropout,
  plateauInit,
  reduceOnPlateau,
  relu,
  sequential,
} from '@radiograft/nn'
import { scope, unscope, valueAndGradients } from '@radiograft/nn'
import type { Params, PlateauState } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Fitted, FitOptions, FitStep } from '../fit.ts'

type Knob = 'adamStepSize' | 'adamRootCorrection'
type Films = { readonly x: tf.Tensor; readonly y: tf.Tensor }

const net = sequential([
  ['a', dense({ inC: 4, outC: 6 })],
  ['relu', relu],
  ['drop', dropout({ rate: 0.3 })],
  ['b', dense({ inC: 6, outC: 1 })],
])

/** Batches of 8 points; what is to be learned is the sum of squares. */
const filmsOf = (seed: number | string): Films => {
  const points = rng(seed)
  const x = Float32Array.from({ length: 32 }, () => points.uniform() * 2 - 1)
  const y = Float32Array.from({ length: 8 }, (_, i) => x.subarray(4 * i, 4 * i + 4).reduce((sum, v) => sum + v * v, 0))
  return { x: tf.tensor2d(x, [8, 4]), y: tf.tensor2d(y, [8, 1]) }
}

export const compiledStep = () =>
  compileStep<Params, Films, Knob, 'loss' | 'zero'>((state, batch, knobs) => {
    const params = scope(state, 'net')
    const { loss, gradients } = valueAndGradients((p) => {
      const ctx = { training: true, random: { seed: 5, step: state['counter']! } }
      const { y } = net.apply(p, batch.x, ctx)
      return { loss: tf.mean(tf.square(tf.sub(y, batch.y))), aux: {} }
    }, params)
    const next = adamStep(params, gradients, scope(state, 'adam'), knobs)
    return {
      state: {
        ...unscope(next.params, 'net'),
        ...unscope(next.state, 'adam'),
        counter: tf.add(state['counter']!, tf.scalar(1, 'int32')),
        odd: tf.logicalNot(state['odd']!),
        fixed: state['fixed']!,
        ...(state['ballast'] ? { ballast: state['ballast'] } : {}),
      },
      logs: { loss, zero: tf.mul(loss, -0) },
    }
  })

/** @param ballast numbers that are only carried along, so that writing a checkpoint takes a while */
export const firstState = (ballast = 0): Params =>
  tf.tidy(() => {
    const params = net.init(rng('weights'), [4])
    return {
      // not in the order of names: that of the record must not matter, nor be lost
      odd: tf.scalar(false, 'bool'),
      fixed: tf.tensor1d([-0, Number.NaN, 1e-45]),
      ...unscope(params, 'net'),
      counter: tf.scalar(0, 'int32'),
      ...unscope(adamInit(params), 'adam'),
      ...(ballast > 0 ? { ballast: tf.fill([ballast], 0.5) } : {}),
    }
  })

/** 23 steps, windows of 4, a validation each 5 and at the end; the best is at 10. */
export const sampleTraining = (
  step: FitStep<Params, Films, Knob>,
  { steps = 23, stopAt = Infinity, ballast = 0 } = {},
): FitOptions<Params, Films, Knob> & {
  readonly host: NonNullable<NonNullable<FitOptions<Params, Films, Knob>['checkpoints']>['host']>
} => {
  let plateau: PlateauState = plateauInit(0.05)
  return {
    step,
    state: firstState(ballast),
    steps,
    logEvery: 4,
    batches: async (i) => ({ tensors: filmsOf(`train ${i}`), films: [`film ${i}`] }),
    knobs: (i) => adamKnobs(i + 1, plateau.lr),
    validate: {
      every: 5,
      run: async (state, done) => {
        const loss = tf.tidy(() => {
          const { x, y } = filmsOf('check')
          return tf.mean(tf.square(tf.sub(net.apply(scope(state, 'net'), x, { training: false }).y, y))).dataSync()[0]!
        })
        plateau = reduceOnPlateau(plateau, loss, { patience: 0, threshold: 0.5, factor: 0.5 })
        const values = { loss, rate: plateau.lr, nothing: -0, unknown: Number.NaN }
        return { values, best: done === 5 || done === 10, stop: done >= stopAt }
      },
    },
    host: {
      // JSON has no Infinity
      save: () => ({ ...plateau, best: Number.isFinite(plateau.best) ? plateau.best : null }),
      restore: (saved) => {
        const { best, ...rest } = saved as unknown as PlateauState & { readonly best: number | null }
        plateau = { ...rest, best: best ?? Infinity }
      },
    },
  }
}

const bytesOf = (state: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => {
      const { buffer, byteOffset, byteLength } = tensor.dataSync()
      return [
        name,
        `${tensor.dtype} [${tensor.shape.join()}] ${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}`,
      ]
    }),
  )

/** All that came out, to the last bit, as plain values; the tensors are disposed of. */
export const outcomeOf = ({ state, best, series, steps }: Fitted<Params>) => {
  const outcome = {
    steps,
    series,
    state: bytesOf(state),
    best: best && { step: best.step, state: bytesOf(best.state) },
  }
  tf.dispose([state, best?.state])
  return outcome
}
