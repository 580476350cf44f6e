// Latent class optimisation (P5): a frozen generator, a classifier that guides, another that judges what the guide was given, and what
// chance finds with as many calls.
import { Schema } from 'effect'
import { latentStepSeconds } from '@radiograft/gan-models/stages'
import { Figure, Films, Metrics, Network, param, priceNumber, Split, Stage, Table } from '@radiograft/pipeline'

const count = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

export const searchLatents = Stage.make({
  name: 'search-latents',
  doc: 'A frozen generator and a classifier to latents of one class, judged by a second classifier and beside the best of as many random latents.',
  rows: ['P5'],
  resource: 'compute',
  params: {
    target: param(Schema.String, { default: '', doc: 'class that is searched for; empty: the classifier’s last' }),
    starts: param(count(2, 256), { default: 12, doc: 'random latents from which a search starts' }),
    calls: param(count(2, 10_000), {
      default: 60,
      doc: 'films that the guide may judge in a search, and in a random one',
    }),
    frames: param(count(2, 16), { default: 6, doc: 'films of a path that are shown' }),
    leastRise: param(Schema.Finite, { default: 0.5, doc: 'rise of another finding’s logit from which it is named' }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same search' }),
  },
  inputs: {
    generator: Network,
    guide: Network,
    judge: Network,
    /** of which the training part is what the generator saw */
    films: Films,
    split: Split,
  },
  outputs: { metrics: Metrics, paths: Table, strip: Figure },
  price: {
    seconds: ({ params, network }) =>
      priceNumber(params, 'starts', 12) * priceNumber(params, 'calls', 60) * latentStepSeconds(network),
  },
  entry: Stage.entry(import.meta.url, './searchLatents.run'),
})
