// Runs one stage of a plan in a child process that records its steps and then ends, and answers the recording.
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileStore } from '@radiograft/artefact-store'
import { executePlan } from '@radiograft/runner'
import type { Plan } from '@radiograft/runner'
import { PROFILE_VARIABLE } from '@radiograft/tensor/node'
import type { Recording, RecordingRequest } from '@radiograft/tensor/node'
import { runEffect } from '../runEffect.ts'
import { storeView } from './storeView.ts'

export interface RecordedStage {
  /** absent where the stage ended without one, because it failed before its first step, say */
  readonly recording: Recording | undefined
  /** all that it printed, what oneDNN says among it */
  readonly printed: string
  /** why it ended, where it did so before it was recorded */
  readonly failure: unknown
}

/** Variables that the child is started with, for as long as `work` runs. */
const withEnvironment = async <A>(values: Readonly<Record<string, string>>, work: () => Promise<A>): Promise<A> => {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  try {
    return await work()
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}

/** @param plan cut down to the stage `label` and what it reads. */
export const recordStage = async (
  plan: Plan,
  label: string,
  steps: Pick<RecordingRequest, 'warmUp' | 'steps'>,
  signal: AbortSignal,
): Promise<RecordedStage> => {
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-profile-'))
  const file = join(folder, 'recording.json')
  const only = new Set([label])
  let log: string | undefined
  try {
    const view = join(folder, 'store')
    mkdirSync(view)
    const { workspace } = plan.options
    storeView(view, workspace.store, plan, only)
    const trial: Plan = {
      ...plan,
      options: { ...plan.options, workspace: { ...workspace, store: view, runs: join(folder, 'runs') } },
    }
    const request: RecordingRequest = { ...steps, file }
    const environment = {
      [PROFILE_VARIABLE]: JSON.stringify(request),
      ONEDNN_VERBOSE: '1',
      ONEDNN_VERBOSE_TIMESTAMP: '1',
    }
    let failure: unknown
    const execute = executePlan(
      trial,
      (event) => {
        if (event._tag === 'stage-start') ({ log } = event)
      },
      { only, again: true },
    )
    try {
      await withEnvironment(environment, () => runEffect(execute, fileStore(view), signal))
    } catch (error) {
      // the child ends by itself once all is recorded, which its parent takes for a failure
      if (signal.aborted) throw error
      failure = error
    }
    return {
      recording: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recording) : undefined,
      printed: log !== undefined && existsSync(log) ? readFileSync(log, 'utf8') : '',
      failure,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
