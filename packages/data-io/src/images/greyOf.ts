// One grey channel out of several equal ones. 519 films of NIH ChestX-ray14 are RGBA, all of Kermany's are RGB: grey all
// the same. Used by readImage.
import { ImageError } from './ImageError.ts'

/**
 * @param samples [pixels · channels], channels of a pixel side by side: 3, or 4 where the last one is alpha
 * @param opaque the value of alpha that covers fully
 * @param columns pixels a row, for messages
 * @returns [pixels]
 * @throws ImageError colour, where a pixel's three channels differ; transparent, where its alpha is not `opaque`
 */
export const greyOf = <Samples extends Uint8Array | Uint16Array>(
  samples: Samples,
  channels: 3 | 4,
  opaque: number,
  columns: number,
  file: string,
): Samples => {
  const grey = samples.slice(0, samples.length / channels) as Samples
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    const value = samples[at]!
    const where = () => `at row ${Math.floor(i / columns)}, column ${i % columns} of the stored pixels`
    if (value !== samples[at + 1] || value !== samples[at + 2]) {
      throw new ImageError(file, 'colour', `its red, green and blue differ, first ${where()}`)
    }
    if (channels === 4 && samples[at + 3] !== opaque) {
      throw new ImageError(file, 'transparent', `it is not fully opaque, first ${where()}`)
    }
    grey[i] = value
  }
  return grey
}
