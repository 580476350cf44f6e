// The films of a checked folder, square and of one size, in order of id, one in memory at a time. Used by the read-rsna
// stage. Decoding runs in this process: 8 ms a film of 512 x 512, so 151 films take a second.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Box } from '@radiograft/geometry'
import { readDicom } from '../dicom/readDicom.ts'
import { unitPixels } from '../dicom/unitPixels.ts'
import { checkRsna } from './checkRsna.ts'
import type { RsnaFilm, RsnaFolder } from './checkRsna.ts'
import { filmMap, letterbox, mapBox } from '../folder/letterbox.ts'
import type { FilmMap } from '../folder/letterbox.ts'

export interface SquareFilm {
  readonly id: string
  /** [size · size], row-major, in [0, 1], air dark */
  readonly pixels: Float32Array
  /** from pixels of the file to pixels of this film */
  readonly map: FilmMap
}

export interface ReadRsnaOptions {
  /** side of the films, in pixels */
  readonly size: number
  /** `header`: the film's own window where it has one; `depth`: all stored grey levels. @default 'header' */
  readonly window?: 'header' | 'depth'
}

/** One film: decoded, windowed, letterboxed, resized. */
export const readRsnaFilm = async (film: RsnaFilm, options: ReadRsnaOptions): Promise<SquareFilm> => {
  const dicom = await readDicom(await readFile(film.path), basename(film.path))
  const pixels = unitPixels(dicom, { window: options.window ?? 'header' })
  return {
    id: film.film,
    pixels: letterbox(pixels, dicom.rows, dicom.columns, options.size),
    map: filmMap(dicom.rows, dicom.columns, options.size),
  }
}

/**
 * All films in ascending order of id.
 * @param folder a path, which is checked first, or what `checkRsna` returned
 * @throws RsnaFolderError before the first film; DicomError for a film that only decoding shows to be damaged
 */
export async function* readRsna(folder: string | RsnaFolder, options: ReadRsnaOptions): AsyncGenerator<SquareFilm> {
  const { films } = typeof folder === 'string' ? checkRsna(folder) : folder
  for (const film of films) yield await readRsnaFilm(film, options)
}

/** The boxes of a film in pixels of its square film of that size. */
export const squareBoxes = (film: RsnaFilm, size: number): ReadonlyArray<Box> => {
  const map = filmMap(film.rows, film.columns, size)
  return film.boxes.map((box) => mapBox(box, map))
}
