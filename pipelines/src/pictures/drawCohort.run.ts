// Entry of `draw-cohort`.
import type { FilmCell } from '@radiograft/figures'
import { boxesByFilm } from '@radiograft/pipeline'
import type { RunOf } from '@radiograft/pipeline'
import { cohortCounts } from './cohortCounts.ts'
import type { drawCohort } from './drawCohort.ts'
import { evenly } from './evenly.ts'
import { filmFigure } from './filmFigure.ts'
import { shownFilm } from './shownFilm.ts'

export const run: RunOf<typeof drawCohort> = async ({ params, inputs }) => {
  const { films, boxes, labels, cohort, split } = inputs
  const boxesOf = boxesByFilm(boxes)
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const viewOf = new Map(cohort.map((row) => [row.film, row.view]))
  const classes = [...new Set(labels.map((row) => row.class))].toSorted()
  const rows = []
  for (const name of classes) {
    const own = labels.filter((row) => row.class === name).map((row) => row.film)
    const cells: Array<FilmCell | null> = []
    for (const id of evenly(own, params.films)) {
      const overlays = boxesOf(id).map((box) => ({ box, colour: 'orange', meaning: 'true box' }) as const)
      const note = [viewOf.get(id) || 'view unknown', partOf.get(id) ?? 'no part', id].join(' · ')
      cells.push({ ...(await shownFilm(films, id, overlays)), note })
    }
    while (cells.length < params.films) cells.push(null)
    rows.push({ label: `${name} (${own.length} films)`, cells })
  }
  const title = 'The films, by class'
  const caption =
    `${params.films} films of each class at equal distances along the list of ids, with true boxes; under each film its ` +
    'view, its part of the split and its id.'
  const columns = Array.from({ length: params.films }, () => '')
  return {
    sheet: filmFigure({ title, caption, row: 'G1' }, columns, rows),
    counts: cohortCounts({ boxes, labels, cohort, split }),
  }
}
