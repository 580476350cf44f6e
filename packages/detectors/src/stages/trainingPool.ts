// The films that a detector trains on: real ones of the training part, and synthetic ones where they are wired. Each kind
// has ids, pixels and maps of its own. Used by the entry of `fit-detector`.
import { boxesByFilm, filmsOf, type BoxRow, type Films, type LabelRow, type SplitRow } from '@radiograft/pipeline'
import { DetectorError } from '../DetectorError.ts'
import type { FilmClasses } from '../filmClasses.ts'
import type { AttentionNormalisation } from '../residualAttention.ts'
import { attentionReader } from './attentionReader.ts'
import type { ListedFilm, ReadFilms } from '../detectorBatches.ts'

/** Films with their tables and, with attention, their residuals. */
export interface FilmSet {
  readonly films: Films
  readonly boxes: ReadonlyArray<BoxRow>
  readonly labels: ReadonlyArray<LabelRow>
  readonly split: ReadonlyArray<SplitRow>
  readonly attention: Films | undefined
}

/** What synthetic films are wired by; all of the first four or none. */
export interface ExtraPorts {
  readonly extraFilms: Films | undefined
  readonly extraBoxes: ReadonlyArray<BoxRow> | undefined
  readonly extraLabels: ReadonlyArray<LabelRow> | undefined
  readonly extraSplit: ReadonlyArray<SplitRow> | undefined
  readonly extraAttention: Films | undefined
}

/**
 * The synthetic films, or undefined.
 * @throws DetectorError when some ports are wired and others are not, or the films are of another size
 */
export const extraSet = (ports: ExtraPorts, real: Films): FilmSet | undefined => {
  const { extraFilms: films, extraBoxes: boxes, extraLabels: labels, extraSplit: split, extraAttention } = ports
  if (!films && !boxes && !labels && !split) {
    if (extraAttention) throw new DetectorError('extraAttention', 'is wired without extraFilms')
    return undefined
  }
  if (!films || !boxes || !labels || !split)
    throw new DetectorError('extraFilms', 'wire extraFilms, extraBoxes, extraLabels and extraSplit together, or none')
  if (films.height !== real.height || films.width !== real.width)
    throw new DetectorError(
      'extraFilms',
      `are ${films.width} x ${films.height}, the real ones ${real.width} x ${real.height}: make them at one size`,
    )
  return { films, boxes, labels, split, attention: extraAttention }
}

/** The rows of `labels` whose films are in the training part. */
export const trainingLabels = ({ labels, split }: Pick<FilmSet, 'labels' | 'split'>): ReadonlyArray<LabelRow> => {
  const training = new Set(filmsOf(split, 'train'))
  return labels.filter(({ film }) => training.has(film))
}

/** The training films of one set as the trainer lists them. @param of class of each of its `trainingLabels`, in their order */
export const listed = (set: FilmSet, of: FilmClasses['of']): ReadonlyArray<ListedFilm> => {
  const boxesOf = boxesByFilm(set.boxes)
  return trainingLabels(set).map(({ film }, i) => ({ id: film, boxes: boxesOf(film), class: of[i]! }))
}

/** Reads films of any of the sets by id; their ids must differ. */
export const poolReader = (
  sets: ReadonlyArray<FilmSet>,
  attention: Required<AttentionNormalisation> | null,
): ReadFilms => {
  const readers = sets.map(({ films, attention: maps }) => {
    const mapsOf = attentionReader(maps, attention)
    return async (ids: ReadonlyArray<string>) => {
      const [pixels, map] = await Promise.all([films.rows(ids.map((id) => films.indexOf(id))), mapsOf(ids)])
      return pixels.map((film, i) => ({ pixels: film, attention: map[i] }))
    }
  })
  const setOf = new Map(sets.flatMap(({ films }, i) => films.ids.map((id) => [id, i] as const)))
  const total = sets.reduce((sum, { films }) => sum + films.size, 0)
  if (setOf.size < total)
    throw new DetectorError('extraFilms', 'have ids of real films: give synthetic films ids of their own')
  return async (ids) => {
    const out = new Map<string, Awaited<ReturnType<ReadFilms>>[number]>()
    await Promise.all(
      readers.map(async (read, i) => {
        const own = [...new Set(ids)].filter((id) => (setOf.get(id) ?? 0) === i)
        const made = own.length > 0 ? await read(own) : []
        own.forEach((id, n) => out.set(id, made[n]!))
      }),
    )
    return ids.map((id) => out.get(id)!)
  }
}
