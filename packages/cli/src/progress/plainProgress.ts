// Lines for a pipe or a log file: a stage begins; a stage ends, with what the run has left; every ten seconds how far a long one is.
import type { Terminal } from '../Terminal.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Progress } from './Progress.ts'
import { eventLine } from './eventLine.ts'
import { advance, emptyRun, runLeft } from './RunState.ts'

/** Seconds between two lines about one stage. */
const pace = 10

/** `now`: seconds, any origin. */
export const plainProgress = (terminal: Terminal, now: () => number): Progress => {
  let state = emptyRun
  const told = new Map<string, number>()
  const say = (line: string): void => terminal.out(`${line}\n`)
  return {
    say,
    close: () => {},
    observe: (event) => {
      const before = state
      state = advance(before, event, now())
      const line = eventLine(before, state, event)
      const whole = line?.tone === 'done' ? runLeft(state, now()) : undefined
      if (line) say(whole === undefined ? line.text : `${line.text}, about ${formatSeconds(whole)} left in all`)
      if (event._tag === 'stage-start') told.set(event.label, now())
      if (event._tag !== 'progress' || now() - (told.get(event.label) ?? 0) < pace) return
      told.set(event.label, now())
      const stage = state.running.find(({ label }) => label === event.label)
      const share = event.total > 0 ? `, ${Math.floor(100 * event.share)} %` : ''
      const left = event.eta === undefined ? '' : `, ${formatSeconds(event.eta)} left`
      const more = [event.note, stage?.metric ?? ''].filter((text) => text !== '').join(', ')
      say(
        `[${state.done}/${state.total}] ${event.label}: ${event.done} of ${event.total}${share}${left}${more === '' ? '' : `, ${more}`}`,
      )
    },
  }
}
