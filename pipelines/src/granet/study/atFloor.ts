// Whether arms found next to nothing. Their difference is then near 0 and narrow, for want of detections and not for plenty
// of films: no order and no equality can be read from it.
import type { MetricRow } from '@radiograft/pipeline'

/** An arm that lies below and whose interval touches 0 may have found nothing. */
const FLOOR = 0.05

/** @param arms names; false where none of them has the metric */
export const atFloor = (rows: ReadonlyArray<MetricRow>, arms: ReadonlyArray<string>, metric: string): boolean => {
  const known = arms.flatMap(
    (arm) => rows.find((row) => row.arm === arm && row.part === 'test' && row.metric === metric) ?? [],
  )
  return known.length > 0 && known.every(({ value, low }) => value < FLOOR && !(low > 0))
}
