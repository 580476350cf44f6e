// Counts of films and their labels: what one asserts of the files at hand before trusting them (rows G2, X3, C1). Used
// by `radiograft data` and by tests on real tables.
import { countBy } from '../describe/countBy.ts'
import type { FolderTables } from '../layouts/FolderLayout.ts'
import { classOfTarget } from './classOfTarget.ts'
import type { FilmFolder, FolderFilm } from './FilmFolder.ts'
import { mentionCounts } from './mentionCounts.ts'

export interface FolderSummary {
  readonly films: number
  /** films where the finding in question is present */
  readonly positives: number
  readonly boxes: number
  /** in the order of the findings; none where there is no box */
  readonly boxesByLabel: Readonly<Record<string, number>>
  /** positives with 1, 2, 3, … boxes of the finding */
  readonly boxesPerPositive: ReadonlyArray<number>
  readonly classes: Readonly<Record<string, number>>
  /** films by finding; `blank` are those of which no table speaks */
  readonly mentions: Readonly<Record<string, { present: number; absent: number; uncertain: number; blank: number }>>
  /** undefined where it is not known of any film who is on it */
  readonly patients: number | undefined
  /** [smallest, median, largest] in pixels, of the films as they are or of what the table's boxes were drawn on; empty without a box */
  readonly boxWidths: ReadonlyArray<number>
  readonly boxHeights: ReadonlyArray<number>
}

type Counted = Pick<FolderFilm, 'patient' | 'patientKnown' | 'class' | 'mentions' | 'target' | 'boxes'>

export const summariseFolder = ({
  films,
  findings,
  finding,
}: Pick<FilmFolder, 'findings' | 'finding'> & { readonly films: ReadonlyArray<Counted> }): FolderSummary => {
  const positives = films.filter(({ target }) => target === 1)
  const boxes = films.flatMap((film) => film.boxes)
  const perPositive = positives.map((film) => film.boxes.filter(({ label }) => label === finding).length)
  const most = perPositive.reduce((max, n) => Math.max(max, n), 0)
  const labelled = findings.filter((name) => boxes.some(({ label }) => label === name))
  return {
    films: films.length,
    positives: positives.length,
    boxes: boxes.length,
    boxesByLabel: Object.fromEntries(
      labelled.map((name) => [name, boxes.filter(({ label }) => label === name).length]),
    ),
    boxesPerPositive: Array.from({ length: most }, (_, i) => perPositive.filter((n) => n === i + 1).length),
    classes: Object.fromEntries(countBy(films, (film) => film.class)),
    mentions: Object.fromEntries(findings.map((name) => [name, mentionCounts(films, name)])),
    patients: films.some(({ patientKnown }) => patientKnown)
      ? new Set(films.map(({ patient }) => patient)).size
      : undefined,
    boxWidths: spread(boxes.map(({ box: [x0, , x1] }) => x1 - x0)),
    boxHeights: spread(boxes.map(({ box: [, y0, , y1] }) => y1 - y0)),
  }
}

/** The same of tables without films, and their rows. @param finding as the layout's own where undefined */
export const summariseTables = (
  { rows, films, findings, finding: usual }: FolderTables,
  finding = usual,
): FolderSummary & { readonly rows: number } => {
  const counted = [...films.values()].map(({ id, patient, class: name, mentions, boxes }): Counted => {
    const target = mentions[finding ?? ''] === 1 ? 1 : 0
    return {
      patient: patient ?? id,
      patientKnown: patient !== undefined,
      class: classOfTarget(name, target, finding ?? ''),
      mentions,
      boxes,
      target,
    }
  })
  return { rows, ...summariseFolder({ films: counted, findings, finding: finding ?? '' }) }
}

const spread = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  return n === 0 ? [] : [sorted[0]!, (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2, sorted[n - 1]!]
}
