// The price list: what a stage costs where no earlier run says. Seconds are of two cores in fp32 and grow with films, pixels,
// channels and steps; README.md has what each number was measured by. Stages that are not listed and compute with tensors
// have no price, and the plan says so; other unlisted ones cost a pass over the films that they read.

import { priceNumber as number, type FilmShape, type PriceGiven as Given, type StagePrice } from '@radiograft/pipeline'
import { generationPrices } from './generationPrices.ts'
import { overhead } from './overhead.ts'

/** Share of films with a box: 6,012 of RSNA's 26,684, and the phantom's by design. */
const positiveShare = 0.2253
/** Seconds a pixel of plain TypeScript over films: read, compute, write. */
const perPixel = 5e-8

/** Generator with its discriminator, forwards and backwards: 1.9 s for 9 blocks of 64 filters, 128², batch 4. */
const ganStep = (params: Given['params'], batch = number(params, 'batch', 4)): number =>
  1.9 *
  (batch / 4) *
  (number(params, 'size', 64) / 128) ** 2 *
  (number(params, 'filters', 64) / 64) ** 2 *
  ((number(params, 'blocks', 9) + 3) / 12)

/**
 * RetinaNet, P3 to P7: 1.15 s with heads of 256 channels, 0.42 s with 64, at 256², batch 4. A backbone of half the width
 * took .41 of the time at 64², of a quarter .30.
 */
const detectorStep = (params: Given['params'], side: number, batch = number(params, 'batch', 8)): number => {
  const backbone = 0.2 + 0.8 * (number(params, 'backboneWidth', 64) / 64) ** 2
  const heads = 0.78 * (number(params, 'headChannels', 64) / 256) ** 2
  return (batch / 4) * (side / 256) ** 2 * (0.37 * backbone + heads)
}

/** Spatial transformer with its warps: 75 s for 600 steps at 64², batch 16. */
const alignerStep = (params: Given['params']): number =>
  0.125 * (number(params, 'batch', 16) / 16) * (number(params, 'size', 64) / 64) ** 2

const pixels = ({ count, side }: FilmShape): number => count * side * side
const fitting = (step: (given: Given) => number) => (given: Given) =>
  overhead + number(given.params, 'steps', 1) * step(given)
/** A generator alone, forwards: 0.28 of its step with one film (1.6 of 1.9 s are the generator's, a third of that forwards). */
const generating = ({ films, network }: Given): number => overhead + films.count * 0.28 * ganStep(network, 1)
const asGenerated = ({ params, films, network }: Given): FilmShape => ({
  count: films.count,
  side: params['size'] === 'film' ? films.side : number(network, 'size', films.side),
})
/** Generator's steps to one of the detector's, of a schedule `a:b` of detector and generator; in `joint` one each. */
const generatorShare = (schedule: unknown): number => {
  const [a, b] = String(schedule).split(':').map(Number)
  return a && b ? b / a : 1
}
const rendered = ({ params }: Given): FilmShape => ({
  count: number(params, 'films', 0),
  side: number(params, 'size', 0),
})
const withBoxes = ({ films }: Given): FilmShape => ({ ...films, count: Math.ceil(films.count * positiveShare) })

/** By the stage's name. */
export const stagePrices: Readonly<Record<string, StagePrice>> = {
  'render-phantom': {
    // 40 films a second on two threads up to 256², 7 at 512²
    seconds: (given) => (rendered(given).count / 40) * Math.max(1, 1.45 * (rendered(given).side / 256) ** 2),
    films: {
      films: rendered,
      twins: rendered,
      masks: (given) => withBoxes({ ...given, films: rendered(given) }),
    },
    bytesPerPixel: 1,
  },
  'read-films': {
    // a JPEG of 1024² decoded and averaged down
    seconds: ({ films }) => films.count * 0.03,
    films: { films: ({ films, params }) => ({ count: films.count, side: number(params, 'size', 0) }) },
    bytesPerPixel: 1,
  },
  'fit-aligner': { seconds: fitting(({ params }) => alignerStep(params)) },
  // forwards alone a third of a step, then the warp
  'align-films': {
    seconds: ({ films, network }) =>
      overhead + (films.count * alignerStep({ ...network, batch: 1 })) / 3 + pixels(films) * 4 * perPixel,
  },
  'measure-agreement': {
    seconds: ({ params, films, network }) =>
      overhead +
      (Math.min(2 * number(params, 'films', 100), 2 * films.count) * alignerStep({ ...network, batch: 1 })) / 3,
  },
  graft: {
    // a Poisson solution of each box
    seconds: (given) => 1 + pixels(withBoxes(given)) * 1e-6,
    films: { pasted: withBoxes, blended: withBoxes },
  },
  'fit-realistic': { seconds: fitting(({ params }) => ganStep(params)) },
  'fit-abnormal-to-normal': { seconds: fitting(({ params }) => ganStep(params)) },
  generate: { seconds: generating, films: { films: asGenerated } },
  'fit-detector': { seconds: fitting(({ params, films }) => detectorStep(params, films.side)) },
  // the generator's size and filters are those of the pair it goes on from
  'fit-alternating': {
    seconds: fitting(
      ({ params, films, network }) =>
        detectorStep(params, films.side) +
        generatorShare(params['schedule']) * ganStep(network, number(params, 'pairBatch', 8)),
    ),
  },
  // half of the films, forwards alone
  detect: {
    seconds: ({ films, network }) => overhead + films.count * 0.5 * 0.33 * detectorStep(network, films.side, 1),
  },
  ...generationPrices,
}

/** The price of a stage: its own, or listed, or for one without tensors a pass over its films; undefined where nothing is known. */
export const priceOf = ({
  name,
  resource,
  price,
}: {
  readonly name: string
  readonly resource: string
  readonly price?: StagePrice
}): StagePrice | undefined => {
  if (price) return { ...price, seconds: (given) => (resource === 'compute' ? overhead : 0.5) + price.seconds(given) }
  return (
    stagePrices[name] ??
    (resource === 'compute' ? undefined : { seconds: ({ films }) => 0.5 + pixels(films) * perPixel })
  )
}
