// Entry of `fit-progressive`.
import { toNetworkTensors, type Params } from '@radiograft/nn'
import { trainedOn, trainingCourse, type Film, type Network, type RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { LatentGeneratorConfig } from '../latentGenerator.ts'
import { growthPresets } from '../progressive/growthPresets.ts'
import { growthAt, growthSchedule, growthSteps, type GrowthSchedule } from '../progressive/growthSchedule.ts'
import { enlarged } from './enlarged.ts'
import type { fitProgressive } from './fitProgressive.ts'
import { progressiveFilms } from './progressiveFilms.ts'
import { signedFilms } from './signedFilms.ts'
import type { Milestone } from './progressiveTurn.ts'
import { trainProgressive } from './trainProgressive.ts'

const PRODUCT = 'progressive-generator'
/** of each milestone, and of each check */
const SAMPLES = 16
/** side at which they are kept at most, pixels: they are looked at, and not measured */
const SHOWN = 256

type FitParams = Parameters<RunOf<typeof fitProgressive>>[0]['params']

/** A preset is cut behind `size`. @throws GanModelsError when that is no power of two */
const scheduleOf = ({ schedule, size, batch, fadeImages, stableImages, lastImages }: FitParams): GrowthSchedule => {
  const own = growthSchedule({ to: size, fadeImages, stableImages, lastImages, batch: () => batch })
  return schedule === 'own' ? own : growthPresets[schedule].filter(({ resolution }) => resolution <= size)
}

/** Films of all phases' ends at one size. Read off as they are and made as large one by one: hundreds of 1024² would be a gigabyte. */
function* filmsOf(
  milestones: ReadonlyArray<Milestone & { readonly values: Float32Array }>,
  side: number,
): Generator<Film> {
  for (const { label, resolution, values } of milestones) {
    const resize = enlarged(resolution, side)
    for (let i = 0; i < SAMPLES; i++) {
      const film = values.subarray(i * resolution ** 2, (i + 1) * resolution ** 2)
      yield {
        id: `${label}/${String(i).padStart(2, '0')}`,
        pixels: resize(film.map((v) => Math.min(1, Math.max(0, (v + 1) / 2)))),
      }
    }
  }
}

export const run: RunOf<typeof fitProgressive> = async ({ params, inputs, ctx }) => {
  const { size, latent, largest, group, adversary, learningRate, emaDecay, checkSteps } = params
  const { films, cohort, split } = inputs
  const schedule = scheduleOf(params)
  const ids = progressiveFilms(films, split, schedule, group)
  await loadRuntime({ threads: ctx.threads })
  const steps = growthSteps(schedule)
  const course = trainingCourse(ctx, { steps, product: PRODUCT })
  ctx.log(`${ids.length} training films, ${steps} steps in ${schedule.length} phases`)
  const trained = await trainProgressive(
    { ids, read: (resolution) => signedFilms(films, resolution) },
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
  const { early } = trained
  const milestones = trained.milestones.map((milestone) => {
    const values = milestone.films.dataSync() as Float32Array
    milestone.films.dispose()
    return { ...milestone, values }
  })
  const shown = Math.min(size, SHOWN)
  return {
    generator: await stored(trained.generator, size),
    early: await stored(early.params, early.resolution, { imagesShown: early.imagesShown }),
    milestones: {
      height: shown,
      width: shown,
      storage: 'uint16',
      films: filmsOf(milestones, shown),
    },
    curves: trained.series,
    provenance: trainedOn(PRODUCT, ids, cohort),
  }
}
