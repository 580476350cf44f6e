// Do grafts lean on one donor? The nearest neighbour is often the same few films (pitfall 4).
import { donorHistogram } from '@radiograft/blend'
import { judged, unmeasured, type Audit, type Suspicion } from './Audit.ts'
import { leansOnOneDonor, shareInterval } from './auditRules.ts'

/** @param made what the grafts are, such as synthetic films @param donors of each graft one */
export const donorAudit = (made: string, rows: string, donors: ReadonlyArray<string>): Audit => {
  const suspicion: Suspicion = {
    audit: `${made} lean on one donor`,
    rows,
    measure: 'share of grafts from the donor that lends most often',
    unit: '%',
    counted: 'grafts',
    rule: 'alarm: surely above 10 %; quiet: not above',
    advice: 'Take a donor at random among the nearest few, or limit how often one may lend.',
  }
  const { largestShare, grafts } = donorHistogram(donors)
  if (grafts === 0) return unmeasured(suspicion)
  const share = shareInterval(largestShare, grafts)
  const percent = { value: 100 * share.value, low: 100 * share.low, high: 100 * share.high }
  return judged(suspicion, { ...percent, n: grafts }, leansOnOneDonor(share), 'More grafts would tell.')
}
