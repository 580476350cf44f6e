// What both fits do once their films are chosen: train, store the generator, say which films it has seen.
import { toNetworkTensors } from '@radiograft/nn'
import {
  trainedOn,
  type CohortRow,
  type Network,
  type ParamValues,
  type ProvenanceRow,
  type SeriesRow,
  type StageContext,
} from '@radiograft/pipeline'
import * as tf from '@tensorflow/tfjs-core'
import { makeGeneratorConfig } from '../generatorConfig.ts'
import type { ganParams } from './ganParams.ts'
import { trainTranslation, type TranslationFilms } from './trainTranslation.ts'

export const fitGenerator = async (
  { product, ...films }: TranslationFilms & { readonly product: string },
  cohort: ReadonlyArray<CohortRow>,
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
  const { params: weights, series } = await trainTranslation(films, config, {
    seed: ctx.seed,
    precision: ctx.precision,
    discriminatorFilters: filters,
    steps,
    batch,
    learningRate,
    ganLoss,
    l1Weight,
    identityWeight,
    signal: ctx.signal,
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
    provenance: trainedOn(product, seen, cohort),
  }
}
