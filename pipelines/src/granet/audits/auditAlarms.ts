/**
 * Every audit of a run as one list: what was measured, the rule, the verdict, what to do. Pure: `judge-audits` wires it.
 * An audit that the run did not measure stays in the list and says so.
 */
import { parseSyntheticId } from '@radiograft/blend'
import type { MetricRow } from '@radiograft/pipeline'
import type { Audit } from './Audit.ts'
import { donorAudit } from './donorAudit.ts'
import { generatorAudits } from './generatorAudits.ts'
import { leakAudit, type LeakInput } from './leakAudit.ts'
import { seamAudits } from './seamAudits.ts'

export interface AuditInput extends LeakInput {
  readonly metrics: ReadonlyArray<MetricRow>
}

export const auditAlarms = (input: AuditInput): ReadonlyArray<Audit> => {
  const { metrics, pairs, synthetic } = input
  const nearest = pairs?.filter((pair) => pair.rank === 0).map((pair) => pair.donor)
  const lenders = synthetic?.map((id) => parseSyntheticId(id).donor)
  return [
    ...generatorAudits(metrics),
    ...seamAudits(metrics),
    leakAudit(input),
    ...(nearest ? [donorAudit('pseudo-normals', 'G7', nearest)] : []),
    ...(lenders ? [donorAudit('synthetic films', 'G22', lenders)] : []),
  ]
}
