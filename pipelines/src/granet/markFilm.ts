// The boxes of one film and frame as marks: true ones, and those of each arm, told apart by whether they hit.
import type { Box } from '@radiograft/geometry'
import type { DetectionRow } from '@radiograft/pipeline'
import { matchBoxes } from './matchBoxes.ts'

export interface FilmMark {
  readonly set: string
  /** of a true box `missed`, or `found by` and the arms that found it; of a detection `hit` or `false`; empty where nothing was compared */
  readonly outcome: string
  readonly box: Box
  readonly score: number
}

/** @param judged false where no arm was asked: true boxes then carry no outcome */
export const markFilm = (
  truth: ReadonlyArray<Box>,
  found: ReadonlyArray<{ readonly arm: string; readonly rows: ReadonlyArray<DetectionRow> }>,
  judged: boolean,
): ReadonlyArray<FilmMark> => {
  const arms = found.map(({ arm, rows }) => {
    const sure = rows.map(({ x0, y0, x1, y1, score }) => ({ box: [x0, y0, x1, y1] as const, score }))
    return { arm, sure, matches: matchBoxes(sure, truth) }
  })
  const compared = judged && arms.length > 0
  return [
    ...truth.map((box, t): FilmMark => {
      const by = arms.flatMap(({ arm, matches }) => (matches.found[t] ? [arm] : []))
      const outcome = !compared ? '' : by.length === 0 ? 'missed' : `found by ${by.join(', ')}`
      return { set: 'truth', outcome, box, score: NaN }
    }),
    ...arms.flatMap(({ arm, sure, matches }) =>
      sure.map(({ box, score }, d): FilmMark => ({ set: arm, outcome: matches.hits[d] ? 'hit' : 'false', box, score })),
    ),
  ]
}
