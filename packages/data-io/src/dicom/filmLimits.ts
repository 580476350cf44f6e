// How large a film may say it is. Checked from headers, before anything of the film's size is allocated. Used by the
// header reader, by what inflates, and by everything that decodes.
import { DicomError } from './DicomError.ts'

/** 10,000 x 10,000; the largest chest films have 4,300 x 3,500. */
const MAX_PIXELS = 100_000_000

/** Films of up to this size may be compressed to nothing: 4,096 x 4,096. */
const FREE_PIXELS = 2 ** 24

/** Beyond that, a byte holds at most so many pixels. Films with noise in them need 0.1 bit a pixel when lossy: 80 pixels. */
const PIXELS_A_BYTE = 512

const millions = (pixels: number): string => `${Math.floor(pixels / 1e6).toLocaleString('en')} million`

/** @throws DicomError too-large, for more pixels than are read */
export const checkPixels = (rows: number, columns: number, file: string): void => {
  if (rows * columns <= MAX_PIXELS) return
  throw new DicomError(file, 'too-large', `its size is ${rows} x ${columns}: ${millions(rows * columns)} pixels`)
}

/**
 * Refuses a small file that claims a large film, before a decoder believes it.
 * @param bytes length of the compressed data
 * @throws DicomError too-large
 */
export const checkCompression = (rows: number, columns: number, bytes: number, file: string): void => {
  const pixels = rows * columns
  if (pixels <= FREE_PIXELS || pixels <= bytes * PIXELS_A_BYTE) return
  throw new DicomError(
    file,
    'too-large',
    `its size is ${rows} x ${columns}, ${millions(pixels)} pixels, in ${bytes} compressed bytes`,
  )
}
