// Entry of `fit-progressive`.
import { toNetworkTensors, type Params } from '@radiograft/nn'
import { trainedOn, trainingCourse, type Film, type Network, type RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { LatentGeneratorConfig } from '../latentGenerator.ts'
import { comparedSide, NEIGHBOUR } from '../progressive/coverage.ts'
import { growthAt, growthSteps } from '../progressive/growthSchedule.ts'
import { growthShare } from '../progressive/growthSeconds.ts'
import { comparedFilms } from './coverageCheck.ts'
import { enlarged } from './enlarged.ts'
import type { fitProgressive } from './fitProgressive.ts'
import { progressiveFilms } from './progressiveFilms.ts'
import { MILESTONE_FILMS, shownSide } from './progressivePrices.ts'
import { scheduleOf } from './scheduleOf.ts'
import { signedFilms } from './signedFilms.ts'
import type { Milestone } from './progressiveTurn.ts'
import { trainProgressive } from './trainProgressive.ts'

const PRODUCT = 'progressive-generator'

/** Films of all phases' ends at one size. Read off as they are and made as large one by one: hundreds of 1024² would be a gigabyte. */
function* filmsOf(
  milestones: ReadonlyArray<Milestone & { readonly values: Float32Array }>,
  side: number,
): Generator<Film> {
  for (const { label, resolution, values } of milestones) {
    const resize = enlarged(resolution, side)
    for (let i = 0; i < MILESTONE_FILMS; i++) {
      const film = values.subarray(i * resolution ** 2, (i + 1) * resolution ** 2)
      yield {
        id: `${label}/${String(i).padStart(2, '0')}`,
        pixels: resize(film.map((v) => Math.min(1, Math.max(0, (v + 1) / 2)))),
      }
    }
  }
}

export const run: RunOf<typeof fitProgressive> = async ({ params, inputs, ctx }) => {
  const { size, latent, largest, group, adversary, learningRate, emaDecay, checkSteps, checkFilms } = params
  const { films, cohort, split } = inputs
  const schedule = scheduleOf(params)
  const { ids, validation } = progressiveFilms(films, split, schedule, group)
  await loadRuntime({ threads: ctx.threads })
  const steps = growthSteps(schedule)
  const course = trainingCourse(ctx, {
    steps,
    product: PRODUCT,
    share: growthShare(schedule, largest),
    note: (done) => {
      const { resolution, fading } = growthAt(schedule, Math.max(0, done - 1)).phase
      return `${resolution}²${fading ? ', fading in' : ''}`
    },
  })
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
      samples: MILESTONE_FILMS,
      compared,
      compile: { precision: ctx.precision, cache: ctx.graphs },
      onRollback: (step, why) =>
        ctx.warn(`step ${step}: ${why}; it goes on from the last good weights with half the learning rate`),
      course,
    },
  )
  const stored = async (of: Params, side: number, more: object = {}): Promise<Network> => {
    const config: LatentGeneratorConfig = { architecture: PRODUCT, prior: 'sphere', size: side, latent, largest }
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
  const shown = shownSide(size)
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
