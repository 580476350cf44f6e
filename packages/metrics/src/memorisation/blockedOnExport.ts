/** Which samples do not leave the machine (P10): near copies in any feature space, with what each was too near to. */
import { MetricError } from '../MetricError.ts'
import type { MemorisationReport } from './memorisationReport.ts'

export interface BlockedSample {
  readonly id: string
  /** one a space in which it is a near copy */
  readonly reasons: ReadonlyArray<{
    readonly space: string
    readonly training: string
    readonly distance: number
    readonly threshold: number
  }>
}

/**
 * Honest samples are blocked at the sum of the spaces' rates at most.
 * @param reports by the name of the feature space, such as `pixels-64`; all of the same samples
 * @returns in the samples' order; empty where nothing is blocked
 * @throws MetricError when there is no report, or reports are of other samples
 */
export const blockedOnExport = (
  reports: Readonly<Record<string, MemorisationReport>>,
): ReadonlyArray<BlockedSample> => {
  const spaces = Object.entries(reports)
  const [first] = spaces
  if (!first) throw new MetricError('reports', 'holds no report: export nothing that was not looked at')
  const ids = first[1].samples.map(({ id }) => id)
  for (const [space, { samples }] of spaces)
    if (samples.length !== ids.length || samples.some(({ id }, i) => id !== ids[i]))
      throw new MetricError('reports', `${space} is of other samples than ${first[0]}: report the same in each space`)
  return ids
    .map((id, i) => ({
      id,
      reasons: spaces.flatMap(([space, { samples, threshold }]) => {
        const { nearCopy, training } = samples[i]!
        return nearCopy ? [{ space, training: training.id, distance: training.distance, threshold }] : []
      }),
    }))
    .filter(({ reasons }) => reasons.length > 0)
}
