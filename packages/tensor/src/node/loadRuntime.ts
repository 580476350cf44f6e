// Brings up TensorFlow as the tfjs backend, quietly and with a set number of threads. Used by every process that
// computes with tensors: stage children, tests, benchmarks. Domain packages never call it; they see tfjs-core.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs-node'
import { setGraphHost } from '../compile/graphHost.ts'
import type { NodeBackend } from '../compile/nodeBinding.ts'
import { PROFILE_VARIABLE } from '../profile/Recording.ts'
import type { RecordingRequest } from '../profile/Recording.ts'
import { setMemoryGiver } from '../giveMemoryBack.ts'
import { setFusedKernels } from '../ops/portable.ts'
import { loadKernels } from './kernelAddon.ts'
import { measureKernels } from './measureKernels.ts'
import { provision, tfjsNodeFolder } from './provision.ts'
import type { ProcessAddon } from './processAddon.ts'
import { PROCESS_ADDON_FILE } from './processAddon.ts'
import { ADDON_FILE } from './runtimeStamp.ts'
import { sessionHost } from './sessionHost.ts'

/** The tfjs namespace with its TensorFlow backend. */
export type Tfjs = typeof tfjs

export type RuntimeOptions = {
  /**
   * Threads inside one op (also the OpenMP count) and ops side by side. Results are equal bit for bit only at one count.
   * Has effect on the first call in a process. @default TF_NUM_INTRAOP_THREADS, or the machine's cores
   */
  readonly threads?: number
  /** Run `provision` first when the add-on is not in place. @default true */
  readonly provision?: boolean
}

const require = createRequire(import.meta.url)

/** Variables that TensorFlow reads once, when it is loaded: set in `process.env` and, where that is a copy, for real. */
const setEnvironment = (threads: number | undefined, addon: ProcessAddon | undefined): void => {
  const { env } = process
  const count = String(threads ?? env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism())
  const wanted: Record<string, string> = {
    TF_NUM_INTRAOP_THREADS: count,
    TF_NUM_INTEROP_THREADS: threads === undefined ? (env['TF_NUM_INTEROP_THREADS'] ?? count) : count,
    OMP_NUM_THREADS: threads === undefined ? (env['OMP_NUM_THREADS'] ?? count) : count,
    TF_CPP_MIN_LOG_LEVEL: env['TF_CPP_MIN_LOG_LEVEL'] ?? '3',
    // TensorFlow turns oneDNN on by itself only where the processor has AVX-512 for networks. On one with AVX2 alone its
    // other kernels run the gradients of a convolution on one core.
    ...(process.arch === 'x64' && { TF_ENABLE_ONEDNN_OPTS: env['TF_ENABLE_ONEDNN_OPTS'] ?? '1' }),
  }
  for (const [name, value] of Object.entries(wanted)) {
    env[name] = value
    addon?.setenv(name, value)
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
const supplyRemovedFunctions = (): void => {
  const target = util as unknown as Record<string, unknown>
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  target['isArray'] ??= Array.isArray
}

const processAddonBeside = (addon: string): ProcessAddon | undefined => {
  const path = join(dirname(realpathSync(addon)), PROCESS_ADDON_FILE)
  return existsSync(path) ? (require(path) as ProcessAddon) : undefined
}

const load = async (options: RuntimeOptions): Promise<Tfjs> => {
  const addon = join(tfjsNodeFolder(), ADDON_FILE)
  if (options.provision !== false && !existsSync(addon)) {
    await provision()
    await measureKernels()
  }
  const native = existsSync(addon) ? processAddonBeside(addon) : undefined
  setEnvironment(options.threads, native)
  supplyRemovedFunctions()
  let tf: Tfjs
  native?.hold()
  try {
    if (existsSync(addon)) setFusedKernels(loadKernels(addon))
    tf = require('@tensorflow/tfjs-node') as Tfjs
    // The first tensor starts TensorFlow's device, which logs once more.
    tf.scalar(0).dispose()
  } catch (error) {
    throw new Error(`TensorFlow could not be loaded: ${(error as Error).message}\n${native?.release() ?? ''}`, {
      cause: error,
    })
  } finally {
    native?.release()
  }
  await tf.setBackend('tensorflow')
  tf.enableProdMode()
  const { binding } = tf.backend() as unknown as { readonly binding: Parameters<typeof sessionHost>[0] }
  setGraphHost(sessionHost(binding, native))
  if (native) setMemoryGiver(native.trim)
  const asked = process.env[PROFILE_VARIABLE]
  if (asked !== undefined && native) {
    const { recordSteps } = await import('../profile/recordSteps.ts')
    recordSteps(tf.backend() as unknown as NodeBackend, JSON.parse(asked) as RecordingRequest, native.setenv)
  }
  return tf
}

let loading: Promise<Tfjs> | undefined

/**
 * Loads `@tensorflow/tfjs-node` with the TensorFlow backend chosen and ready, and returns its namespace. The same
 * namespace every time; nothing is printed. `@tensorflow/tfjs-core` imported elsewhere uses this backend from then on.
 * @throws ProvisionError when the runtime is not there and cannot be put there.
 */
export const loadRuntime = (options: RuntimeOptions = {}): Promise<Tfjs> => (loading ??= load(options))
