// One film of a checked folder, prepared: decoded, windowed, air dark, letterboxed and resized, with a record of how. Used
// by streamFilms, in this thread or in another.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Box, UnitPixels } from '@radiograft/geometry'
import type { DicomFilm } from '../dicom/readDicom.ts'
import { readDicom } from '../dicom/readDicom.ts'
import { unitLevels } from '../dicom/unitPixels.ts'
import type { GreyImage } from '../images/GreyImage.ts'
import { readImage } from '../images/readImage.ts'
import type { FilmFormat, FolderFilm } from './FilmFolder.ts'
import { filmMap, letterbox, mapBox, type GreyLevels } from './letterbox.ts'

export interface ReadFilmOptions {
  /** side of the square film, in pixels */
  readonly size: number
  /** `header`: the film's own window where it has one; `depth`: all stored grey levels. @default 'header' */
  readonly window?: 'header' | 'depth'
}

/** How a film on disk became a square one. */
export interface Preparation {
  readonly format: FilmFormat
  /** size on disk, in pixels */
  readonly rows: number
  readonly columns: number
  /** bits a pixel as stored */
  readonly bits: number
  /** true for MONOCHROME1 */
  readonly inverted: boolean
  /** `depth`, or shape, centre and width */
  readonly window: string
  /** x on the square film = (x + padX) · scale; y likewise */
  readonly scale: number
  readonly padX: number
  readonly padY: number
  /** what padding is filled with, in [0, 1] */
  readonly padding: number
}

export interface PreparedFilm {
  /** [size · size], row-major, in [0, 1], air dark */
  readonly pixels: UnitPixels
  readonly preparation: Preparation
}

/** Black, as air is: a value that no window moves. */
const PADDING = 0

interface Decoded {
  readonly rows: number
  readonly columns: number
  readonly stored: Uint8Array | Uint16Array | Int16Array
  readonly levels: GreyLevels
  readonly bits: number
  readonly inverted: boolean
  readonly window: string
}

const ofDicom = (film: DicomFilm, choice: 'header' | 'depth'): Decoded => {
  const window = choice === 'depth' ? undefined : film.window
  return {
    rows: film.rows,
    columns: film.columns,
    stored: film.stored,
    levels: unitLevels(film, { window: choice }),
    bits: film.bitsStored,
    inverted: film.photometric === 'MONOCHROME1',
    window: window ? `${window.shape} ${window.centre} ${window.width}` : 'depth',
  }
}

const ofImage = ({ rows, columns, bits, stored }: GreyImage): Decoded => {
  const most = 2 ** bits - 1
  const units = new Float32Array(most + 1)
  for (let i = 0; i <= most; i++) units[i] = i / most
  return { rows, columns, stored, levels: { units, lowest: 0 }, bits, inverted: false, window: 'depth' }
}

/**
 * @param film its path and format
 * @throws DicomError, ImageError: damage that only decoding shows; the message names the file
 */
export const readFilm = async (
  { path, format }: Pick<FolderFilm, 'path' | 'format'>,
  { size, window = 'header' }: ReadFilmOptions,
): Promise<PreparedFilm> => {
  const bytes = await readFile(path)
  const name = basename(path)
  const { rows, columns, stored, levels, ...rest } =
    format === 'dicom' ? ofDicom(await readDicom(bytes, name), window) : ofImage(await readImage(bytes, name))
  return {
    pixels: letterbox(stored, rows, columns, size, levels) as UnitPixels,
    preparation: { format, rows, columns, ...rest, ...filmMap(rows, columns, size), padding: PADDING },
  }
}

/** The boxes of a film in pixels of its square film of that size. */
export const squareBoxes = (
  film: Pick<FolderFilm, 'rows' | 'columns' | 'boxes'>,
  size: number,
): ReadonlyArray<{ readonly box: Box; readonly label: string }> => {
  const map = filmMap(film.rows, film.columns, size)
  return film.boxes.map(({ box, label }) => ({ box: mapBox(box, map), label }))
}
