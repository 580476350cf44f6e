/** The power of a film, or of several on average, by spatial frequency: what `checkerboardEnergy` and `radialSpectrum` look at. */
import { MetricError } from '../MetricError.ts'
import { fft } from './fft.ts'

export interface PowerSpectrum {
  /**
   * [height, width], row-major: |F(u, v)|² / (height · width)², u and v cycles a film, from 0, negative ones at the end. Sums to the
   * mean of squares (Parseval); the first value is the squared mean.
   */
  readonly power: Float64Array
  readonly height: number
  readonly width: number
}

/**
 * Mean of the films' spectra.
 * @param films pixels [height · width] each, row-major, any range
 * @throws MetricError when sides are no powers of two, a film has other pixels, or there is none
 */
export const powerSpectrum = (films: Iterable<ArrayLike<number>>, height: number, width: number): PowerSpectrum => {
  const power = new Float64Array(height * width)
  let count = 0
  for (const pixels of films) {
    if (pixels.length !== height * width)
      throw new MetricError('films', `film ${count} has ${pixels.length} pixels, not ${height} · ${width}`)
    const re = Float64Array.from(pixels)
    const im = new Float64Array(re.length)
    for (let row = 0; row < height; row++)
      fft(re.subarray(row * width, (row + 1) * width), im.subarray(row * width, (row + 1) * width))
    const [columnRe, columnIm] = [new Float64Array(height), new Float64Array(height)]
    for (let column = 0; column < width; column++) {
      for (let row = 0; row < height; row++) {
        columnRe[row] = re[row * width + column]!
        columnIm[row] = im[row * width + column]!
      }
      fft(columnRe, columnIm)
      for (let row = 0; row < height; row++)
        power[row * width + column]! += (columnRe[row]! ** 2 + columnIm[row]! ** 2) / (height * width) ** 2
    }
    count++
  }
  if (count === 0) throw new MetricError('films', 'holds no film')
  return { power: power.map((v) => v / count), height, width }
}
