// What the stages of a progressive GAN cost where no earlier run says: of the steps of its growth, whose seconds `growthSeconds` has.
import { priceNumber, type PriceGiven, type StagePrice } from '@radiograft/pipeline'
import { growthPresets } from '../progressive/growthPresets.ts'
import { growthSeconds, progressiveStepSeconds } from '../progressive/growthSeconds.ts'
import { scheduleOf } from './scheduleOf.ts'

/** Films that a fit leaves at the end of each phase. */
export const MILESTONE_FILMS = 16
/** Side at which they are kept, pixels: they are looked at, and not measured. */
export const shownSide = (size: number): number => Math.min(256, size)

/** The largest power of two up to a side: whether it is one, the stage says. */
const powerBelow = (side: number): number => 2 ** Math.max(2, Math.floor(Math.log2(side)))
/** A generator alone, forwards, of one film: a tenth of a step. */
const forwards = ({ network }: PriceGiven, side: number): number =>
  0.1 * progressiveStepSeconds({ resolution: powerBelow(side), batch: 1 }, priceNumber(network, 'largest', 64))

const scheduleIn = (params: PriceGiven['params']) => {
  const preset = Object.keys(growthPresets).find((name) => name === params['schedule'])
  return scheduleOf({
    schedule: (preset as keyof typeof growthPresets | undefined) ?? 'own',
    size: powerBelow(priceNumber(params, 'size', 64)),
    batch: priceNumber(params, 'batch', 16),
    fadeImages: priceNumber(params, 'fadeImages', 8000),
    stableImages: priceNumber(params, 'stableImages', 8000),
    lastImages: priceNumber(params, 'lastImages', 24_000),
  })
}

export const fitProgressivePrice: StagePrice = {
  seconds: ({ params }) => growthSeconds(scheduleIn(params), priceNumber(params, 'largest', 64)),
  films: {
    milestones: ({ params }) => ({
      count: MILESTONE_FILMS * scheduleIn(params).length,
      side: shownSide(priceNumber(params, 'size', 64)),
    }),
  },
}

const sampled = ({ params, network }: PriceGiven) => ({
  count: priceNumber(params, 'films', 64),
  side: priceNumber(params, 'size', 0) || priceNumber(network, 'size', 64),
})
export const sampleFilmsPrice: StagePrice = {
  seconds: (given) => sampled(given).count * forwards(given, priceNumber(given.network, 'size', 64)),
  films: { films: sampled },
}

/** A generator forwards and back, for a latent: what a search of latents takes for each film that it judges. */
export const latentStepSeconds = (network: PriceGiven['network']): number =>
  0.02 +
  0.4 *
    progressiveStepSeconds(
      { resolution: powerBelow(priceNumber(network, 'size', 64)), batch: 1 },
      priceNumber(network, 'largest', 64),
    )
