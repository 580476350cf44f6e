// Entry of `measure-ladder`.
import { kernelMeasure } from '@radiograft/metrics/distribution'
import { filmsOf, metricRow, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { ladderPlot } from '../commands/ladderPlot.ts'
import { pixelExtractor } from '../extractors/pixelExtractor.ts'
import { storedExtractor } from '../extractors/storedExtractor.ts'
import { FeaturesError } from '../FeaturesError.ts'
import { ladderFeatures, measureLadder as measured } from '../ladder/corruptionLadder.ts'
import type { measureLadder } from './measureLadder.ts'

export const run: RunOf<typeof measureLadder> = async ({ params, inputs, ctx }) => {
  const { films, split, cohort, network } = inputs
  const ids = filmsOf(split, 'test').slice(0, params.films)
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  const stranger = ids.find((id) => !patientOf.has(id))
  if (stranger !== undefined)
    throw new FeaturesError('cohort', `has no patient of film ${stranger}, which the split names`)
  if (network) await loadRuntime({ threads: ctx.threads })
  const extractor = network ? storedExtractor(network, { batch: params.batch, cache: ctx.graphs }) : pixelExtractor()
  const pixels = async function* (): AsyncGenerator<Float32Array> {
    for (const id of ids) yield (await films.rows([films.indexOf(id)]))[0]!
  }
  const { height, width } = films
  const stream = { ids, units: ids.map((id) => patientOf.get(id)!), height, width, pixels }
  try {
    const random = rng(ctx.seed)
    const features = await ladderFeatures(extractor, stream, random, { signal: ctx.signal, onProgress: ctx.progress })
    const ladders = measured(kernelMeasure, features, random, { resamples: params.resamples })
    const { rows: n, extractor: of } = features.clean
    const title = `Does KID rise when films get worse? ${of.name}`
    return {
      metrics: ladders.map(({ corruption, rho }) =>
        metricRow({ arm: `ladder-${corruption}`, metric: `spearman-kid-${of.name}-n${n}`, value: rho, n }),
      ),
      ladder: {
        title,
        rows: 'P2',
        columns: ['corruption', 'strength', 'amount', 'unit', 'KID', 'low', 'high', 'rank correlation'],
        cells: ladders.flatMap(({ corruption, unit, rungs, rho }) =>
          rungs.map(({ strength, amount, figure: { value, low, high } }) => [
            corruption,
            strength,
            amount,
            unit,
            value,
            low,
            high,
            rho,
          ]),
        ),
        note:
          `${features.reference.rows} held-out films as they are against ${n} of other patients, at ${height} x ${width}, step by step worse; ` +
          'the same films and resamples at every step. A measure that does not rise is blind to what was done.',
      },
      figure: {
        title,
        caption:
          'KID of one half of the held-out films to the other, which is corrupted in five steps; bars are 95 % intervals over patients. ' +
          'Strength 0: films as they are.',
        row: 'P2',
        mediaType: 'image/svg+xml',
        bytes: new TextEncoder().encode(ladderPlot(title, ladders)),
      },
    }
  } finally {
    extractor.dispose()
  }
}
