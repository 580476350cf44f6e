// A detector and the generator whose residual it attends to, trained in turn or jointly, from plain values (rows G21, G34).
// Used by the entry of `fit-alternating`. Each turn has its own compiled step and sees the part of the state that it trains;
// whose turn it is follows from the step alone, so a run that is stopped goes on in the midst of a turn.
import {
  detectorParams,
  detectorState,
  retinaNet,
  type DetectorBatch,
  type DetectorConfig,
  type DetectorStepOptions,
} from '@radiograft/detectors'
import {
  generatorOf,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  type GanLoss,
  type PairedBatch,
} from '@radiograft/gan-models'
import { adamKnobs, oneCycle, scope, unscope, type Layer, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep, type CompileOptions } from '@radiograft/tensor'
import { fitNetwork, type FitCourse, type SeriesRow } from '@radiograft/training'
import { attendingBatch, attendingStep } from './attendingStep.ts'
import { turnsOf, type Schedule } from './schedule.ts'
import { bridgeState, detectorStateOf, pairStateOf, throughStep, type BridgeState } from './throughStep.ts'

type Made<T> = Promise<{ readonly tensors: T; readonly films: ReadonlyArray<string> }>

export interface AlternatingOptions {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly schedule: Schedule
  /** steps of the detector, in every strategy as many */
  readonly steps: number
  /** steps of one epoch, of either */
  readonly epoch: number
  /** top of the detector's one-cycle schedule */
  readonly learningRate: number
  readonly detector: Omit<DetectorStepOptions, 'seed'>
  /** the pair's, constant */
  readonly pairLearningRate: number
  readonly ganLoss: GanLoss
  readonly l1Weight: number
  readonly identityWeight: number
  /** w: how much of the detector's gradient reaches the generator when it trains (row G34) */
  readonly detectorWeight: number
  readonly course?: FitCourse
}

export interface Pair {
  readonly generator: Layer
  readonly discriminator: Layer
  /** side of the films that the generator sees, pixels */
  readonly size: number
  /** fitted parameters, which become part of the state */
  readonly generatorParams: Params
  readonly discriminatorParams: Params
}

/** Batches of the detector and of the pair, each by its own count of steps. */
export interface AlternatingBatches {
  readonly detector: (step: number) => Made<Partial<DetectorBatch>>
  /** the detector's batch that the generator learns by, where its loss has a weight */
  readonly through: (step: number) => Made<Partial<DetectorBatch>>
  readonly pair: (step: number) => Made<PairedBatch>
}

type Batch = Partial<DetectorBatch> & Partial<PairedBatch>

/** @returns both networks' parameters, which the caller owns, and the curves */
export const trainAlternating = async (
  batches: AlternatingBatches,
  config: DetectorConfig & { readonly attention: NonNullable<DetectorConfig['attention']> },
  { generator, discriminator, size, generatorParams, discriminatorParams }: Pair,
  options: AlternatingOptions,
): Promise<{ readonly detector: Params; readonly generator: Params; readonly series: ReadonlyArray<SeriesRow> }> => {
  const { seed, schedule, steps, epoch, learningRate, pairLearningRate, detectorWeight, compile } = options
  const turns = turnsOf(schedule, { steps, epoch })
  const rate = oneCycle({ maxLr: learningRate, totalSteps: steps })
  const network = retinaNet(config.network)
  const { ganLoss, l1Weight, identityWeight } = options
  const gan = { generator, discriminator, ganLoss, l1Weight, identityWeight }
  const detector = { seed, ...options.detector }
  const through = schedule === 'joint' || detectorWeight > 0
  const trains = schedule === 'joint' ? 'both' : 'generator'

  const attending = compileStep(attendingStep({ network, config, detector, generator, size }), compile)
  const paired = compileStep(pairedTranslationStep(gan), compile)
  const reached = compileStep(throughStep({ network, config, detector, gan, size, trains, detectorWeight }), compile)

  const batchOf = async (step: number): Made<Batch> => {
    const turn = turns.at(step)
    if (turn.trains === 'detector') return batches.detector(turn.detector)
    const pair = await batches.pair(turn.generator)
    if (!through) return pair
    const seen = await (turn.trains === 'both' ? batches.detector(turn.detector) : batches.through(turn.generator))
    return { tensors: { ...pair.tensors, ...seen.tensors }, films: [...pair.films, ...seen.films] }
  }
  const knobsOf = (step: number): Readonly<Record<string, number>> => {
    const { trains: whose, detector: done, generator: given } = turns.at(step)
    const own = adamKnobs(done + 1, rate(Math.min(done, steps - 1)))
    if (whose === 'detector') return own
    const pair = pairedTranslationKnobs(given + 1, pairLearningRate)
    if (!through) return pair
    return {
      detectorStepSize: own.adamStepSize,
      detectorRootCorrection: own.adamRootCorrection,
      pairStepSize: pair.adamStepSize,
      pairRootCorrection: pair.adamRootCorrection,
    }
  }
  /** One step of whose batch it is: the detector's has no film to translate. */
  const step = async (state: BridgeState, batch: Batch, knobs: Readonly<Record<string, number>>) => {
    if (batch.input === undefined) {
      const given = attendingBatch(batch, generatorOf(pairStateOf(state)))
      const next = await attending.aside(detectorStateOf(state), given, knobs)
      return { state: { ...state, ...unscope(next.state, 'detector') }, logs: prefixed('detector', next.logs) }
    }
    if (!through) {
      const next = await paired.aside(pairStateOf(state), batch as PairedBatch, knobs)
      return { state: { ...state, ...unscope(next.state, 'pair') }, logs: prefixed('generator', next.logs) }
    }
    return reached.aside(state, batch as PairedBatch, knobs)
  }

  const drawn = network.init(rng(seed).fork('weights'), [config.height, config.width, 1])
  const pair = pairedTranslationState({ generator, discriminator }, rng(seed).fork('pair'), [size, size, 1], {
    generator: generatorParams,
    discriminator: discriminatorParams,
  })
  const { params, series } = await fitNetwork<BridgeState, Batch, string, Params>({
    step: { aside: step, dispose: () => [attending, paired, reached].forEach((compiled) => compiled.dispose()) },
    networkOf: (state) => ({
      ...unscope(detectorParams(detectorStateOf(state)), 'detector'),
      ...unscope(generatorOf(pairStateOf(state)), 'generator'),
    }),
    state: bridgeState(detectorState(drawn), pair),
    batches: batchOf,
    knobs: knobsOf,
    steps: turns.steps,
    ...options.course,
  })
  return { detector: scope(params, 'detector'), generator: scope(params, 'generator'), series }
}

const prefixed = (prefix: string, logs: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(logs).map(([name, value]) => [`${prefix}.${name}`, value]))
