// Brings up TensorFlow as the tfjs backend, quietly and with a set number of threads. Used by every process that
// computes with tensors: stage children, tests, benchmarks. Domain packages never call it; they see tfjs-core.
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs-node'
import { provision, tfjsNodeFolder } from './provision.ts'
import type { Quiet } from './quietAddon.ts'
import { QUIET_FILE } from './quietAddon.ts'
import { ADDON_FILE } from './runtimeStamp.ts'

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

/** Variables that TensorFlow reads once, when it is loaded. */
const setEnvironment = (threads: number | undefined): void => {
  const count = String(threads ?? process.env['TF_NUM_INTRAOP_THREADS'] ?? availableParallelism())
  process.env['TF_NUM_INTRAOP_THREADS'] = count
  process.env['TF_NUM_INTEROP_THREADS'] =
    threads === undefined ? (process.env['TF_NUM_INTEROP_THREADS'] ?? count) : count
  process.env['OMP_NUM_THREADS'] = threads === undefined ? (process.env['OMP_NUM_THREADS'] ?? count) : count
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
const supplyRemovedFunctions = (): void => {
  const target = util as unknown as Record<string, unknown>
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  target['isArray'] ??= Array.isArray
}

const quietBeside = (addon: string): Quiet | undefined => {
  const path = join(dirname(realpathSync(addon)), QUIET_FILE)
  return existsSync(path) ? (require(path) as Quiet) : undefined
}

const load = async (options: RuntimeOptions): Promise<Tfjs> => {
  const addon = join(tfjsNodeFolder(), ADDON_FILE)
  if (options.provision !== false && !existsSync(addon)) await provision()
  setEnvironment(options.threads)
  supplyRemovedFunctions()
  const quiet = existsSync(addon) ? quietBeside(addon) : undefined
  let tf: Tfjs
  quiet?.hold()
  let held = ''
  try {
    tf = require('@tensorflow/tfjs-node') as Tfjs
    // The first use of the backend starts TensorFlow's device and logs once more.
    tf.scalar(0).dispose()
  } catch (error) {
    held = quiet?.release() ?? ''
    throw new Error(`TensorFlow could not be loaded: ${(error as Error).message}\n${held}`, { cause: error })
  } finally {
    quiet?.release()
  }
  await tf.setBackend('tensorflow')
  tf.enableProdMode()
  return tf
}

let loading: Promise<Tfjs> | undefined

/**
 * Loads `@tensorflow/tfjs-node` with the TensorFlow backend chosen and ready, and returns its namespace. The same
 * namespace every time; nothing is printed. `@tensorflow/tfjs-core` imported elsewhere uses this backend from then on.
 * @throws ProvisionError when the runtime is not there and cannot be put there.
 */
export const loadRuntime = (options: RuntimeOptions = {}): Promise<Tfjs> => (loading ??= load(options))
