// What became of one film at an arm's threshold, by place and not only by presence: a film with the finding counts as
// found when a detection hits a true box.
import type { Box } from '@radiograft/geometry'
import type { DetectionRow } from '@radiograft/pipeline'
import { matchBoxes } from './matchBoxes.ts'

export type FilmOutcome = 'true positive' | 'false negative' | 'false positive' | 'true negative'

const boxOf = ({ x0, y0, x1, y1 }: DetectionRow): Box => [x0, y0, x1, y1]

/** @param rows the detections at or above the threshold */
export const filmOutcome = (
  positive: boolean,
  truth: ReadonlyArray<Box>,
  rows: ReadonlyArray<DetectionRow>,
): FilmOutcome => {
  if (!positive) return rows.length === 0 ? 'true negative' : 'false positive'
  const { found } = matchBoxes(
    rows.map((row) => ({ box: boxOf(row), score: row.score })),
    truth,
  )
  return found.includes(true) ? 'true positive' : 'false negative'
}
