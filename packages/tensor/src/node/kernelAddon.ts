// Kernels of our own for what TensorFlow does in many passes or slowly: C++ with plain loops that the compiler vectorises,
// registered with TensorFlow when the add-on is loaded. A machine whose compiler cannot build it goes without: every op has
// a composition. Compiled by `buildAddon`, loaded by `loadRuntime`, told of by `runtimeInfo`.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { choice, isNarrow, noConvolutions, type KernelChoice } from '../ops/convolutionKernels.ts'
import { knownChoice } from './kernelChoice.ts'
import { ADAM } from './kernels/adam.ts'
import { AFFINE } from './kernels/affine.ts'
import { CONVOLUTION_OPS } from './kernels/convolutionOps.ts'
import { FILTER_GRADIENT } from './kernels/filterGradient.ts'
import { KERNEL_INTERFACE } from './kernels/kernelInterface.ts'
import { LAYER_OPS } from './kernels/layerOps.ts'
import { MAX_POOL } from './kernels/maxPool.ts'
import { MEMORY } from './kernels/memory.ts'
import { MIRROR_PAD } from './kernels/mirrorPad.ts'
import { NARROW_CONVOLVE } from './kernels/narrowConvolve.ts'
import { NARROW_FILTER_GRADIENT } from './kernels/narrowFilterGradient.ts'
import { NARROW_BEGIN, NARROW_END } from './kernels/narrowProcessor.ts'
import { NARROW_WINOGRAD } from './kernels/narrowWinograd.ts'
import { NORMALISATION } from './kernels/normalisation.ts'
import { REGISTRATION } from './kernels/registration.ts'
import { SQUARED_SUM } from './kernels/squaredSum.ts'
import { THREAD_POOL } from './kernels/threadPool.ts'
import { WINOGRAD } from './kernels/winograd.ts'
import { WINOGRAD_TRANSFORMS } from './kernels/winogradTransforms.ts'
import { processorFlags } from './keptAnswers.ts'

/** Beside the add-on; one of the two. */
export const KERNEL_ADDON_FILE = 'radiograft_kernels.node'
export const KERNEL_PROBLEM_FILE = 'radiograft_kernels.problem.txt'

export const KERNEL_ADDON_SOURCE = [
  THREAD_POOL,
  MEMORY,
  FILTER_GRADIENT,
  WINOGRAD_TRANSFORMS,
  WINOGRAD,
  NARROW_BEGIN,
  NARROW_WINOGRAD,
  NARROW_FILTER_GRADIENT,
  NARROW_CONVOLVE,
  NARROW_END,
  NORMALISATION,
  AFFINE,
  MIRROR_PAD,
  MAX_POOL,
  ADAM,
  SQUARED_SUM,
  KERNEL_INTERFACE,
  CONVOLUTION_OPS,
  LAYER_OPS,
  REGISTRATION,
].join('\n')

/** TensorFlow's wheel asks for AVX already; without AVX2 and FMA the add-on registers nothing. */
export const KERNEL_FLAGS: ReadonlyArray<string> = [
  '-O3',
  '-std=c++17',
  '-ffp-contract=fast',
  '-fno-math-errno',
  '-fvisibility=hidden',
  '-pthread',
  ...(process.arch === 'x64' ? ['-mavx2', '-mfma'] : []),
]

export type Kernels = KernelChoice & {
  /** Whether the ops are registered in this process, or would be. */
  readonly fused: boolean
  /** Why not. */
  readonly problem?: string
  /** The folder in which that was kept when the add-on was built: it is tried again where this is gone. */
  readonly keptIn?: string
}

const require = createRequire(import.meta.url)

/** Off for comparisons: everything is composed of TensorFlow's own kernels. */
const isOff = (): boolean => process.env['RADIOGRAFT_FUSED'] === '0'

type Problem = { readonly problem: string; readonly keptIn?: string }

const without = (problem: Problem): Kernels => ({ fused: false, ...noConvolutions, ...problem })

/** What the processor must have for products in bfloat16, as `registration` asks of it. */
export const NARROW_FLAGS = ['avx512f', 'avx512bw', 'avx512vl', 'avx512dq', 'avx512_bf16']

/**
 * What is chosen where nothing was measured yet: oneDNN's convolutions are mostly the faster ones where there is AVX-512, its
 * products in bfloat16 where there are matrix units.
 */
const guessed = (flags: ReadonlyArray<string>): KernelChoice =>
  choice((kernel) => !flags.includes(isNarrow(kernel) ? 'amx_bf16' : 'avx512f'))

/** Which of the kernels this machine uses. `narrow`: whether it can have those in bfloat16. */
const kernelsIn = (folder: string, narrow: boolean): Kernels => {
  const chosen = knownChoice({ folder }) ?? guessed(processorFlags())
  return { fused: true, ...choice((kernel) => chosen[kernel] && (narrow || !isNarrow(kernel))) }
}

/** The folder of the compiled kernels beside `addon`, or why there are none. */
const kernelsBeside = (addon: string): { readonly folder: string } | Problem => {
  if (isOff()) return { problem: 'RADIOGRAFT_FUSED is 0' }
  const folder = dirname(realpathSync(addon))
  if (existsSync(join(folder, KERNEL_ADDON_FILE))) return { folder }
  const told = join(folder, KERNEL_PROBLEM_FILE)
  if (existsSync(told)) return { problem: readFileSync(told, 'utf8').trim(), keptIn: folder }
  return { problem: 'the add-on was built without kernels' }
}

/**
 * Registers the kernels beside `tfjs`. Before TensorFlow makes its first context.
 * @param tfjs the path of tfjs-node's add-on, or a link to it.
 */
export const loadKernels = (tfjs: string): Kernels => {
  const found = kernelsBeside(tfjs)
  if ('problem' in found) return without(found)
  try {
    const addon = join(found.folder, KERNEL_ADDON_FILE)
    const { problem, narrow } = require(addon) as { readonly problem: string; readonly narrow: boolean }
    return problem === '' ? kernelsIn(found.folder, narrow) : without({ problem })
  } catch (error) {
    return without({ problem: (error as Error).message })
  }
}

/** What `loadKernels` will find, without loading anything: the processor is asked through Linux, which alone has add-ons for x64. */
export const describeKernels = (addon: string): Kernels => {
  const found = existsSync(addon) ? kernelsBeside(addon) : { problem: 'the runtime is not there; run provision' }
  if ('problem' in found) return without(found)
  const has = (wanted: ReadonlyArray<string>): boolean => wanted.every((flag) => processorFlags().includes(flag))
  if (process.arch === 'x64' && !has(['avx2', 'fma'])) return without({ problem: 'the processor has no AVX2' })
  return kernelsIn(found.folder, has(NARROW_FLAGS))
}
