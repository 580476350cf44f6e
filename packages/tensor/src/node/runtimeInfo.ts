// What the tensor runtime on this machine is, for manifests and for `radiograft doctor`. Does not load TensorFlow.
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { describeKernels, type Kernels } from './kernelAddon.ts'
import { tfjsNodeFolder } from './provision.ts'
import type { RuntimeStamp } from './runtimeStamp.ts'
import { ADDON_FILE, readStamp, stampHolds } from './runtimeStamp.ts'
import { usesOneDnn } from './speedSettings.ts'

export type RuntimeInfo = {
  /** The linked runtime; absent when `provision` has to run first. */
  readonly runtime: RuntimeStamp | undefined
  /** Whether TensorFlow uses oneDNN's kernels: `loadRuntime` turns them on on x64, unless TF_ENABLE_ONEDNN_OPTS says else. */
  readonly oneDnn: boolean
  /** Which of our own kernels ops run on; with and without, results differ in the last bits. */
  readonly kernels: Kernels
  /** Threads within an op and ops side by side, as set or as TensorFlow would choose. */
  readonly threads: { readonly intraOp: number; readonly interOp: number }
  readonly cpu: { readonly model: string; readonly cores: number }
  readonly node: string
  /** `process.platform` and `process.arch`. */
  readonly platform: string
}

/** Equal results bit for bit are promised only where all of this is equal. */
export const runtimeInfo = (options: { readonly tfjsNode?: string } = {}): RuntimeInfo => {
  const { env, arch } = process
  let runtime: RuntimeStamp | undefined
  let kernels = describeKernels('')
  try {
    const folder = options.tfjsNode ?? tfjsNodeFolder()
    const stamp = readStamp(folder)
    runtime = stamp && stampHolds(folder, stamp) ? stamp : undefined
    kernels = describeKernels(join(folder, ADDON_FILE))
  } catch {
    // tfjs-node is an optional peer: without it there is no runtime to tell about.
  }
  const cores = availableParallelism()
  return {
    runtime,
    kernels,
    oneDnn: usesOneDnn(env),
    threads: {
      intraOp: Number(env['TF_NUM_INTRAOP_THREADS'] ?? cores),
      interOp: Number(env['TF_NUM_INTEROP_THREADS'] ?? cores),
    },
    cpu: { model: cpus()[0]?.model.trim() ?? 'unknown', cores },
    node: process.versions.node,
    platform: `${process.platform}-${arch}`,
  }
}
