// The tensor runtime that keys are made with, found without loading TensorFlow: the stamp that provisioning left. A plan
// needs the version alone; a run with nothing to compute never loads more.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedPipeline } from '@radiograft/pipeline'
import type { Runtime } from '@radiograft/runner'

export interface RuntimeStamp {
  readonly source: 'existing' | 'folder' | 'wheel'
  readonly tensorflow: string
  readonly identity: string
}

/** What provisioning says is in place, or undefined before the first time. */
export const runtimeStamp = async (): Promise<RuntimeStamp | undefined> => {
  const { tfjsNodeFolder } = await import('@radiograft/tensor/node')
  try {
    return JSON.parse(readFileSync(join(tfjsNodeFolder(), 'deps/radiograft-runtime.json'), 'utf8')) as RuntimeStamp
  } catch {
    return undefined
  }
}

export const runtimeOf = (version: string, precision: Runtime['precision']): Runtime => ({
  backend: 'tensorflow',
  version,
  precision,
})

/** Whether any stage keys or computes with the tensor runtime. */
export const needsTensors = (
  nodes: ReadonlyArray<{ readonly stage: ResolvedPipeline['nodes'][number]['stage'] }>,
): boolean => nodes.some(({ stage }) => stage !== undefined && stage.pure !== true)

/** `not set up` before the first provisioning: the plan is then made again once the version is known. */
export const expectedRuntime = async (pipeline: ResolvedPipeline, precision: Runtime['precision']): Promise<Runtime> =>
  runtimeOf(needsTensors(pipeline.nodes) ? ((await runtimeStamp())?.tensorflow ?? 'not set up') : 'not used', precision)
