// The score at which an arm works, tuned on validation: a row of what `evaluate-detections` calls `operating`.
import { FigureError } from '@radiograft/figures'
import type { MetricRow } from '@radiograft/pipeline'

/**
 * @param who whom the message names
 * @throws FigureError when there is no such row
 */
export const thresholdOf = (operating: ReadonlyArray<MetricRow>, who: string): number => {
  const row = operating.find(({ metric }) => metric === 'score-threshold')
  if (!row)
    throw new FigureError(who, 'there is no row score-threshold: wire the port operating of evaluate-detections')
  return row.value
}
