// What `measure-memorisation` says of each generated film: scores of all, which `block-copies` decides by, and a table of those that people
// should look at, near copies first, which says what each copies.
import type { ScoreRow, Table } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import type { MemorisationReport } from '../memorisation/memorisationReport.ts'

type Reports = Readonly<Record<string, MemorisationReport>>

const NEAR = 'near-copy-'

const columns = [
  'film',
  'space',
  'near copy',
  'nearest training film',
  'distance to it',
  'near below',
  'p',
  'nearest held-out film',
  'distance to that',
] as const

/** Three rows a film and space: 1 for a near copy, else 0; the distances to the nearest training and held-out film. Each film is its own unit. */
export const neighbourScores = (reports: Reports): ReadonlyArray<ScoreRow> =>
  Object.entries(reports).flatMap(([space, { samples }]) =>
    samples.flatMap(({ id, nearCopy, training, heldOut }) =>
      [
        { metric: `${NEAR}${space}`, value: nearCopy ? 1 : 0 },
        { metric: `distance-to-training-${space}`, value: training.distance },
        { metric: `distance-to-held-out-${space}`, value: heldOut.distance },
      ].map((row) => ({ film: id, patient: id, ...row })),
    ),
  )

/**
 * Every near copy, and of the other films those that lie nearest to a training film.
 * @param others of each space
 */
export const neighboursTable = (reports: Reports, others: number): Table => ({
  title: 'Generated films that lie nearest to training films',
  rows: 'P10',
  columns: [...columns],
  cells: Object.entries(reports).flatMap(([space, { samples, threshold }]) => {
    const nearest = samples.toSorted((a, b) => a.training.distance - b.training.distance)
    const copies = nearest.filter(({ nearCopy }) => nearCopy).length
    return nearest
      .slice(0, copies + others)
      .map(({ id, nearCopy, training, heldOut, p }) => [
        id,
        space,
        nearCopy ? 'yes' : 'no',
        training.id,
        training.distance,
        threshold,
        p,
        heldOut.id,
        heldOut.distance,
      ])
  }),
  note: 'A near copy lies nearer to a training film than all but a share `rate` of the held-out films do. All near copies are here.',
})

interface Looked {
  /** films that were looked at */
  readonly films: ReadonlySet<string>
  /** films that are near copies in some space */
  readonly copies: ReadonlySet<string>
}

/** @throws MetricError when the scores are others than those of `measure-memorisation` */
export const readScores = (scores: ReadonlyArray<ScoreRow>): Looked => {
  const near = scores.filter(({ metric }) => metric.startsWith(NEAR))
  if (near.length === 0)
    throw new MetricError('scores', `hold no ${NEAR}…: wire those of measure-memorisation on the films to be exported`)
  return {
    films: new Set(near.map(({ film }) => film)),
    copies: new Set(near.filter(({ value }) => value !== 0).map(({ film }) => film)),
  }
}

/** Columns of the rows of `copyReasons`. */
export const reasonColumns = ['film', 'space', 'nearest training film', 'distance to it', 'near below'] as const

/**
 * Where each of these films is a near copy, and of what.
 * @throws MetricError when the table is another one, or does not have one of the films as a near copy
 */
export const copyReasons = (
  { title, columns: own, cells }: Table,
  films: Iterable<string>,
): ReadonlyArray<ReadonlyArray<string | number | null>> => {
  if (own.length !== columns.length || columns.some((name, i) => own[i] !== name))
    throw new MetricError('neighbours', `"${title}" is not the table of measure-memorisation: wire its neighbours`)
  return [...films].flatMap((film) => {
    const rows = cells.filter(([id, , near]) => id === film && near === 'yes')
    if (rows.length === 0)
      throw new MetricError('neighbours', `does not say what ${film} copies: wire scores and neighbours of one stage`)
    return rows.map(([id, space, , ...rest]) => [id!, space!, ...rest.slice(0, 3)])
  })
}
