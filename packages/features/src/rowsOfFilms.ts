// Features of films that come one after another: extracted in batches, so that memory does not grow with their number.
import type { FeatureExtractor } from '@radiograft/metrics/distribution'
import { FeaturesError } from './FeaturesError.ts'
import type { FilmStream } from './FilmStream.ts'

/** Films in one call of an extractor: enough for any graph, and 32 MB of films of 512 x 512. */
const BATCH = 32

/**
 * One row a film, handed over batch by batch.
 * @param films of one size
 * @throws FeaturesError where a film has another size, or the extractor gives rows that do not fit
 */
export async function* rowsOfFilms(
  { extract, columns, name }: FeatureExtractor,
  films: Iterable<Float32Array> | AsyncIterable<Float32Array>,
  { height, width }: Pick<FilmStream, 'height' | 'width'>,
  batch = BATCH,
): AsyncGenerator<Float32Array, void, undefined> {
  let held: Float32Array[] = []
  const rows = async (): Promise<ReadonlyArray<Float32Array>> => {
    const pixels = new Float32Array(held.length * height * width)
    held.forEach((film, i) => pixels.set(film, i * height * width))
    const found = await extract({ pixels, count: held.length, height, width })
    if (found.rows !== held.length || found.columns !== columns)
      throw new FeaturesError('extractor', `${name} gave ${found.rows} x ${found.columns} for ${held.length} films`)
    held = []
    return Array.from({ length: found.rows }, (_, i) =>
      Float32Array.from(found.values.subarray(i * columns, (i + 1) * columns)),
    )
  }
  for await (const film of films) {
    if (film.length !== height * width)
      throw new FeaturesError('films', `a film has ${film.length} pixels, not ${height} x ${width}`)
    held.push(film)
    if (held.length === batch) yield* await rows()
  }
  if (held.length > 0) yield* await rows()
}
