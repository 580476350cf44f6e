// Kernels of our own for what TensorFlow does in many passes or slowly: C++ with plain loops that the compiler vectorises,
// registered with TensorFlow when the add-on is loaded. A machine whose compiler cannot build it goes without: every op has
// a composition. Compiled by `buildAddon`, loaded by `loadRuntime`, told of by `runtimeInfo`.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ADAM } from './kernels/adam.ts'
import { FILTER_GRADIENT } from './kernels/filterGradient.ts'
import { MIRROR_PAD } from './kernels/mirrorPad.ts'
import { NORMALISATION } from './kernels/normalisation.ts'
import { REGISTRATION } from './kernels/registration.ts'
import { THREAD_POOL } from './kernels/threadPool.ts'
import { WINOGRAD } from './kernels/winograd.ts'

/** Beside the add-on; one of the two. */
export const KERNEL_ADDON_FILE = 'radiograft_kernels.node'
export const KERNEL_PROBLEM_FILE = 'radiograft_kernels.problem.txt'

export const KERNEL_ADDON_SOURCE = [
  THREAD_POOL,
  FILTER_GRADIENT,
  WINOGRAD,
  NORMALISATION,
  MIRROR_PAD,
  ADAM,
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

export type Kernels = {
  /** Whether the ops are registered in this process, or would be. */
  readonly fused: boolean
  /** Whether the filter gradient of convolutions is ours too. */
  readonly filterGradient: boolean
  /** Whether 3×3 convolutions are. */
  readonly winograd: boolean
  /** Why not. */
  readonly problem?: string
}

const require = createRequire(import.meta.url)

/** Off for comparisons: everything is composed of TensorFlow's own kernels. */
const isOff = (): boolean => process.env['RADIOGRAFT_FUSED'] === '0'

const without = (problem: string): Kernels => ({
  fused: false,
  filterGradient: false,
  winograd: false,
  problem,
})

/**
 * Registers the kernels beside `addon`. Before TensorFlow makes its first context.
 * @param addon the path of tfjs-node's add-on, or a link to it.
 */
export const loadKernels = (addon: string): Kernels => {
  if (isOff()) return without('RADIOGRAFT_FUSED is 0')
  const folder = dirname(realpathSync(addon))
  const path = join(folder, KERNEL_ADDON_FILE)
  if (!existsSync(path)) {
    const told = join(folder, KERNEL_PROBLEM_FILE)
    return without(existsSync(told) ? readFileSync(told, 'utf8').trim() : 'the add-on was built without kernels')
  }
  try {
    const { problem, avx512 } = require(path) as { readonly problem: string; readonly avx512: boolean }
    return problem === '' ? { fused: true, filterGradient: !avx512, winograd: !avx512 } : without(problem)
  } catch (error) {
    return without((error as Error).message)
  }
}
