// What a rule makes of a claim.
import type { Verdict } from '@radiograft/metrics'

/** Our figure in words, and what follows from it. */
export type Judged = readonly [ours: string, verdict: Verdict | 'not tested']

export const untested = (why: string): Judged => [why, 'not tested']
