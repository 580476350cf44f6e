// Films that a generator makes of latents alone: to be looked at, measured, or given away as synthetic.
import { Schema } from 'effect'
import { Films, Network, param, Stage } from '@radiograft/pipeline'
import { sampleFilmsPrice } from './progressivePrices.ts'

const count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 99_999 }))

export const sampleFilms = Stage.make({
  name: 'sample-films',
  doc: 'A generator from latents to films `generated-00001` and so on, and the latents that they were made of.',
  rows: ['P1'],
  resource: 'compute',
  params: {
    films: param(count, { default: 64, doc: 'latents that are drawn, each by its own number' }),
    truncation: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 1,
      doc: '1 draws from the whole prior; below, latents are pulled to one: uniform ones to 0, those on the sphere to one of the seed',
    }),
    size: param(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), {
      default: 0,
      doc: 'side of the films, pixels; 0 is the generator’s own, larger repeats pixels, smaller averages areas',
    }),
    steps: param(Schema.Int.check(Schema.isGreaterThan(0)), {
      default: 1,
      doc: 'films from one latent to the next: above 1 the films are a way through all latents, along great circles on the sphere',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for other latents' }),
  },
  inputs: { generator: Network },
  outputs: {
    films: Films,
    /** one tensor `latents` [films, latent], a row a film in order of id */
    latents: Network,
  },
  price: sampleFilmsPrice,
  entry: Stage.entry(import.meta.url, './sampleFilms.run'),
})
