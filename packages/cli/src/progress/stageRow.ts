// What one row of the tree says of a stage or of several of one id: sign and word of the state, then what is known of it.
// How much there is room for follows from the columns alone, so that a row does not jump while its numbers change.
import { formatSeconds } from '../text/formatSeconds.ts'
import { printableLine } from '../text/printable.ts'
import type { Paint } from '../text/paint.ts'
import { stepOf } from '../text/stepOf.ts'
import type { Line, Span } from './Line.ts'
import { joinSpans } from './Line.ts'
import { secondsLeft } from './RunState.ts'
import type { RunningStage, RunState } from './RunState.ts'

export type Word = 'waiting' | 'running' | 'done' | 'hit' | 'failed' | 'stopped' | 'not reached'

export const signs: Readonly<Record<Word, { readonly sign: string; readonly tone: keyof Paint }>> = {
  waiting: { sign: '○', tone: 'dim' },
  running: { sign: '●', tone: 'cyan' },
  done: { sign: '✓', tone: 'green' },
  hit: { sign: '=', tone: 'green' },
  failed: { sign: '✗', tone: 'red' },
  stopped: { sign: '■', tone: 'yellow' },
  'not reached': { sign: '·', tone: 'dim' },
}

/** Columns, one less than those of the window, from which on there is a bar, whole names of metrics, and the reason in the same line. */
const roomFor = { bar: 59, names: 99, reason: 159 }
export const gapOf = (columns: number): string => (columns < roomFor.bar ? ' ' : '  ')
export const barWidth = (columns: number): number =>
  columns < roomFor.bar ? 0 : columns < roomFor.names ? 10 : columns < roomFor.reason ? 16 : 24

/** `0` to `1` as a bar. */
export const barOf = (share: number, width: number): ReadonlyArray<Span> => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return [
    { text: '━'.repeat(full), tone: 'cyan' },
    { text: '─'.repeat(width - full), tone: 'dim' },
  ]
}

const two = (n: number): string => String(n).padStart(2, '0')

/**
 * Whole seconds below ten, so that a second is the most often that a row changes by itself; `2:05` for two minutes where a
 * line is narrow.
 */
export const clock = (seconds: number, columns: number): string => {
  const whole = Math.round(seconds)
  if (whole < 10) return whole === 0 ? 'under 1 s' : `${whole} s`
  return columns < roomFor.bar && whole >= 60 && whole < 3600
    ? `${Math.floor(whole / 60)}:${two(whole % 60)}`
    : formatSeconds(whole)
}

/** `about 7 s`, `under 1 s` */
export const about = (seconds: number, columns: number): string =>
  `${seconds < 0.5 ? '' : 'about '}${clock(seconds, columns)}`

/** Without steps of its own, a stage is measured by the time that it took before. */
const shareOf = (stage: RunningStage, now: number): number =>
  stage.total > 0
    ? stage.share
    : stage.expected === undefined
      ? 0
      : Math.min(0.99, (now - stage.since) / Math.max(stage.expected, 0.1))

const timeText = (stage: RunningStage, now: number, columns: number): string => {
  const left = secondsLeft(stage, now)
  return left === undefined || left === 0
    ? `${clock(now - stage.since, columns)} so far`
    : `${clock(left, columns)} left`
}

/** `detector.loss 0.31`, or `loss 0.31` where a line is narrow. */
const metricText = (metric: string, columns: number): string =>
  printableLine(columns < roomFor.names ? metric.replace(/^.*\.(?=[^ ]* )/, '') : metric)

const whyText = (reason: string | undefined, columns: number): string =>
  reason ? `${columns < roomFor.bar ? '' : 'why: '}${printableLine(reason)}` : ''

/** The parts of a running stage: those beside its name, and those for a second line where there is room for one. */
export const runningParts = (
  stage: RunningStage,
  why: string,
  now: number,
  columns: number,
): { readonly beside: Line; readonly below: Line } => {
  const { done, total } = stage
  const steps = total > 0 ? `${String(done).padStart(String(total).length)}/${total}` : ''
  const note = total > 0 && columns >= roomFor.names ? printableLine(stage.note) : ''
  const metric: Span = { text: metricText(stage.metric, columns) }
  const resumed = stage.resumedAt === undefined ? '' : `resumed at step ${stage.resumedAt}`
  const reason: Span = { text: [resumed, whyText(why, columns)].filter(Boolean).join(', '), tone: 'dim' }
  const width = barWidth(columns)
  const counts = joinSpans(
    [{ text: [steps, note].filter(Boolean).join(' ') }, { text: timeText(stage, now, columns) }],
    '  ',
  )
  const first = width === 0 ? counts : [...barOf(shareOf(stage, now), width), { text: ' ' }, ...counts]
  if (columns < roomFor.bar) return { beside: first, below: joinSpans([metric, reason], '  ') }
  const gap = { text: metric.text === '' ? '' : '  ' }
  if (columns < roomFor.reason) return { beside: [...first, gap, metric], below: [reason] }
  return { beside: [...first, gap, metric, { text: '  ' }, reason], below: [] }
}

/** The row names the stage already. */
const firstLine = (error: string): string => error.replace(/^Stage '.*?' failed at node '.*?': /, '').split('\n')[0]!

/** What stands beside a stage that was stopped: how much of it is kept. */
export const stoppedParts = ({ kept }: RunningStage): Line =>
  kept ? [{ text: `kept at ${stepOf(kept.step, kept.total)}`, tone: 'yellow' }] : []

/** What stands beside a stage that does not run: seconds that it will take, took, or would have taken; and why. */
export const quietParts = (state: RunState, label: string, columns: number): Line => {
  const end = state.ended.get(label)
  if (end?._tag === 'failed') return [{ text: printableLine(firstLine(end.error)), tone: 'red' }]
  const expected = state.waiting.get(label)
  const time =
    end === undefined
      ? expected === undefined
        ? ''
        : about(expected, columns)
      : `${clock(end.seconds, columns)}${end._tag === 'hit' ? ' saved' : ''}`
  const why = end?._tag === 'hit' || columns < roomFor.names ? '' : whyText(state.reasons.get(label), columns)
  return joinSpans(
    [
      { text: why === '' ? time : time.padEnd(timeWidth), tone: 'dim' },
      { text: why, tone: 'dim' },
    ],
    '  ',
  )
}
/** Columns of most times, so that reasons stand below one another. */
const timeWidth = 14

export const wordOf = (state: RunState, label: string): Word => {
  const end = state.ended.get(label)
  if (end) return end._tag
  if (state.running.some((stage) => stage.label === label)) return state.stopped ? 'stopped' : 'running'
  return state.stopped ? 'not reached' : 'waiting'
}
