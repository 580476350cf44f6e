// What is known of a run while it goes: folded from its events, drawn by `plainProgress` and `liveProgress`.
import type { RunEvent } from '@radiograft/runner'

export interface RunningStage {
  readonly label: string
  /** seconds, on the clock of the events' receiver */
  readonly since: number
  readonly expected: number | undefined
  readonly done: number
  readonly total: number
  /** of its work, in [0, 1] */
  readonly share: number
  readonly note: string
  readonly eta: number | undefined
  /** steps that an earlier run did */
  readonly resumedAt?: number
  /** steps that its checkpoint holds, of how many if that is known */
  readonly kept?: { readonly step: number; readonly total: number | undefined }
  /** last value of the loss, or of the metric that came last where none is called so: `loss 0.31` */
  readonly metric: string
}

/** How a stage ended; `seconds` of a hit are those that its computation once took. */
type StageEnd =
  { readonly _tag: 'done' | 'hit'; readonly seconds: number } | { readonly _tag: 'failed'; readonly error: string }

export interface RunState {
  readonly total: number
  readonly done: number
  readonly running: ReadonlyArray<RunningStage>
  /** labels that the plan said would be found */
  readonly planned: ReadonlySet<string>
  /** expected seconds of the stages that have not begun, by label; undefined where nothing is known */
  readonly waiting: ReadonlyMap<string, number | undefined>
  readonly ended: ReadonlyMap<string, StageEnd>
  /** why stages are computed, by label; of those that wait only where the plan knows that they will be */
  readonly reasons: ReadonlyMap<string, string>
  /** seconds, when the run began */
  readonly since: number
  /** the run has ended early */
  readonly stopped: boolean
}

export const emptyRun: RunState = {
  total: 0,
  done: 0,
  running: [],
  planned: new Set(),
  waiting: new Map(),
  ended: new Map(),
  reasons: new Map(),
  since: 0,
  stopped: false,
}

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

const change = (state: RunState, label: string, with_: Partial<RunningStage>): RunState => ({
  ...state,
  running: state.running.map((stage) => (stage.label === label ? { ...stage, ...with_ } : stage)),
})

const end = (state: RunState, label: string, how: StageEnd): RunState => {
  const waiting = new Map(state.waiting)
  waiting.delete(label)
  return {
    ...state,
    running: state.running.filter((stage) => stage.label !== label),
    waiting,
    ended: new Map([...state.ended, [label, how]]),
  }
}

const isLoss = (metric: string): boolean => /(^|\.)loss$/.test(metric)

/** `now`: seconds. */
export const advance = (state: RunState, event: RunEvent, now: number): RunState => {
  switch (event._tag) {
    case 'plan':
      return {
        ...emptyRun,
        since: now,
        total: event.plan.nodes.length,
        planned: new Set(event.plan.nodes.filter(({ status }) => status._tag === 'hit').map(({ node }) => node.label)),
        waiting: new Map(
          event.plan.nodes
            .filter(({ status }) => status._tag !== 'hit')
            .map(({ node, seconds }) => [node.label, seconds] as const),
        ),
        reasons: new Map(
          event.plan.nodes.flatMap(({ node, status }) =>
            status._tag === 'miss' ? [[node.label, status.reason] as const] : [],
          ),
        ),
      }
    case 'stage-start': {
      const { label, expected, reason } = event
      const nothing = { done: 0, total: 0, share: 0, note: '', eta: undefined, metric: '' }
      const { ended, waiting } = { ended: new Map(state.ended), waiting: new Map(state.waiting) }
      waiting.delete(label)
      // a damaged result is computed again: what was found before is not there
      const again = ended.delete(label)
      return {
        ...state,
        done: state.done - (again ? 1 : 0),
        ended,
        waiting,
        reasons: new Map([...state.reasons, [label, reason]]),
        running: [...state.running, { label, expected, since: now, ...nothing }],
      }
    }
    case 'progress':
      return change(state, event.label, {
        done: event.done,
        total: event.total,
        share: event.share,
        note: event.note,
        eta: event.eta,
      })
    case 'metric': {
      const { label, name, value } = event
      const shown = state.running.find((stage) => stage.label === label)?.metric ?? ''
      if (isLoss(shown.split(' ')[0]!) && !isLoss(name)) return state
      return change(state, label, { metric: `${name} ${Number(value.toPrecision(3))}` })
    }
    case 'resumed': {
      const { label, step, total } = event
      const share = total ? step / total : 0
      return change(state, label, { resumedAt: step, done: step, total: total ?? 0, share, kept: { step, total } })
    }
    case 'checkpoint':
      return change(state, event.label, { kept: { step: event.step, total: event.total } })
    case 'stage-done': {
      const { label, hit, seconds } = event
      return { ...end(state, label, { _tag: hit ? 'hit' : 'done', seconds }), done: state.done + 1 }
    }
    case 'stage-failed':
      return end(state, event.label, { _tag: 'failed', error: event.error })
    case 'run-stopped':
      return { ...state, stopped: true }
    case 'log':
    case 'warning':
    case 'run-done':
      return state
  }
}
