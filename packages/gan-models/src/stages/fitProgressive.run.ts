// Entry of `fit-progressive`.
import { toNetworkTensors, type Params } from '@radiograft/nn'
import { trainedOn, trainingCourse, type Film, type Network, type RunOf } from '@radiograft/pipeline'
import { boxUpsample } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { LatentGeneratorConfig } from '../latentGenerator.ts'
import { comparedSide, NEIGHBOUR } from '../progressive/coverage.ts'
import { growthPresets } from '../progressive/growthPresets.ts'
import { growthAt, growthSchedule, growthSteps, type GrowthSchedule } from '../progressive/growthSchedule.ts'
import { comparedFilms } from './coverageCheck.ts'
import type { fitProgressive } from './fitProgressive.ts'
import { progressiveFilms } from './progressiveFilms.ts'
import { signedFilms } from './signedFilms.ts'
import type { Milestone } from './progressiveTurn.ts'
import { trainProgressive } from './trainProgressive.ts'

const PRODUCT = 'progressive-generator'
/** of each milestone, and of each check */
const SAMPLES = 16

type FitParams = Parameters<RunOf<typeof fitProgressive>>[0]['params']

/** A preset is cut behind `size`. @throws GanModelsError when that is no power of two */
const scheduleOf = ({ schedule, size, batch, fadeImages, stableImages, lastImages }: FitParams): GrowthSchedule => {
  const own = growthSchedule({ to: size, fadeImages, stableImages, lastImages, batch: () => batch })
  return schedule === 'own' ? own : growthPresets[schedule].filter(({ resolution }) => resolution <= size)
}

/** Films of a phase's end, each pixel repeated to the last size. The tensor is disposed of. */
const filmsOf = ({ label, resolution, films }: Milestone, size: number): Film[] => {
  const pixels = tf.tidy(() => {
    const grown = boxUpsample(films, size / resolution)
    return tf.clipByValue(tf.div(tf.add(grown, 1), 2), 0, 1).dataSync() as Float32Array
  })
  films.dispose()
  return Array.from({ length: SAMPLES }, (_, i) => ({
    id: `${label}/${String(i).padStart(2, '0')}`,
    pixels: pixels.slice(i * size ** 2, (i + 1) * size ** 2),
  }))
}

export const run: RunOf<typeof fitProgressive> = async ({ params, inputs, ctx }) => {
  const { size, latent, largest, group, adversary, learningRate, emaDecay, checkSteps, checkFilms } = params
  const { films, cohort, split } = inputs
  const schedule = scheduleOf(params)
  const { ids, validation } = progressiveFilms(films, split, schedule, group)
  await loadRuntime({ threads: ctx.threads })
  const steps = growthSteps(schedule)
  const course = trainingCourse(ctx, { steps, product: PRODUCT })
  ctx.log(`${ids.length} training films, ${steps} steps in ${schedule.length} phases`)
  const compared = comparedFilms({ ids, validation }, checkFilms)
  if (checkFilms > 0)
    ctx.log(
      compared > 0
        ? `checks: precision and recall of ${compared} generated films against as many of ${validation.length} validation films, by pixels averaged to ${comparedSide(size)}² at most, to the ${NEIGHBOUR}rd neighbour`
        : `checks: no precision and recall, which take ten films of each: there are ${ids.length} training and ${validation.length} validation films, and checkFilms is ${checkFilms}`,
    )
  const trained = await trainProgressive(
    { ids, validation, read: (resolution) => signedFilms(films, resolution) },
    {
      seed: ctx.seed,
      schedule,
      latent,
      largest,
      group,
      learningRate,
      emaDecay,
      adversary: { kind: adversary },
      checkEvery: checkSteps,
      samples: SAMPLES,
      compared,
      compile: { precision: ctx.precision, cache: ctx.graphs },
      onRollback: (step, why) =>
        ctx.warn(`step ${step}: ${why}; it goes on from the last good weights with half the learning rate`),
      course: {
        ...course,
        onStep: (done) => {
          const { resolution, fading } = growthAt(schedule, done - 1).phase
          ctx.progress(done, steps, `${resolution}²${fading ? ', fading in' : ''}`)
        },
      },
    },
  )
  const stored = async (of: Params, side: number, more: object = {}): Promise<Network> => {
    const config: LatentGeneratorConfig = { architecture: PRODUCT, size: side, latent, largest }
    const tensors = await toNetworkTensors(of)
    tf.dispose(of)
    return { config: { ...config, ...more }, tensors }
  }
  const { early, milestones } = trained
  return {
    generator: await stored(trained.generator, size),
    early: await stored(early.params, early.resolution, { imagesShown: early.imagesShown }),
    milestones: {
      height: size,
      width: size,
      storage: 'uint16',
      films: milestones.flatMap((milestone) => filmsOf(milestone, size)),
    },
    curves: trained.series,
    provenance: trainedOn(PRODUCT, ids, cohort),
  }
}
