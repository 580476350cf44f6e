// What a run writes down as it goes: run.json, its journal, and what its observer is told. Used by everything that executes.
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import { Effect } from 'effect'
import { mkdirSync, rmSync } from 'node:fs'
import { codeCommit } from './codeCommit.ts'
import { RunFolderError } from './errors.ts'
import type { Plan } from './Plan.ts'
import type { RunEvent } from './RunEvent.ts'
import { openRunFolder } from './runFolder.ts'
import { initialRecord } from './runRecord.ts'

export interface RunBook {
  /** such as `20261124-051203-granet-quick-9f3a` */
  readonly id: string
  readonly path: string
  /** absolute path of a node's log */
  readonly log: (label: string) => string
  readonly record: () => RunRecord
  /** Into the journal, and to the observer. */
  readonly tell: (event: RunEvent) => void
  readonly update: (label: string, change: Partial<RunRecordNode>) => void
  readonly setResults: (results: RunRecord['results']) => void
  /** Writes run.json. */
  readonly save: Effect.Effect<void, RunFolderError>
  /** What had not begun is not reached. */
  readonly end: (status: RunRecord['status'], error: string | null) => Effect.Effect<void, RunFolderError>
  /**
   * A debugger is waited for with this process's loop held: a signal ends it there, and nothing of it runs after that. So the
   * folder is left as it would have to be, and taken up again once the debugger has come.
   */
  readonly leave: (scratch: string) => void
  readonly comeBack: (scratch: string) => void
}

export interface BookGiven {
  readonly plan: Plan
  readonly command: ReadonlyArray<string>
  /** the store's folder */
  readonly store: string
  readonly observer: (event: RunEvent) => void
}

/** Seconds since a `performance.now()`: the wall clock may step back. */
export const elapsed = (since: number): number => (performance.now() - since) / 1000

export const inRunFolder = <A>(path: string, act: () => A): Effect.Effect<A, RunFolderError> =>
  Effect.try({
    try: act,
    catch: (cause) => (cause instanceof RunFolderError ? cause : new RunFolderError(path, cause)),
  })

const endedRecord = (
  record: RunRecord,
  status: RunRecord['status'],
  error: string | null,
  seconds: number,
): RunRecord => ({
  ...record,
  status,
  error,
  seconds,
  nodes: record.nodes.map((node) => (node.status === 'pending' ? { ...node, status: 'not-reached' } : node)),
})

/** Makes the folder of a run and writes what was resolved, before any work. */
export const openRunBook = ({ plan, command, store, observer }: BookGiven): Effect.Effect<RunBook, RunFolderError> =>
  Effect.gen(function* () {
    const { workspace } = plan.options
    const started = new Date()
    const startedAt = performance.now()
    const folder = yield* inRunFolder(workspace.runs, () =>
      openRunFolder(workspace.runs, plan.pipeline.name, plan.pipeline.preset, started),
    )
    let record: RunRecord = initialRecord(plan, folder.id, { command, started, store })
    const save = Effect.suspend(() => inRunFolder(folder.path, () => folder.write(record)))
    yield* save
    return {
      id: folder.id,
      path: folder.path,
      log: folder.log,
      record: () => record,
      tell: (event) => {
        const at = Date.now()
        if (event._tag === 'plan') folder.event({ _tag: 'plan', commit: codeCommit(workspace.root), at })
        else folder.event(event._tag === 'run-done' ? { _tag: 'run-done', at } : { ...event, at })
        observer(event)
      },
      update: (label, change) => {
        record = {
          ...record,
          nodes: record.nodes.map((node) => (node.label === label ? { ...node, ...change } : node)),
        }
      },
      setResults: (results) => {
        record = { ...record, results }
      },
      save,
      end: (status, error) =>
        Effect.suspend(() => {
          record = endedRecord(record, status, error, elapsed(startedAt))
          return save
        }),
      leave: (scratch) => {
        folder.write(
          endedRecord(record, 'interrupted', 'interrupted while a debugger was waited for', elapsed(startedAt)),
        )
        rmSync(scratch, { recursive: true, force: true })
      },
      comeBack: (scratch) => {
        mkdirSync(scratch)
        folder.write(record)
      },
    }
  })
