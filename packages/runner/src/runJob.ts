// Computes one stage: imports its bundle, reads its inputs, calls `run`, writes its outputs. The same in a child process and
// in this one; answers drafts, which only the parent turns into a manifest.
import { readArtefact, writeArtefact } from '@radiograft/artefact-store'
import type { Artefact, Blobs } from '@radiograft/artefact-store'
import { folderCheckpoints } from '@radiograft/checkpoints'
import type { AnyKind, AnyStage, RunOf, StageContext } from '@radiograft/pipeline'
import { accountOf } from './Account.ts'
import type { Job, JobEvent, JobInput } from './Job.ts'
import { stageCheckpoints } from './stageCheckpoints.ts'

/** Milliseconds between two progress events; the last always goes through. */
const progressEvery = 100

const valueOf = async (blobs: Blobs, input: JobInput): Promise<unknown> => {
  if (input._tag === 'dataset') return input.dataset
  if (input._tag === 'artefact') return readArtefact(blobs, input.kind, input.artefact)
  const values: unknown[] = []
  for (const artefact of input.artefacts) values.push(await readArtefact(blobs, input.kind, artefact))
  return values
}

const contextOf = (
  job: Job,
  emit: (event: JobEvent) => void,
  signal: AbortSignal,
  seconds: () => number,
): StageContext => {
  let last = -Infinity
  let steps: number | null = null
  let reached: number | null = null
  const metrics: Record<string, number> = {}
  const { folder, attempt, part } = job.checkpoints
  const kept = folderCheckpoints(folder, {
    attempt,
    about: { ...part, fingerprint: { ...part.fingerprint } },
    accepts: (state) => accountOf(state) !== undefined,
    onDamaged: (path, why) => emit({ _tag: 'warning', message: `a checkpoint is passed over: ${path}: ${why}` }),
  })
  return {
    seed: job.seed,
    threads: job.threads,
    precision: job.precision,
    signal,
    scratch: job.scratch,
    checkpoints: stageCheckpoints({
      to: kept,
      part,
      emit,
      seconds,
      told: () => ({ total: steps, share: reached, metrics }),
    }),
    graphs: job.graphs,
    progress: (done, total, note = '', share = total > 0 ? done / total : 0) => {
      steps = total
      reached = share
      const now = performance.now()
      if (done < total && now - last < progressEvery) return
      last = now
      emit({ _tag: 'progress', done, total, note, share })
    },
    metric: (name, value, step) => {
      metrics[name] = value
      emit({ _tag: 'metric', name, value, step })
    },
    log: (message) => emit({ _tag: 'log', message }),
    warn: (message) => emit({ _tag: 'warning', message }),
  }
}

/** Throws what the entry throws. */
export const runJob = async (
  job: Job,
  blobs: Blobs,
  emit: (event: JobEvent) => void,
  signal: AbortSignal,
): Promise<{ readonly outputs: Readonly<Record<string, Artefact>>; readonly seconds: number }> => {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  const { run } = (await import(job.bundle)) as { readonly run?: RunOf<AnyStage> }
  if (typeof run !== 'function') throw new TypeError(`the entry exports no function 'run'`)
  const inputs: Record<string, unknown> = {}
  for (const [port, input] of Object.entries(job.inputs)) inputs[port] = await valueOf(blobs, input)
  try {
    const ctx = contextOf(job, emit, signal, seconds)
    if (job.inspect === true) {
      await (await import('./waitForDebugger.ts')).waitForDebugger((url) => emit({ _tag: 'inspector', url }))
      emit({ _tag: 'inspected' })
      // oxlint-disable-next-line no-debugger -- asked for by --inspect: the next call is the entry's
      debugger
    }
    const values: Readonly<Record<string, unknown>> = await run({ params: job.params, inputs, ctx })
    const outputs: Record<string, Artefact> = {}
    for (const [port, kind] of Object.entries<AnyKind>(job.outputs)) {
      if (values?.[port] === undefined) throw new TypeError(`the entry returned nothing on its port '${port}'`)
      outputs[port] = await writeArtefact(blobs, kind, values[port])
    }
    return { outputs, seconds: seconds() }
  } finally {
    blobs.close()
    // else the process waits at its end until the debugger is closed by hand
    if (job.inspect === true) (await import('node:inspector')).close()
  }
}
