// The training of a progressive GAN through its whole growth, from plain values: one compiled step for each (resolution, faded in or
// stable), seeded batches of real films at the phase's resolution, and between steps what `progressiveTurn` does. Used by the entry of
// `fit-progressive`. Films are read a batch at a time, so memory does not grow with their number.
import { unscope, type Params } from '@radiograft/nn'
import { compileStep, type CompiledStep, type CompileOptions } from '@radiograft/tensor'
import { batchOrder, fitNetwork, type FitCourse, type SeriesRow } from '@radiograft/training'
import type { Adversary } from '../losses/criticLoss.ts'
import { phaseEnds } from '../progressive/growthMarks.ts'
import { growthAt, growthSteps } from '../progressive/growthSchedule.ts'
import { networksAt } from '../progressive/networksAt.ts'
import { averageOf } from '../progressive/progressiveState.ts'
import {
  progressiveKnobs,
  progressiveStep,
  type ProgressiveBatch,
  type ProgressiveKnobs,
} from '../progressive/progressiveStep.ts'
import { mayRollBack, rateFactor, restPart, rollbackSteps, rolledBack, trainedPart } from '../progressive/rollback.ts'
import { filmTensor } from './filmTensor.ts'
import { progressiveTurn, type LeftBehind, type ProgressiveTurnOptions } from './progressiveTurn.ts'
import type { RealFilms } from './RealFilms.ts'

export interface TrainProgressiveOptions extends ProgressiveTurnOptions {
  readonly adversary: Adversary
  readonly learningRate: number
  readonly emaDecay: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly course?: FitCourse
}

export interface TrainedProgressive extends LeftBehind {
  /** the average's parameters at the last resolution */
  readonly generator: Params
  readonly series: ReadonlyArray<SeriesRow>
}

type Step = CompiledStep<Params, ProgressiveBatch, ProgressiveKnobs>

/** A step that sees of the state what trains, and goes back to the last good weights where a log is not finite. */
const guarded =
  (step: Step['aside'], onRollback: TrainProgressiveOptions['onRollback']): Step['aside'] =>
  async (state, batch, knobs) => {
    const scaled = { ...knobs, adamStepSize: knobs.adamStepSize * rateFactor(state) }
    const next = await step(trainedPart(state), batch, scaled)
    if (Object.values(next.logs).every(Number.isFinite) || !mayRollBack(state))
      return { state: { ...restPart(state), ...next.state }, logs: next.logs }
    const done = next.state['step']!.dataSync()[0]!
    for (const tensor of Object.values(next.state)) tensor.dispose()
    onRollback?.(done, 'a logged number is not finite')
    return { state: rolledBack(state, done), logs: {} }
  }

/**
 * @returns tensors that the caller owns, and the curves: losses, scores, norms, `alpha`, `resolution`, the `validation.…` of checks,
 *   and at the step of a `rollback` the factor of the learning rate from then on
 * @throws TrainingDivergedError when a log is not finite behind the last rollback
 */
export const trainProgressive = async (
  films: RealFilms,
  options: TrainProgressiveOptions,
): Promise<TrainedProgressive> => {
  const { seed, schedule, adversary, learningRate, emaDecay } = options
  const at = networksAt(options)
  // one function for all phases: which one it is can be read from the form of what it is given, as a graph is chosen
  const ofForm: ReturnType<typeof progressiveStep> = (state, batch, knobs) => {
    const resolution = batch.real.shape[1]!
    const fading = `generator.toFilm.${resolution / 2}.weight` in state
    return progressiveStep({ ...at({ resolution, fading }), adversary, seed })(state, batch, knobs)
  }
  const step = compileStep(ofForm, options.compile)
  const { leftBehind, ...turn } = progressiveTurn(films, options)
  const ends = new Set(phaseEnds(schedule).map(({ done }) => done))

  const { params, series } = await fitNetwork<Params, ProgressiveBatch, ProgressiveKnobs, Params>({
    step: { aside: guarded(step.aside, options.onRollback), dispose: step.dispose },
    state: turn.form(0),
    batches: async (count) => {
      const { phase, index, stepInPhase } = growthAt(schedule, count)
      const order = batchOrder(`${seed}/reals/${index}`, films.ids.length, phase.batch, stepInPhase)
      const ids = Array.from(order, (i) => films.ids[i]!)
      const real = filmTensor(await films.read(phase.resolution)(ids), phase.resolution)
      return { tensors: { real }, films: ids }
    },
    knobs: (count) => progressiveKnobs(growthAt(schedule, count), learningRate, emaDecay),
    alsoLog: (count) => {
      const { phase, alpha } = growthAt(schedule, count)
      return { alpha, resolution: phase.resolution }
    },
    turn: {
      ...turn,
      run: async (state, done) => {
        // graphs of a phase go with it
        if (ends.has(done)) step.dispose()
        return turn.run(state, done)
      },
    },
    networkOf: (state) => ({ ...unscope(averageOf(state), 'average'), ...restPart(state) }),
    steps: growthSteps(schedule),
    ...options.course,
  })

  const trained = { generator: averageOf(params), ...leftBehind(params) }
  const rollbacks = rollbackSteps(params).map((at, i) => ({ name: 'rollback', step: at, value: 0.5 ** (i + 1) }))
  const wanted = [trained.generator, trained.early.params, trained.milestones.map((milestone) => milestone.films)]
  const kept = new Set(wanted.flatMap((tensors) => Object.values(tensors)))
  for (const tensor of Object.values(params)) if (!kept.has(tensor)) tensor.dispose()
  return { ...trained, series: inOrder([...series, ...rollbacks]) }
}

const inOrder = (rows: ReadonlyArray<SeriesRow>): SeriesRow[] =>
  rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.step - b.step))
