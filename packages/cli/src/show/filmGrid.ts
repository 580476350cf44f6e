// Films side by side as one grey picture, and the numbers of their pixels.

export interface Picture {
  readonly width: number
  readonly height: number
  /** 8-bit grey, row-major */
  readonly grey: Uint8Array
}

export interface PixelRange {
  readonly low: number
  readonly high: number
  readonly mean: number
}

/** Over all pixels of these films. */
export const rangeOf = (films: ReadonlyArray<Float32Array>): PixelRange => {
  let low = Infinity
  let high = -Infinity
  let sum = 0
  let count = 0
  for (const film of films) {
    for (const value of film) {
      if (value < low) low = value
      if (value > high) high = value
      sum += value
    }
    count += film.length
  }
  return { low, high, mean: sum / count }
}

/** What is drawn black and white: 0 and 1, or the films' own range where it is less than half of that, as of residuals. */
export const windowOf = ({ low, high }: PixelRange): readonly [black: number, white: number] =>
  high - low < 0.5 && high > low ? [low, high] : [0, 1]

/** Pixels between two films, and their grey. */
const gap = 2
export const gapGrey = 96

/**
 * @param films pictures [height · width], row-major, in the order of reading
 * @param across how many stand side by side
 */
export const filmGrid = (
  films: ReadonlyArray<Float32Array>,
  size: { readonly height: number; readonly width: number },
  across: number,
  [black, white]: readonly [number, number],
): Picture => {
  const columns = Math.min(across, films.length)
  const rows = Math.ceil(films.length / columns)
  const width = columns * size.width + (columns - 1) * gap
  const height = rows * size.height + (rows - 1) * gap
  const grey = new Uint8Array(width * height).fill(gapGrey)
  films.forEach((film, i) => {
    const left = (i % columns) * (size.width + gap)
    const top = Math.floor(i / columns) * (size.height + gap)
    for (let y = 0; y < size.height; y++)
      for (let x = 0; x < size.width; x++) {
        const share = (film[y * size.width + x]! - black) / (white - black)
        grey[(top + y) * width + left + x] = Math.round(255 * Math.min(1, Math.max(0, share)))
      }
  })
  return { width, height, grey }
}

/** The same at another width; small films grow by whole pixels, so that each stays visible. */
export const resized = async (picture: Picture, width: number): Promise<Picture> => {
  if (width === picture.width) return picture
  const { default: sharp } = await import('sharp')
  const height = Math.max(1, Math.round((picture.height * width) / picture.width))
  const { data } = await sharp(picture.grey, { raw: { width: picture.width, height: picture.height, channels: 1 } })
    .resize(width, height, { fit: 'fill', kernel: width > picture.width ? 'nearest' : 'lanczos3' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width, height, grey: new Uint8Array(data) }
}

/** A PNG file of 8-bit grey. */
export const pngOf = async ({ width, height, grey }: Picture): Promise<Uint8Array> => {
  const { default: sharp } = await import('sharp')
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}
