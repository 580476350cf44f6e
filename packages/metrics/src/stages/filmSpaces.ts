// Spaces in which films are near or far (P10): standardised pixels, and features of a network. Films come as blocks of rows, so that
// training films, which may be many, never lie in memory together where they are read as pixels.
import type { FeatureRow, Films } from '@radiograft/pipeline'
import { featureSetOf } from '../distribution/featureSetOf.ts'
import { checkSameExtractor } from '../distribution/measureFeatures.ts'
import type { FeatureRows } from '../memorisation/FeatureRows.ts'
import { filmVectors } from './filmVectors.ts'
import { rowsOfFilms } from './rowsOfFilms.ts'

type Blocks = (films: ReadonlyArray<string>) => AsyncIterable<FeatureRows>

export interface FilmSpace {
  /** such as `pixels-32x32`, `features-small-cnn-64`; ends the names of figures */
  readonly name: string
  readonly generated: Blocks
  readonly real: Blocks
}

/** Standardised averages at a small size: two films of one patient at one pose differ in noise, brightness and contrast and not in these (phantom answer 11). */
export const pixelSpace = (real: Films, generated: Films, side: number): FilmSpace => ({
  name: `pixels-${side}x${side}`,
  generated: (films) => filmVectors(generated, films, side),
  real: (films) => filmVectors(real, films, side),
})

/** Rows of one block. */
const AT_ONCE = 4096

/**
 * @throws MetricError when there are no generated films; from its blocks, when a film has no row, IncomparableFiguresError when rows are of two
 * extractors
 */
export const featureSpace = (real: ReadonlyArray<FeatureRow>, generated: ReadonlyArray<FeatureRow>): FilmSpace => {
  const first = featureSetOf(generated.slice(0, 1), undefined, 'generatedFeatures')
  const blocks = (argument: string, rows: ReadonlyArray<FeatureRow>): Blocks =>
    async function* (films) {
      for (let from = 0; from < films.length; from += AT_ONCE) {
        const own = rowsOfFilms(argument, rows, films.slice(from, from + AT_ONCE))
        const set = featureSetOf(own, undefined, argument)
        checkSameExtractor(set, first)
        yield { ids: set.units, values: set.values }
      }
    }
  return {
    name: `features-${first.extractor.name}`,
    generated: blocks('generatedFeatures', generated),
    real: blocks('realFeatures', real),
  }
}
