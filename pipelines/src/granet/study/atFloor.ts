// Whether arms found next to nothing. Their difference is then near 0 and narrow, for want of detections and not for plenty
// of films: no order, no equality and no claim can be read from it. The judges of claims, of controls and of doses share it.
import type { MetricRow } from '@radiograft/pipeline'

/**
 * An arm that lies below found next to nothing, however surely it found that: at .010 [.004, .018] a loss of .016 can hardly
 * occur. A fifth of what the paper’s detectors reach (.24).
 */
export const FLOOR = 0.05

/** @param arms names; false where none of them has the metric */
export const atFloor = (rows: ReadonlyArray<MetricRow>, arms: ReadonlyArray<string>, metric: string): boolean => {
  const known = arms.flatMap(
    (arm) => rows.find((row) => row.arm === arm && row.part === 'test' && row.metric === metric) ?? [],
  )
  return known.length > 0 && known.every(({ value }) => value < FLOOR)
}
