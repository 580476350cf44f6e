// The generators that are set beside each other, and films of each: the progressive GAN, the same after 1 % of its training, a DCGAN.
import type { Build, Cohort, Films, Ref, Split } from '@radiograft/pipeline'
import { fitDcgan, fitProgressive, sampleFilms } from '@radiograft/gan-models/stages'

export const generatorNames = ['pggan', 'pggan-early', 'dcgan'] as const

interface Study {
  readonly films: Ref<typeof Films>
  readonly cohort: Ref<typeof Cohort>
  readonly split: Ref<typeof Split>
}

interface GeneratorParams {
  readonly size: number
  /** of what measures see, and of the DCGAN */
  readonly side: number
  readonly latent: number
  readonly largest: number
  readonly batch: number
  readonly schedule: string
  readonly fadeImages: number
  readonly stableImages: number
  readonly lastImages: number
  readonly emaDecay: number
  readonly seenImages: number
  readonly dcganWidth: number
  readonly samples: number
  readonly replica: number
}

export const generators = (g: Build, study: Study, p: GeneratorParams) => {
  const grown = g('fit-progressive', fitProgressive, study, {
    size: p.size,
    latent: p.latent,
    largest: p.largest,
    batch: p.batch,
    // the stage's own check names what there is
    schedule: p.schedule as 'own',
    fadeImages: p.fadeImages,
    stableImages: p.stableImages,
    lastImages: p.lastImages,
    emaDecay: p.emaDecay,
    replica: p.replica,
  })
  const dcgan = g(
    'fit-dcgan',
    fitDcgan,
    study,
    // not the loss as printed (D2), by which the discriminator wins and the generator stops: a weak baseline is none
    {
      size: p.side as 64,
      width: p.dcganWidth,
      batch: p.batch,
      images: p.seenImages,
      loss: 'non-saturating',
      replica: p.replica,
    },
  )
  const networks = { pggan: grown.generator, 'pggan-early': grown.early, dcgan: dcgan.generator }
  const sets = generatorNames.map((name) => ({
    name,
    films: g(
      name === 'pggan' ? 'sample-films' : `sample-${name}`,
      sampleFilms,
      { generator: networks[name] },
      { films: p.samples, size: p.size, replica: p.replica },
    ).films,
  }))
  return { grown, dcgan, sets }
}
