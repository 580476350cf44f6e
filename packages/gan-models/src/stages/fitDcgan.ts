// Fits a DCGAN: films from latents (D2), and the baseline that a progressive GAN is set beside (P9).
import { Schema } from 'effect'
import { Cohort, Films, Network, param, Provenance, Series, Split, Stage } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isGreaterThan(0))
const rate = Schema.Finite.check(Schema.isGreaterThan(0))

export const fitDcgan = Stage.make({
  name: 'fit-dcgan',
  doc: 'Training films of any class to a generator that makes such films of latents uniform in (−1, 1).',
  rows: ['D2', 'D3', 'D14', 'P9'],
  resource: 'compute',
  params: {
    size: param(Schema.Literals([16, 32, 64, 128, 256]), {
      default: 64 as const,
      doc: 'side of the films that the networks see, pixels; larger films are box-averaged to it (D2: 256)',
    }),
    width: param(count, {
      default: 128,
      doc: 'cap of feature maps, which are 1024 at 4² and half at each doubling (D2: 1024)',
    }),
    latent: param(count, { default: 128, doc: 'numbers in a latent', source: 'paper', row: 'D2' }),
    // the norms need more than one film to tell films apart by
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 256 })), {
      default: 16,
      doc: 'real films a step, and as many generated ones for each network (D3: 64)',
    }),
    images: param(count, {
      default: 40_000,
      doc: 'real films shown in all, so that fits can be compared at equal images; rounded up to whole batches (20 epochs of 2,000)',
      source: 'paper',
      row: 'D14',
    }),
    learningRate: param(rate, {
      default: 2e-4,
      doc: 'Adam’s, constant, of both networks; the paper goes to 2e-3 by the number of films',
      source: 'paper',
      row: 'D3',
    }),
    loss: param(Schema.Literals(['printed', 'non-saturating']), {
      default: 'printed' as const,
      doc: 'what the generator minimises: log(1 − D(G(z))) as printed (eq 2), or −log D(G(z))',
      source: 'paper',
      row: 'D2',
    }),
    augment: param(Schema.Boolean, {
      default: false,
      doc: 'changes films before they are judged, as likely as the discriminator knows its films by heart; for few films',
    }),
    augmentImages: param(rate, {
      default: 500_000,
      doc: 'real films in which that likelihood could go from 0 to 1; as Karras et al. 2020, and less for short trainings',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit' }),
  },
  inputs: { films: Films, split: Split, cohort: Cohort },
  outputs: { generator: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitDcgan.run'),
})
