// What stages of generated films cost where no earlier run says, as `stagePrices` has it for the others; README.md has what each
// number was measured by.
import { number, overhead, type Given, type StagePrice } from './StagePrice.ts'

/** Pixels times products of channels of a progressive network up to a side: 16,384 / side channels, `largest` at most. */
const growing = (side: number, largest: number): number => {
  let sum = 0
  for (let r = 4; r <= side; r *= 2) sum += (r * Math.min(16_384 / r, largest)) ** 2
  return sum
}
/** Critic, average and generator at one resolution, faded in or stable: 1.4 s at 64², 64 channels, batch 16; small maps cost their calls. */
const growingStep = (side: number, largest: number, batch: number): number =>
  (batch / 16) * (0.03 * Math.log2(side) + (1.25 * growing(side, largest)) / growing(64, 64))
/** Films of a fade, of a stable phase, and behind that at 1024², in the schedules that a stage knows by name (rows P6, P8). */
const schedules: Readonly<Record<string, readonly [fade: number, stable: number, last: number]>> = {
  reference: [600_000, 600_000, 2_400_000],
  'reference-v1': [800_000, 800_000, 6_200_000],
  thorax: [800_000, 800_000, 1_200_000],
}

const grown = ({ params }: Given): number => {
  const [size, largest] = [number(params, 'size', 64), number(params, 'largest', 64)]
  const own = [
    number(params, 'fadeImages', 8000),
    number(params, 'stableImages', 8000),
    number(params, 'lastImages', 24_000),
  ]
  const [fade, stable, last] = (schedules[String(params['schedule'])] ?? own) as readonly [number, number, number]
  let seconds = overhead
  for (let r = 4; r <= size; r *= 2) {
    const each = growingStep(r, largest, 1)
    // the largest batches of the long schedules are of small films
    seconds +=
      each *
      ((r === 4 ? 0 : fade) + (r === size && (!schedules[String(params['schedule'])] || r === 1024) ? last : stable))
  }
  return seconds
}

/** Both networks of a DCGAN: .3 s at 64², 128 channels, batch 16. */
const dcganImage = (params: Given['params']): number =>
  (0.3 / 16) * (number(params, 'size', 64) / 64) ** 2 * (number(params, 'width', 128) / 128) ** 2

/** A film through the small classifier and back: .05 s for 32 at 64², 16 channels. */
const classified = (params: Given['params']): number =>
  (0.05 / 32) * (number(params, 'size', 64) / 64) ** 2 * (number(params, 'width', 16) / 16) ** 2

/** A film forwards: a third of that, or .025 s through a network that `read-extractor` has read, whatever its size. */
const looked = (network: Given['params']): number =>
  typeof network['network'] === 'string' ? 0.025 : classified(network) / 3

const forwards = ({ films, network }: Given): number => overhead + films.count * looked(network)

const sampled = ({ params, network }: Given) => ({
  count: number(params, 'films', 64),
  side: number(params, 'size', 0) || number(network, 'size', 64),
})

export const generationPrices: Readonly<Record<string, StagePrice>> = {
  'fit-progressive': {
    seconds: grown,
    // sixteen at the end of each phase, of which 4² has one and each doubling two
    films: {
      milestones: ({ params }) => {
        const size = number(params, 'size', 64)
        return { count: 16 * (2 * Math.log2(size) - 3), side: Math.min(256, size) }
      },
    },
  },
  'fit-dcgan': { seconds: ({ params }) => overhead + number(params, 'images', 40_000) * dcganImage(params) },
  'fit-classifier': {
    seconds: ({ params }) =>
      overhead + number(params, 'steps', 1000) * number(params, 'batch', 32) * classified(params),
  },
  classify: { seconds: forwards },
  'extract-features': { seconds: forwards },
  // half of the films once, the other 26 times, then resamples
  'measure-ladder': {
    seconds: ({ params, films, network }) =>
      overhead + 20 + Math.min(number(params, 'films', 200), films.count) * 13.5 * (looked(network) + 0.002),
  },
  // a generator forwards is about a tenth of its step
  'sample-films': {
    seconds: (given) =>
      overhead + sampled(given).count * 0.1 * growingStep(sampled(given).side, number(given.network, 'largest', 64), 1),
    films: { films: sampled },
  },
  // each call a film forwards and back, and once more at random; then the judge
  'search-latents': {
    seconds: ({ params, network }) =>
      overhead +
      number(params, 'starts', 12) *
        number(params, 'calls', 60) *
        (0.02 + 0.4 * growingStep(number(network, 'size', 64), number(network, 'largest', 64), 1)),
  },
}
