// Entry of `extract-features`: films as a stream, a few in memory.
import type { FeatureRow, RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { pixelExtractor } from '../extractors/pixelExtractor.ts'
import { storedExtractor } from '../extractors/storedExtractor.ts'
import { featureRow } from '../featureRow.ts'
import { rowsOfFilms } from '../rowsOfFilms.ts'
import type { extractFeatures } from './extractFeatures.ts'

export const run: RunOf<typeof extractFeatures> = async ({ params, inputs, ctx }) => {
  const { films, network } = inputs
  if (network) await loadRuntime({ threads: ctx.threads })
  const { batch } = params
  const extractor = network ? storedExtractor(network, { batch, cache: ctx.graphs }) : pixelExtractor()
  const pixels = async function* (): AsyncGenerator<Float32Array> {
    for await (const film of films.stream()) {
      ctx.signal.throwIfAborted()
      yield film.pixels
    }
  }
  const rows: FeatureRow[] = []
  try {
    for await (const values of rowsOfFilms(extractor, pixels(), films, batch)) {
      rows.push(featureRow(films.ids[rows.length]!, values, extractor))
      ctx.progress(rows.length, films.size)
    }
  } finally {
    extractor.dispose()
  }
  return { features: rows }
}
