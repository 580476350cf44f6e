// What both fits do once their films are chosen: train, store the generator, say which films it has seen.
import { toNetworkTensors } from '@radiograft/nn'
import {
  trainedOn,
  type CohortRow,
  type Network,
  type ParamValues,
  type ProvenanceRow,
  type SeriesRow,
  type SplitRow,
  type StageContext,
} from '@radiograft/pipeline'
import * as tf from '@tensorflow/tfjs-core'
import { makeGeneratorConfig } from '../generatorConfig.ts'
import type { ganParams } from './ganParams.ts'
import { checkInitialGenerator, seenByBoth, type InitialGenerator } from './initialGenerator.ts'
import { trainTranslation, type TranslationFilms } from './trainTranslation.ts'

export interface GeneratorInputs extends InitialGenerator {
  readonly cohort: ReadonlyArray<CohortRow>
  readonly split: ReadonlyArray<SplitRow>
}

export const fitGenerator = async (
  { product, ...films }: TranslationFilms & { readonly product: string },
  { cohort, split, ...initial }: GeneratorInputs,
  params: ParamValues<typeof ganParams>,
  ctx: StageContext,
): Promise<{
  readonly generator: Network
  readonly curves: ReadonlyArray<SeriesRow>
  readonly provenance: ReadonlyArray<ProvenanceRow>
}> => {
  const { size, filters, blocks, skip, steps, batch, learningRate, ganLoss, l1Weight, identityWeight } = params
  const { inputs, reals } = films
  ctx.log(`${inputs.length} training films to translate, ${reals.length} real ones of class ${params.normalClass}`)
  const config = makeGeneratorConfig(size, { filters, blocks, skip })
  checkInitialGenerator(initial, config.network, split)
  const { params: weights, series } = await trainTranslation(films, config, {
    seed: ctx.seed,
    compile: { precision: ctx.precision, cache: ctx.graphs },
    discriminatorFilters: filters,
    steps,
    batch,
    learningRate,
    ganLoss,
    l1Weight,
    identityWeight,
    init: initial.init?.tensors,
    checkpoints: { to: ctx.checkpoints },
    signal: ctx.signal,
    onResume: (done) => {
      ctx.log(`goes on after step ${done} of ${steps}, from a checkpoint`)
      ctx.progress(done, steps)
    },
    onStep: (done) => ctx.progress(done, steps),
    onProgress: ({ step, logs }) =>
      Object.entries(logs).forEach(([name, value]) => ctx.metric(`${product}.${name}`, value, step)),
  })
  const tensors = await toNetworkTensors(weights)
  tf.dispose(weights)
  const seen = [...new Set([...inputs, ...reals])].toSorted()
  return {
    generator: { config: { ...config }, tensors },
    curves: series.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.step - b.step)),
    provenance: seenByBoth(trainedOn(product, seen, cohort), initial.initProvenance),
  }
}
