// The contact sheet of a folder: its films are read once more, larger. Used by `radiograft data`.
import { basename } from 'node:path'
import type { FilmFolder, FolderFilm } from '../../folder/FilmFolder.ts'
import { readFilm, squareBoxes } from '../../folder/readFilm.ts'
import type { FolderDescription, PixelFacts } from '../FolderDescription.ts'
import { count } from '../inWords.ts'
import { drawContactSheet, SHEET_COLUMNS, SHEET_FILM } from './drawContactSheet.ts'
import type { SheetCell } from './drawContactSheet.ts'
import type { SheetCanvas } from './SheetCanvas.ts'
import { sheetRows } from './sheetRows.ts'

const MOST_ROWS = 6
/** Films of a group of duplicates that are shown side by side. */
const OF_A_GROUP = 2
const GROUPS = SHEET_COLUMNS / OF_A_GROUP

/** @throws DicomError, ImageError for a film that cannot be decoded: those that are known to be damaged are not chosen */
export const contactSheet = async (
  folder: FilmFolder,
  { films, positives, finding, layout, boxes }: FolderDescription,
  { duplicates, damaged }: Pick<PixelFacts, 'duplicates' | 'damaged'>,
): Promise<SheetCanvas> => {
  const bad = new Set(damaged.map(({ film }) => film))
  const usable = folder.films.filter(({ film }) => !bad.has(film))
  const { rows, hidden } = sheetRows({ films: usable, finding }, MOST_ROWS, SHEET_COLUMNS)
  const labelled = Object.keys(boxes?.byLabel ?? {}).length > 1
  const cell = async (film: FolderFilm, more: ReadonlyArray<string>): Promise<SheetCell> => ({
    pixels: (await readFilm(film, { size: SHEET_FILM })).pixels,
    boxes: squareBoxes(film, SHEET_FILM).map(({ box, label }) => (labelled ? { box, label } : { box })),
    name: film.film,
    lines: more,
  })

  const drawn = []
  for (const { title, films: chosen } of rows) {
    const cells = []
    for (const film of chosen)
      cells.push(
        await cell(film, [[film.view, `${film.columns} x ${film.rows}`].filter((part) => part !== '').join(', ')]),
      )
    drawn.push({ title, cells })
  }
  const byId = new Map(folder.films.map((film) => [film.film, film]))
  const dangerous = duplicates.filter(({ patients }) => patients !== 'one')
  if (dangerous.length > 0) {
    const cells = []
    for (const group of dangerous.slice(0, GROUPS))
      for (const { film, patient } of group.films.slice(0, OF_A_GROUP))
        cells.push(
          await cell(byId.get(film)!, [
            patient === '' ? 'patient not known' : patient,
            group.by === 'look' ? `look the same, r ${group.correlation.toFixed(3)}` : `the same ${group.by}`,
          ]),
        )
    drawn.push({
      title: `The same film more than once, of several or unknown patients: ${count(dangerous.length, 'group')}${dangerous.length > GROUPS ? `, ${GROUPS} shown` : ''}`,
      cells,
    })
  }
  const orange = drawn.some(({ cells }) => cells.some((each) => each.boxes.length > 0))
    ? ' Orange: boxes of the labels.'
    : ''
  return drawContactSheet({
    title: `${basename(folder.folder)} (${layout}): ${count(films, 'film')}, ${positives} positive for '${finding}'`,
    notes: [
      `Each row is a class; its films are spread over all patients, by file name. Films as a network sees them: square, air dark.${orange}`,
      ...(hidden > 0 ? [`${hidden} smaller classes are not shown.`] : []),
    ],
    rows: drawn,
  })
}
