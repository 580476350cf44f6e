// The line that stays when something has happened in a run: starts, ends and failures. Both ways of showing a run print it.
import type { RunEvent } from '@radiograft/runner'
import { printable } from '../text/printable.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { stepOf } from '../text/stepOf.ts'
import type { RunState } from './RunState.ts'

export interface EventLine {
  readonly tone: 'start' | 'done' | 'hit' | 'failed' | 'kept' | 'warning'
  readonly text: string
}

const stepsKept = (step: number, total: number | undefined): string =>
  `${total === undefined ? step : `${step} of ${total}`} steps are kept`

const textOf = (before: RunState, after: RunState, event: RunEvent): EventLine | undefined => {
  const count = `[${after.done}/${after.total}]`
  switch (event._tag) {
    case 'stage-start': {
      const expected = event.expected === undefined ? '' : `; expected ${formatSeconds(event.expected)}`
      return { tone: 'start', text: `${count} ${event.label} starts (${event.reason}${expected})` }
    }
    case 'resumed':
      return { tone: 'start', text: `${count} ${event.label} resumed at ${stepOf(event.step, event.total)}` }
    case 'warning':
      return { tone: 'warning', text: `${count} ${event.label}: ${event.message}` }
    case 'run-stopped': {
      // of a stage that failed, its own failure says it
      const kept = (event.kept ?? []).filter(({ label }) => after.ended.get(label)?._tag !== 'failed')
      if (kept.length === 0) return undefined
      const each = kept.map(({ label, step, total }) => `${label}: ${stepsKept(step, total)}`)
      return { tone: 'kept', text: `${each.join(', ')}; the same command goes on there` }
    }
    case 'stage-failed':
      return { tone: 'failed', text: `${count} ${event.label} failed` }
    case 'stage-done':
      if (!event.hit) return { tone: 'done', text: `${count} ${event.label} done in ${formatSeconds(event.seconds)}` }
      // hits that the plan announced were counted in its summary
      return before.planned.has(event.label)
        ? undefined
        : { tone: 'hit', text: `${count} ${event.label} hit: what it reads came out as before` }
    default:
      return undefined
  }
}

/** Nothing for events that leave no line. */
export const eventLine = (before: RunState, after: RunState, event: RunEvent): EventLine | undefined => {
  const line = textOf(before, after, event)
  return line && { ...line, text: printable(line.text) }
}
