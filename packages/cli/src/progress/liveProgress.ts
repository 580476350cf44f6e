// One live region at the bottom of a terminal: the running stages with bars, and the run as a whole. What ends scrolls up.
import type { Terminal } from '../Terminal.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'
import type { Progress } from './Progress.ts'
import { advance, emptyRun, eventLine, runLeft, secondsLeft } from './RunState.ts'
import type { RunningStage, RunState } from './RunState.ts'

/** Milliseconds between two drawings. */
const frame = 120
const barWidth = 24
const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'

const bar = (share: number, paint: Paint): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return paint.cyan('━'.repeat(full)) + paint.dim('─'.repeat(barWidth - full))
}

/** Without steps of its own, a stage is measured by the time that it took before. */
const shareOf = (stage: RunningStage, now: number): number =>
  stage.total > 0
    ? stage.done / stage.total
    : stage.expected === undefined
      ? 0
      : Math.min(0.99, (now - stage.since) / Math.max(stage.expected, 0.1))

const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)

/** The lines of the region. */
export const regionLines = (state: RunState, now: number, columns: number, paint: Paint): ReadonlyArray<string> => {
  const stages = state.running.map((stage) => {
    const steps = stage.total > 0 ? `${stage.done}/${stage.total}` : ''
    const left = secondsLeft(stage, now)
    const rest = [
      steps,
      left === undefined || left === 0 ? formatSeconds(now - stage.since) : `${formatSeconds(left)} left`,
      stage.note,
      stage.metric,
    ]
    const text = cut(
      `${stage.label}  ${rest.filter((part) => part !== '').join('  ')}`,
      Math.max(10, columns - barWidth - 4),
    )
    return ` ${bar(shareOf(stage, now), paint)} ${text}`
  })
  const left = runLeft(state, now)
  const whole = ` ${bar(state.total === 0 ? 0 : state.done / state.total, paint)} ${paint.bold(`${state.done}/${state.total} stages`)}${left === undefined ? '' : `  about ${formatSeconds(left)} left`}`
  return [...stages, whole]
}

/** `now`: seconds, any origin. */
export const liveProgress = (terminal: Terminal, now: () => number): Progress => {
  const { paint } = terminal
  let state = emptyRun
  let drawn = 0
  let open = true
  const erase = (): string => (drawn === 0 ? '' : `\u001B[${drawn}A\r\u001B[0J`)
  const draw = (above: string): void => {
    if (!open) return terminal.out(above)
    const lines = regionLines(state, now(), terminal.columns(), paint)
    terminal.out(`${erase()}${above}${lines.join('\n')}\n`)
    drawn = lines.length
  }
  const tones = { start: paint.dim, done: paint.green, hit: paint.dim, failed: paint.red }
  const timer = setInterval(() => draw(''), frame)
  timer.unref()
  terminal.out(hideCursor)
  return {
    observe: (event) => {
      const before = state
      state = advance(before, event, now())
      const line = eventLine(before, state, event, formatSeconds)
      if (line && line.tone !== 'start') draw(`${tones[line.tone](line.text)}\n`)
    },
    say: (line) => draw(`${line}\n`),
    close: () => {
      if (!open) return
      open = false
      clearInterval(timer)
      terminal.out(erase() + showCursor)
    },
  }
}
