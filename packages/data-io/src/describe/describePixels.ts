// What decoding shows of a folder, gathered film by film: bits, brightness, and films that are there twice. Used by
// `radiograft data`, which streams the films into it.
import { createHash } from 'node:crypto'
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { FolderProblem } from '../folder/FolderError.ts'
import type { Preparation } from '../folder/readFilm.ts'
import { countBy, mostCommon } from './countBy.ts'
import { duplicateGroups } from './duplicateGroups.ts'
import { findDuplicates } from './findDuplicates.ts'
import type { PixelFacts } from './FolderDescription.ts'
import { shortcut } from './shortcut.ts'
import { targetDifference } from './targetDifference.ts'
import { unitThumbnail } from './unitThumbnail.ts'

interface Seen {
  readonly film: FolderFilm
  readonly preparation: Preparation
  readonly pixels: string
  readonly thumb: Float32Array | undefined
  readonly brightness: number
}

export interface PixelGatherer {
  /** @param pixels [size · size] in [0, 1]; not kept */
  readonly add: (film: FolderFilm, pixels: Float32Array, preparation: Preparation) => void
  /**
   * @param files digests of the files, by film; of films alone with their length none is needed
   * @param damaged films that could not be decoded
   * @param pseudonym a patient's name for the record, in place of the id
   */
  readonly facts: (
    files: ReadonlyMap<string, string>,
    damaged: ReadonlyArray<FolderProblem>,
    pseudonym: (patient: string) => string,
  ) => PixelFacts
}

/** @param size side of the square films that `add` gets */
export const describePixels = (size: number): PixelGatherer => {
  const seen: Seen[] = []
  return {
    add: (film, pixels, preparation) => {
      const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
      seen.push({
        film,
        preparation,
        pixels: createHash('sha256').update(bytes).digest('base64'),
        thumb: unitThumbnail(pixels, size),
        brightness: pixels.reduce((sum, value) => sum + value, 0) / pixels.length,
      })
    },
    facts: (files, damaged, pseudonym) => {
      // one of each set of equal pixels stands for all: they are joined by their digest
      const places = new Map<string, number>()
      seen.forEach(({ pixels, thumb }, i) => thumb && !places.has(pixels) && places.set(pixels, i))
      const distinct = [...places.values()]
      const pairs = findDuplicates(distinct.map((i) => seen[i]!.thumb!)).map(({ a, b, correlation }) => ({
        a: distinct[a]!,
        b: distinct[b]!,
        correlation,
      }))
      // a film of one grey value is like any other such film, whoever is on it
      const examined = seen.map(({ film, pixels, thumb }) => ({
        film,
        file: files.get(film.film),
        pixels: thumb ? pixels : `blank ${film.film}`,
      }))
      const by = (value: (preparation: Preparation) => string) =>
        seen.map(({ film, preparation }) => ({ value: value(preparation), target: film.target }))
      return {
        films: seen.length,
        bits: Object.fromEntries(mostCommon(countBy(seen, ({ preparation }) => String(preparation.bits)))),
        inverted: seen.filter(({ preparation }) => preparation.inverted).length,
        windowed: seen.filter(({ preparation }) => preparation.window !== 'depth').length,
        brightness: shortcut(
          'brightness',
          'brighter',
          seen.map(({ film, brightness }) => ({ ...film, brightness })),
          ({ brightness }) => brightness,
        ),
        differences: [
          targetDifference(
            'bits a pixel',
            by(({ bits }) => String(bits)),
          ),
          targetDifference(
            'photometric interpretation',
            by(({ inverted }) => (inverted ? 'MONOCHROME1' : 'MONOCHROME2')),
          ),
        ].filter((difference) => difference !== undefined),
        duplicates: duplicateGroups(examined, pairs, pseudonym),
        blank: seen.filter(({ thumb }) => !thumb).map(({ film }) => film.film),
        damaged: damaged.map(({ film, message }) => ({ film: film ?? '', why: message })),
      }
    },
  }
}
