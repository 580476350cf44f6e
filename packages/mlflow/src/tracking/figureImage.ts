// A figure as MLflow's page shows it: a PNG. sharp is loaded with the first one.
import type { NamedFigure } from './figuresOf.ts'

/** Figures are drawn for a page of that width; twice as many pixels are sharp on a good screen. */
const density = 144
/** Pixels on a side: what is larger is made smaller. */
const largest = 2400

export const figureImage = async ({ mediaType, bytes }: NamedFigure): Promise<Uint8Array> => {
  if (mediaType === 'image/png') return bytes
  const { default: sharp } = await import('sharp')
  return sharp(bytes, { density })
    .resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .png()
    .toBuffer()
}

/** What MLflow takes in the name of an image. */
export const imageName = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z0-9_\-. ]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
