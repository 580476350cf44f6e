// What happens to a progressive GAN between two steps: it is looked at, goes back where it broke, leaves behind what is wanted of the
// way, and grows. All in the state, so that a training that is killed ends as one that was not. Used by `trainProgressive`.
import { scope, unscope, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import type { FitTurn } from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'
import { earlyMark, phaseEnds, type EarlyMark } from '../progressive/growthMarks.ts'
import { growthAt, growthSteps, type GrowthSchedule } from '../progressive/growthSchedule.ts'
import { partsOf } from '../progressive/partsOf.ts'
import { networksAt, type ProgressiveWidth } from '../progressive/networksAt.ts'
import type { Coverage } from '../progressive/coverage.ts'
import { progressiveCheck, type CheckValues } from '../progressive/progressiveCheck.ts'
import type { Growth } from '../progressive/ProgressiveNetwork.ts'
import { averageOf, G, grownState, progressiveState } from '../progressive/progressiveState.ts'
import {
  isCollapsed,
  isSound,
  mayRollBack,
  restPart,
  rolledBack,
  trainedPart,
  withGood,
} from '../progressive/rollback.ts'
import { comparedFilms, coverageCheck } from './coverageCheck.ts'
import { filmTensor } from './filmTensor.ts'
import type { RealFilms } from './RealFilms.ts'

export interface ProgressiveTurnOptions extends ProgressiveWidth {
  readonly seed: number
  readonly schedule: GrowthSchedule
  /** steps from one check to the next; the record's windows are 20 steps long */
  readonly checkEvery: number
  /** films of a phase's end, and of a check */
  readonly samples: number
  /** generated films that a check compares with as many validation and training films, fewer where there are fewer; 0: none */
  readonly compared: number
  /** told of each rollback: the step behind which it is, and why */
  readonly onRollback?: (step: number, why: string) => void
}

/** Films [samples, R, R, 1] that the average makes of the same latents at the end of a phase. */
export interface Milestone {
  /** such as `04-16-fading`: in order of time */
  readonly label: string
  readonly resolution: number
  readonly films: tf.Tensor
}

export interface LeftBehind {
  /** the average's parameters after 1 % of all films */
  readonly early: EarlyMark & { readonly params: Params }
  readonly milestones: ReadonlyArray<Milestone>
}

const [EARLY, MILESTONE] = ['early', 'milestone'] as const

export const progressiveTurn = (
  films: RealFilms,
  options: ProgressiveTurnOptions,
): FitTurn<Params> & {
  /** of a state after the last step: its own tensors */
  readonly leftBehind: (state: Params) => LeftBehind
} => {
  const { seed, schedule, latent, group, checkEvery, samples } = options
  const at = networksAt(options)
  const weights = rng(seed).fork('weights')
  const steps = growthSteps(schedule)
  const ends = phaseEnds(schedule)
  const early = earlyMark(schedule)
  const endAt = (done: number) => ends.find((end) => end.done === done)
  const isCheck = (done: number): boolean => done % checkEvery === 0 || done === steps

  /** the same at every check and every phase's end */
  const latents = rng(seed)
    .fork('samples')
    .normals(samples * latent)
  const checked = Math.floor(Math.min(samples, films.ids.length) / group) * group
  const order = rng(seed).fork('check').permutation(films.ids.length).subarray(0, checked)
  const shown = Array.from(order, (i) => films.ids[i]!)

  const count = comparedFilms(films, options.compared)
  const covers = count > 0 ? coverageCheck(films, { seed, count, latent, atOnce: samples }) : undefined

  const check = async (state: Params, done: number): Promise<CheckValues & Partial<Coverage>> => {
    const { phase, alpha } = growthAt(schedule, done - 1)
    const real = filmTensor(await films.read(phase.resolution)(shown), phase.resolution)
    const z = tf.tensor2d(latents.slice(0, checked * latent), [checked, latent])
    const values = progressiveCheck(at(phase), state, { latents: z, real, alpha, group })
    tf.dispose([real, z])
    const [{ generator }, params] = [at(phase), scope(state, G)]
    const generate = (latents: tf.Tensor2D) => generator.apply(params, latents, { training: false, alpha }).y
    return { ...values, ...(await covers?.(generate, { phase, alpha })) }
  }
  const drawn = (resolution: number): Params => at({ resolution }).generator.init(weights, [latent])
  const earlyPart = (average: Params): Params =>
    Object.fromEntries(Object.keys(drawn(early.resolution)).map((name) => [name, average[name]!.clone()]))
  const milestone = (average: Params, phase: Growth): tf.Tensor =>
    tf.concat(
      partsOf(samples, phase.resolution).map(({ from, count }) =>
        tf.tidy(() => {
          const z = tf.tensor2d(latents.slice(from * latent, (from + count) * latent), [count, latent])
          return at(phase).generator.apply(average, z, { training: false, alpha: 1 }).y
        }),
      ),
    )

  const leaving = (state: Params, done: number): Params => {
    const [average, end] = [averageOf(state), endAt(done)]
    return {
      ...state,
      ...(done === early.done && unscope(earlyPart(average), EARLY)),
      ...(end && { [`${MILESTONE}.${end.label}`]: milestone(average, end.phase) }),
    }
  }
  const growing = (state: Params, done: number): Params => {
    const next = endAt(done)?.next
    if (!next) return state
    const grown = grownState(trainedPart(state), at(next), weights, { resetAdam: next.resetsAdam })
    return withGood({ ...restPart(state), ...grown })
  }

  return {
    at: (done) => isCheck(done) || done === early.done || endAt(done) !== undefined,
    run: async (state, done) => {
      const values = isCheck(done) ? await check(state, done) : undefined
      const broken = values !== undefined && isCollapsed(state, values) && mayRollBack(state)
      if (broken) options.onRollback?.(done, 'generated films are nearly one')
      const next = tf.tidy(() => {
        const judged = broken ? rolledBack(state, done) : values && isSound(values) ? withGood(state, done) : state
        return growing(leaving(judged, done), done)
      })
      return { state: next, ...(values && { values }) }
    },
    form: (done) =>
      tf.tidy(() => {
        const { phase } = growthAt(schedule, Math.min(done, steps - 1))
        const milestones = ends
          .filter((end) => end.done <= done)
          .map(({ label, phase: { resolution: r } }) => [`${MILESTONE}.${label}`, tf.zeros([samples, r, r, 1])])
        return withGood({
          ...progressiveState(at(phase), weights),
          ...(early.done <= done && unscope(drawn(early.resolution), EARLY)),
          ...(Object.fromEntries(milestones) as Params),
        })
      }),
    leftBehind: (state) => ({
      early: { ...early, params: scope(state, EARLY) },
      milestones: ends.map(({ label, phase: { resolution } }) => {
        return { label, resolution, films: state[`${MILESTONE}.${label}`]! }
      }),
    }),
  }
}
