// What stages of generated films cost where no earlier run says, as `stagePrices` has it for the others; README.md has what each
// number was measured by. Those of a progressive GAN say themselves what they cost.
import { priceNumber as number, type PriceGiven, type StagePrice } from '@radiograft/pipeline'
import { overhead } from './overhead.ts'

/** Both networks of a DCGAN: .3 s at 64², 128 channels, batch 16. */
const dcganImage = (params: PriceGiven['params']): number =>
  (0.3 / 16) * (number(params, 'size', 64) / 64) ** 2 * (number(params, 'width', 128) / 128) ** 2

/** A film through the small classifier and back: .05 s for 32 at 64², 16 channels. */
const classified = (params: PriceGiven['params']): number =>
  (0.05 / 32) * (number(params, 'size', 64) / 64) ** 2 * (number(params, 'width', 16) / 16) ** 2

/** A film forwards: a third of that, or .025 s through a network that `read-extractor` has read, whatever its size. */
const looked = (network: PriceGiven['params']): number =>
  typeof network['network'] === 'string' ? 0.025 : classified(network) / 3

const forwards = ({ films, network }: PriceGiven): number => overhead + films.count * looked(network)

export const generationPrices: Readonly<Record<string, StagePrice>> = {
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
}
