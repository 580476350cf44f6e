// The tensor runtime that keys are made with, found without loading TensorFlow: the stamp that provisioning left. A plan
// needs the version alone; a run with nothing to compute never loads more.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResolvedPipeline } from '@radiograft/pipeline'
import type { Plan, Runtime } from '@radiograft/runner'
import type { Kernels } from '@radiograft/tensor/node'

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

/**
 * With other kernels the last bits differ. Own ones are compiled where the runtime is set up, and those of convolutions are used
 * where they were found to be the faster ones.
 */
const kernelsInWords = (kernels: Kernels, precision: Runtime['precision']): string => {
  if (!kernels.fused) return "TensorFlow's"
  const [filterGradient, winograd] =
    precision === 'bf16'
      ? [kernels.narrowFilterGradient, kernels.narrowWinograd]
      : [kernels.filterGradient, kernels.winograd]
  if (winograd) return filterGradient ? 'own' : "own, filter gradients TensorFlow's"
  return filterGradient ? "own, 3×3 convolutions TensorFlow's" : "own, convolutions TensorFlow's"
}

export const runtimeOf = async (version: string, precision: Runtime['precision']): Promise<Runtime> => {
  const { runtimeInfo } = await import('@radiograft/tensor/node')
  const { kernels, oneDnn } = runtimeInfo()
  return {
    backend: 'tensorflow',
    version,
    precision,
    kernels: `${kernelsInWords(kernels, precision)}${oneDnn || process.arch !== 'x64' ? '' : ', without oneDNN'}`,
  }
}

/** Whether what is set up is what a plan was made for: provisioning may bring another version, or own kernels. */
export const isRuntimeOf = ({ version, kernels }: Runtime, plan: Plan): boolean =>
  plan.options.runtime.version === version && plan.options.runtime.kernels === kernels

/** Whether any stage keys or computes with the tensor runtime. */
export const needsTensors = (
  nodes: ReadonlyArray<{ readonly stage: ResolvedPipeline['nodes'][number]['stage'] }>,
): boolean => nodes.some(({ stage }) => stage !== undefined && stage.pure !== true)

/** `not set up` before the first provisioning: the plan is then made again once the version is known. */
export const expectedRuntime = async (pipeline: ResolvedPipeline, precision: Runtime['precision']): Promise<Runtime> =>
  needsTensors(pipeline.nodes)
    ? runtimeOf((await runtimeStamp())?.tensorflow ?? 'not set up', precision)
    : { backend: 'tensorflow', version: 'not used', precision }
