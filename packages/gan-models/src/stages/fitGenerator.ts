// What both fits do once their films are chosen: train, store the generator, say which films it has seen.
import { toNetworkTensors } from '@radiograft/nn'
import {
  seenByBoth,
  trainedOn,
  trainingCourse,
  type CohortRow,
  type InitialNetwork,
  type Network,
  type ParamValues,
  type ProvenanceRow,
  type SeriesRow,
  type StageContext,
} from '@radiograft/pipeline'
import * as tf from '@tensorflow/tfjs-core'
import { makeDiscriminatorConfig } from '../discriminatorConfig.ts'
import { makeGeneratorConfig } from '../generatorConfig.ts'
import type { ganParams } from './ganParams.ts'
import { checkInitialGenerator } from './initialGenerator.ts'
import { trainTranslation, type TranslationFilms } from './trainTranslation.ts'

export interface GeneratorInputs extends InitialNetwork {
  readonly cohort: ReadonlyArray<Pick<CohortRow, 'film' | 'patient'>>
}

export const fitGenerator = async (
  { product, ...films }: TranslationFilms & { readonly product: string },
  given: GeneratorInputs,
  params: ParamValues<typeof ganParams>,
  ctx: StageContext,
): Promise<{
  readonly generator: Network
  /** to train the generator further against */
  readonly discriminator: Network
  readonly curves: ReadonlyArray<SeriesRow>
  readonly provenance: ReadonlyArray<ProvenanceRow>
}> => {
  const { size, filters, blocks, skip, steps, batch, learningRate, ganLoss, l1Weight, identityWeight } = params
  const { inputs, reals } = films
  ctx.log(`${inputs.length} training films to translate, ${reals.length} real ones`)
  const config = makeGeneratorConfig(size, { filters, blocks, skip })
  checkInitialGenerator(given, config.network)
  const trained = await trainTranslation(films, config, {
    seed: ctx.seed,
    compile: { precision: ctx.precision, cache: ctx.graphs },
    discriminatorFilters: filters,
    steps,
    batch,
    learningRate,
    ganLoss,
    l1Weight,
    identityWeight,
    init: given.init?.tensors,
    course: trainingCourse(ctx, { steps, product }),
  })
  const [generator, discriminator] = [
    await toNetworkTensors(trained.generator),
    await toNetworkTensors(trained.discriminator),
  ]
  tf.dispose([trained.generator, trained.discriminator])
  const seen = [...new Set([...inputs, ...reals])].toSorted()
  return {
    generator: { config: { ...config }, tensors: generator },
    discriminator: { config: { ...makeDiscriminatorConfig(filters) }, tensors: discriminator },
    curves: trained.series,
    provenance: seenByBoth(trainedOn(product, seen, given.cohort), given.initProvenance),
  }
}
