/**
 * The bytes of a phantom film's file. A DICOM film says in its header that it is synthetic and of no patient: derived,
 * conversion type SYN, a quality control subject named PHANTOM. Used by `writePhantomFolder.ts`.
 */
import { writeDicom } from '../../dicom/writeDicom.ts'
import { encodeImage } from '../../images/encodeImage.ts'
import type { RenderedFilm } from '../renderFilm.ts'
import { FILM_WIDTH } from './nihFolder.ts'
import type { PhantomEncoding } from './PhantomLayout.ts'

export const ENDINGS: Readonly<Record<PhantomEncoding, string>> = { dicom: '.dcm', png: '.png', jpeg: '.jpg' }

export interface EncodingOptions {
  readonly encoding: PhantomEncoding
  readonly seed: number
  /** DICOM: 0 is white. */
  readonly monochrome1: boolean
  /** All that the film depends on beside seed and index; DICOM UIDs are hashed from it too. */
  readonly recipe: string
}

export async function encodePhantomFilm(film: RenderedFilm, options: EncodingOptions): Promise<Uint8Array> {
  const { size, pixels: stored } = film
  return options.encoding === 'dicom'
    ? dicomOf(film, options)
    : encodeImage({ rows: size, columns: size, stored, format: options.encoding }, { file: film.description.filmId })
}

function dicomOf(film: RenderedFilm, { seed, monochrome1, recipe }: EncodingOptions): Uint8Array {
  const { size, bits, pixels, description } = film
  const { filmId: id, patientIndex, index, sex, age, view } = description
  const most = 2 ** bits - 1
  const spacing = FILM_WIDTH / size
  return writeDicom({
    id,
    uidSource: `${id} of seed ${seed}: ${recipe}`,
    rows: size,
    columns: size,
    stored: monochrome1 ? pixels.map((value) => most - value) : pixels,
    bitsStored: bits,
    photometric: monochrome1 ? 'MONOCHROME1' : 'MONOCHROME2',
    view,
    sex,
    age: `${String(age).padStart(3, '0')}Y`,
    attributes: [
      [0x00080008, 'CS', 'DERIVED\\SECONDARY'],
      // Conversion Type: synthetic image (PS3.3 C.8.6.1)
      [0x00080064, 'CS', 'SYN'],
      [0x00082111, 'ST', `Synthetic chest phantom of no patient: seed ${seed}, film ${index}.`],
      [0x00100010, 'PN', `PHANTOM^${String(patientIndex).padStart(6, '0')}`],
      // Quality Control Subject
      [0x00100200, 'CS', 'YES'],
      [0x00280030, 'DS', `${spacing}\\${spacing}`],
      // Burned In Annotation: the side letter identifies nobody
      [0x00280301, 'CS', 'NO'],
    ],
  })
}
