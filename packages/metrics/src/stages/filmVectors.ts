// Films as rows of numbers in which distances say how alike two films look: box averages, standardised film by film.
import { resizeArea } from '@radiograft/geometry'
import type { Films } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import type { FeatureRows } from '../memorisation/FeatureRows.ts'

const AT_ONCE = 256

/**
 * Block by block: films averaged over areas to side x side, less their mean, over their standard deviation, over the side. The distance of two
 * such rows is the root mean square difference of standardised pixels: 0 of copies, √2 of unrelated films, and nearly the same
 * whatever brightness and contrast a copy was given. A film of one grey is zeros.
 * @throws MetricError when films are smaller than the side, or hold a number that is not finite
 */
export async function* filmVectors(
  films: Films,
  ids: ReadonlyArray<string>,
  side: number,
): AsyncGenerator<FeatureRows> {
  if (Math.min(films.height, films.width) < side)
    throw new MetricError('side', `${side} is above ${films.height} x ${films.width}, the films' size: set it lower`)
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const block = ids.slice(from, from + AT_ONCE)
    const read = await films.rows(block.map((id) => films.indexOf(id)))
    const values = new Float64Array(block.length * side * side)
    read.forEach((pixels, i) =>
      values.set(standardised(resizeArea(pixels, films.height, films.width, side, side), side), i * side * side),
    )
    yield { ids: block, values }
  }
}

const standardised = (pixels: Float32Array, side: number): Float64Array => {
  const mean = pixels.reduce((sum, v) => sum + v, 0) / pixels.length
  const deviation = Math.sqrt(pixels.reduce((sum, v) => sum + (v - mean) ** 2, 0) / pixels.length)
  return Float64Array.from(pixels, (v) => (deviation > 1e-7 ? (v - mean) / deviation / side : 0))
}
