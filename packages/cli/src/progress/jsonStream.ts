// A run as JSON for machines, an object a line: what `run --json` prints. Another way of showing a run, beside
// `plainProgress` and `liveProgress`.
import { realpathSync } from 'node:fs'
import type { ComputedAgain, Plan, RunResult } from '@radiograft/runner'
import type { Failure } from '../describeFailure.ts'
import type { Written } from '../results/writeResults.ts'
import type { Progress } from './Progress.ts'
import type { JsonAgain, JsonKept, JsonStage, RunJsonBody } from './RunJsonEvent.ts'

export interface JsonStream extends Progress {
  /** a plan that is not carried out */
  readonly planned: (plan: Plan) => void
  readonly done: (
    result: Pick<RunResult, 'run' | 'hits' | 'computed' | 'seconds' | 'again'>,
    folder: string,
    /** absent where none are written */
    files?: Pick<Written, 'metrics' | 'report'>,
  ) => void
  /** the last line of a command that ended early */
  readonly failed: (error: unknown, failure: Failure) => void
}

const stageOf = ({ node, status, seconds }: Plan['nodes'][number], labels: ReadonlyMap<string, string>): JsonStage => ({
  label: node.label,
  id: node.id,
  stage: node.stage!.name,
  state: status._tag,
  reason: status._tag === 'miss' ? status.reason : status._tag === 'unknown' ? status.until : null,
  key: status._tag === 'unknown' ? null : status.key,
  expectedSeconds: seconds ?? null,
  checkpoint:
    status._tag === 'miss' && status.checkpoint
      ? { step: status.checkpoint.step, total: status.checkpoint.total ?? null }
      : null,
  inputs: Object.fromEntries(
    Object.entries(node.inputs).map(([port, refs]) => [
      port,
      [refs].flat().map((ref) => labels.get(ref.node.identity) ?? `dataset:${ref.node.dataset?.name ?? ref.node.id}`),
    ]),
  ),
})

const againOf = ({ label, key, seconds, outputs }: ComputedAgain): JsonAgain => {
  const ports = Object.entries(outputs).map(
    ([port, { kept, now }]) => [port, { kept, now, same: kept === now }] as const,
  )
  return { label, key, seconds, same: ports.every(([, { same }]) => same), outputs: Object.fromEntries(ports) }
}

const planBody = (plan: Plan, run: string | null, folder: string | null): RunJsonBody => {
  const labels = new Map(plan.nodes.map(({ node }) => [node.identity, node.label]))
  const { pipeline, counts, seconds } = plan
  return {
    _tag: 'plan',
    pipeline: pipeline.name,
    preset: pipeline.preset,
    seed: pipeline.seed,
    run,
    folder,
    hits: counts.hit,
    misses: counts.miss,
    unknown: counts.unknown,
    expectedSeconds: seconds,
    stages: plan.nodes.map((planned) => stageOf(planned, labels)),
  }
}

/** What a terminal would obey is written as JSON writes it, in case it is shown on one. */
const safe = (json: string): string =>
  json.replaceAll(/[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    // each half of a pair
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )

/** A run that has been moved to --out has a link at its first place. */
const settled = (folder: string): string => {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}

/** `out` gets the objects, `people` what would otherwise stand between them. */
export const jsonStream = (out: (text: string) => void, people: (text: string) => void): JsonStream => {
  let begun: { readonly run: string; readonly folder: string } | undefined
  let over = false
  let stopped: 'failed' | 'interrupted' | undefined
  let kept: ReadonlyArray<JsonKept> = []
  const emit = (body: RunJsonBody): void => {
    const { _tag, ...fields } = body
    out(`${safe(JSON.stringify({ _tag, version: 1, at: Date.now(), ...fields }))}\n`)
  }
  return {
    say: (line) => people(`${line}\n`),
    close: () => {},
    planned: (plan) => emit(planBody(plan, null, null)),
    observe: (event) => {
      switch (event._tag) {
        case 'plan':
          begun = { run: event.run, folder: settled(event.folder) }
          return emit(planBody(event.plan, begun.run, begun.folder))
        case 'stage-start': {
          const { label, key, reason, log, expected } = event
          return emit({ _tag: 'stage-start', label, key, reason, log, expectedSeconds: expected ?? null })
        }
        case 'progress': {
          const { label, done, total, note, share, eta } = event
          return emit({ _tag: 'progress', label, done, total, note, share, secondsLeft: eta ?? null })
        }
        case 'metric': {
          const { label, name, value, step } = event
          return emit({ _tag: 'metric', label, name, value: Number.isFinite(value) ? value : null, step })
        }
        case 'resumed': {
          const { label, step, total } = event
          return emit({ _tag: 'resumed', label, step, total: total ?? null })
        }
        case 'checkpoint':
          return emit({ ...event, total: event.total ?? null })
        case 'log':
        case 'warning':
        case 'stage-done':
        case 'stage-failed':
          return emit(event)
        case 'run-stopped':
          stopped = event.status
          kept = (event.kept ?? []).map(({ label, step, total }) => ({ label, step, total: total ?? null }))
          return
        case 'run-done':
          // told by `done`, once its files are written
          over = true
      }
    },
    done: ({ run, hits, computed, seconds, again }, folder, files) =>
      emit({
        _tag: 'run-done',
        run,
        folder,
        hits,
        computed,
        seconds,
        again: again.map(againOf),
        metrics: files?.metrics ?? null,
        report: files?.report ?? null,
      }),
    failed: (error, { code, text }) => {
      const name = (error as { readonly _tag?: unknown } | null)?._tag
      if (begun && !over) {
        const [first = '', ...rest] = text.split('\n')
        const recover = rest.join('\n').trim()
        const status = stopped ?? (code > 128 ? 'interrupted' : 'failed')
        const how = { status, error: first, code, recover: recover === '' ? first : recover }
        emit({ _tag: 'run-stopped', ...begun, ...how, kept })
      } else emit({ _tag: 'error', code, name: typeof name === 'string' ? name : 'Unexpected', message: text })
    },
  }
}
