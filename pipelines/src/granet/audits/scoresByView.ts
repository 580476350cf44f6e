// Scores of films as scores of one view each: `ap-rsna-0.40:0.75` becomes `ap-rsna-0.40:0.75@PA` on a PA film.
import type { CohortRow, ScoreRow } from '@radiograft/pipeline'

/** Films of unknown view have no row. */
export const scoresByView = (
  scores: ReadonlyArray<ScoreRow>,
  cohort: ReadonlyArray<Pick<CohortRow, 'film' | 'view'>>,
): ReadonlyArray<ScoreRow> => {
  const viewOf = new Map(cohort.map((row) => [row.film, row.view]))
  return scores.flatMap((row) => {
    const view = viewOf.get(row.film) ?? ''
    return view === '' ? [] : [{ ...row, metric: `${row.metric}@${view}` }]
  })
}
