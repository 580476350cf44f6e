// Fits a progressively growing GAN to all training films, without conditions (P1): 4², 8², … up to `size`.
import { Schema } from 'effect'
import { Cohort, Films, Network, param, Provenance, Series, Split, Stage } from '@radiograft/pipeline'
import { fitProgressivePrice } from './progressivePrices.ts'

const count = Schema.Int.check(Schema.isGreaterThan(0))

export const fitProgressive = Stage.make({
  name: 'fit-progressive',
  doc: 'Films of the training part to a generator that makes films from latents, grown from 4² on; how it grew, and the same network after 1 % of its training.',
  rows: ['P1', 'P6', 'P7', 'P8'],
  resource: 'compute',
  params: {
    size: param(Schema.Int.check(Schema.isBetween({ minimum: 4, maximum: 1024 })), {
      default: 64,
      doc: 'side of the last films, pixels, a power of two; larger films are box-averaged to it (P1: 1024)',
    }),
    latent: param(count, { default: 128, doc: 'numbers in a latent (P6: 512)' }),
    largest: param(count, {
      default: 64,
      doc: 'cap of feature maps; the others follow the reference’s rule (P6: 512)',
    }),
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 256 })), {
      default: 16,
      doc: 'films a step of the own schedule, at every resolution',
    }),
    fadeImages: param(count, {
      default: 8000,
      doc: 'films shown while a resolution is faded in (P6: 800,000; P8: 600,000)',
    }),
    stableImages: param(count, { default: 8000, doc: 'films shown behind that (P6: 800,000; P8: 600,000)' }),
    lastImages: param(count, {
      default: 24_000,
      doc: 'films shown behind that at the last resolution (P6: 1,200,000)',
    }),
    schedule: param(Schema.Literals(['own', 'reference', 'reference-v1', 'thorax']), {
      default: 'own' as const,
      doc: 'own: the four above; or batches and films of the reference (P8) or of the authors (P6), up to `size`',
    }),
    group: param(count, {
      default: 4,
      doc: 'films of which the critic takes the deviation together; reference-v1 has 16',
      source: 'authors-code',
      row: 'P8',
    }),
    adversary: param(Schema.Literals(['wgan-gp', 'non-saturating-r1', 'hinge']), {
      default: 'wgan-gp' as const,
      doc: 'what both networks minimise: Wasserstein with gradient penalty and drift, non-saturating with R1, hinge',
      source: 'authors-code',
      row: 'P6',
    }),
    learningRate: param(Schema.Finite.check(Schema.isGreaterThan(0)), {
      default: 1e-3,
      doc: 'Adam’s, of both networks, constant; halved with each rollback',
      source: 'authors-code',
      row: 'P6',
    }),
    emaDecay: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })), {
      default: 0.999,
      doc: 'share of the average that stays at each step: .999 is half gone after 693 steps',
      source: 'authors-code',
      row: 'P8',
    }),
    checkSteps: param(Schema.Int.check(Schema.isMultipleOf(20), Schema.isGreaterThan(0)), {
      default: 100,
      doc: 'steps from one look at diversity and scores to the next; losses are means of 20 steps',
    }),
    checkFilms: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })), {
      default: 128,
      doc: 'generated films that a check sets beside as many validation and training films, for precision and recall; fewer where there are fewer, none below 10',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit' }),
  },
  inputs: { films: Films, cohort: Cohort, split: Split },
  outputs: {
    generator: Network,
    /** the same after 1 % of all films, at the resolution that was whole then */
    early: Network,
    /** sixteen latents at the end of each phase, enlarged to `size` by repeating pixels, 256² at most: `03-8-stable/00` */
    milestones: Films,
    curves: Series,
    provenance: Provenance,
  },
  price: fitProgressivePrice,
  entry: Stage.entry(import.meta.url, './fitProgressive.run'),
})
