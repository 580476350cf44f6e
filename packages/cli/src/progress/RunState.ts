// What is known of a run while it goes: folded from its events, drawn by `plainProgress` and `liveProgress`.
import type { RunEvent } from '@radiograft/runner'

export interface RunningStage {
  readonly label: string
  /** seconds, on the clock of the events' receiver */
  readonly since: number
  readonly expected: number | undefined
  readonly done: number
  readonly total: number
  readonly note: string
  readonly eta: number | undefined
  /** last value of the loss, or of the metric that came last where none is called so: `loss 0.31` */
  readonly metric: string
}

export interface RunState {
  readonly total: number
  readonly done: number
  readonly running: ReadonlyArray<RunningStage>
  /** labels that the plan said would be found */
  readonly planned: ReadonlySet<string>
  /** expected seconds of the stages that have not begun, by label; undefined where nothing is known */
  readonly waiting: ReadonlyMap<string, number | undefined>
}

export const emptyRun: RunState = { total: 0, done: 0, running: [], planned: new Set(), waiting: new Map() }

/** Seconds that a running stage has left: by its own steps, else by what it took before; undefined where neither is known. */
export const secondsLeft = ({ eta, expected, since }: RunningStage, now: number): number | undefined =>
  eta ?? (expected === undefined ? undefined : Math.max(0, expected - (now - since)))

/** Seconds that the run has left, stages one after another; undefined where it is known of no stage. */
export const runLeft = ({ running, waiting }: RunState, now: number): number | undefined => {
  const known = [...running.map((stage) => secondsLeft(stage, now)), ...waiting.values()].filter(
    (left) => left !== undefined,
  )
  return known.length === 0 ? undefined : known.reduce((sum, left) => sum + left, 0)
}

const without = (waiting: RunState['waiting'], label: string): RunState['waiting'] =>
  new Map([...waiting].filter(([other]) => other !== label))

const change = (state: RunState, label: string, with_: Partial<RunningStage>): RunState => ({
  ...state,
  running: state.running.map((stage) => (stage.label === label ? { ...stage, ...with_ } : stage)),
})

const isLoss = (metric: string): boolean => /(^|\.)loss$/.test(metric)

/** `now`: seconds. */
export const advance = (state: RunState, event: RunEvent, now: number): RunState => {
  switch (event._tag) {
    case 'plan':
      return {
        ...emptyRun,
        total: event.plan.nodes.length,
        planned: new Set(event.plan.nodes.filter(({ status }) => status._tag === 'hit').map(({ node }) => node.label)),
        waiting: new Map(
          event.plan.nodes
            .filter(({ status }) => status._tag !== 'hit')
            .map(({ node, seconds }) => [node.label, seconds] as const),
        ),
      }
    case 'stage-start': {
      const { label, expected } = event
      const stage = { label, expected, since: now, done: 0, total: 0, note: '', eta: undefined, metric: '' }
      return { ...state, running: [...state.running, stage], waiting: without(state.waiting, label) }
    }
    case 'progress':
      return change(state, event.label, { done: event.done, total: event.total, note: event.note, eta: event.eta })
    case 'metric': {
      const { label, name, value } = event
      const shown = state.running.find((stage) => stage.label === label)?.metric ?? ''
      if (isLoss(shown.split(' ')[0]!) && !isLoss(name)) return state
      return change(state, label, { metric: `${name} ${Number(value.toPrecision(3))}` })
    }
    case 'stage-done':
      return {
        ...state,
        done: state.done + 1,
        running: state.running.filter(({ label }) => label !== event.label),
        waiting: without(state.waiting, event.label),
      }
    case 'stage-failed':
      return { ...state, running: state.running.filter(({ label }) => label !== event.label) }
    case 'log':
    case 'run-done':
    case 'run-stopped':
      return state
  }
}

/** The line that stays when an event has happened, if any: starts, ends and failures. */
export const eventLine = (before: RunState, after: RunState, event: RunEvent, seconds: (n: number) => string) => {
  const count = `[${after.done}/${after.total}]`
  if (event._tag === 'stage-start')
    return {
      tone: 'start',
      text: `${count} ${event.label} starts (${event.reason}${event.expected === undefined ? '' : `; expected ${seconds(event.expected)}`})`,
    } as const
  if (event._tag === 'stage-failed') return { tone: 'failed', text: `${count} ${event.label} failed` } as const
  if (event._tag !== 'stage-done') return undefined
  if (!event.hit) return { tone: 'done', text: `${count} ${event.label} done in ${seconds(event.seconds)}` } as const
  // hits that the plan announced were counted in its summary
  return before.planned.has(event.label)
    ? undefined
    : ({ tone: 'hit', text: `${count} ${event.label} hit: what it reads came out as before` } as const)
}
