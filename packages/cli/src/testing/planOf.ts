// A plan of which only what progress reads is there: labels, ids, what reads what, status and expected seconds.
import type { Plan, RunEvent } from '@radiograft/runner'

export interface PlannedStage {
  readonly label: string
  /** labels that it reads */
  readonly reads?: ReadonlyArray<string>
  /** @default 'miss' */
  readonly status?: 'hit' | 'miss' | 'unknown'
  /** of a miss. @default 'never computed' */
  readonly reason?: string
  readonly seconds?: number
}

export const planOf = (stages: ReadonlyArray<PlannedStage>): Plan => {
  const nodes = stages.map(({ label, reads = [], status = 'miss', reason = 'never computed', seconds }) => ({
    node: {
      label,
      id: label.replace(/\[.*/s, ''),
      identity: label,
      stage: { name: label.replace(/\[.*/s, '') },
      inputs: { all: reads.map((other) => ({ node: { identity: other }, port: 'out' })) },
    },
    status: status === 'miss' ? { _tag: status, reason } : { _tag: status },
    seconds,
  }))
  return { nodes } as unknown as Plan
}

export const planEvent = (stages: ReadonlyArray<PlannedStage>): RunEvent => ({
  _tag: 'plan',
  run: 'r',
  folder: '/r',
  plan: planOf(stages),
})
export const startOf = (label: string, expected?: number, reason = 'params.steps 3 → 4'): RunEvent => ({
  _tag: 'stage-start',
  label,
  key: 'k',
  reason,
  log: '/r/logs/l.log',
  expected,
})
export const stepOf = (label: string, done: number, total: number, eta?: number, share = done / total): RunEvent => ({
  _tag: 'progress',
  label,
  done,
  total,
  note: 'steps',
  share,
  eta,
})
export const doneOf = (label: string, hit = false, seconds = 61): RunEvent => ({
  _tag: 'stage-done',
  label,
  key: 'k',
  hit,
  seconds,
})
export const metricOf = (label: string, name: string, value: number): RunEvent => ({
  _tag: 'metric',
  label,
  name,
  value,
  step: 1,
})
export const failedOf = (label: string, error: string): RunEvent => ({
  _tag: 'stage-failed',
  label,
  error: `Stage 'x' failed at node '${label}': ${error}`,
  log: '/r/logs/l.log',
})
