// Kernels of our own for what TensorFlow does in many passes or slowly: C++ with plain loops that the compiler vectorises,
// registered with TensorFlow when the add-on is loaded. A machine whose compiler cannot build it goes without: every op has
// a composition. Compiled by `buildAddon`, loaded by `loadRuntime`, told of by `runtimeInfo`.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ADAM } from './kernels/adam.ts'
import { FILTER_GRADIENT } from './kernels/filterGradient.ts'
import { MAX_POOL } from './kernels/maxPool.ts'
import { MIRROR_PAD } from './kernels/mirrorPad.ts'
import { NORMALISATION } from './kernels/normalisation.ts'
import { REGISTRATION } from './kernels/registration.ts'
import { SQUARED_SUM } from './kernels/squaredSum.ts'
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
  MAX_POOL,
  ADAM,
  SQUARED_SUM,
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

/** Which of the kernels a machine uses: oneDNN's own convolutions are the faster ones where there is AVX-512. */
const kernelsFor = (problem: string, avx512: boolean): Kernels =>
  problem === '' ? { fused: true, filterGradient: !avx512, winograd: !avx512 } : without(problem)

/** The compiled kernels beside `addon`, or why there are none. */
const kernelsBeside = (addon: string): { readonly path: string } | { readonly problem: string } => {
  if (isOff()) return { problem: 'RADIOGRAFT_FUSED is 0' }
  const folder = dirname(realpathSync(addon))
  const path = join(folder, KERNEL_ADDON_FILE)
  if (existsSync(path)) return { path }
  const told = join(folder, KERNEL_PROBLEM_FILE)
  return { problem: existsSync(told) ? readFileSync(told, 'utf8').trim() : 'the add-on was built without kernels' }
}

/**
 * Registers the kernels beside `addon`. Before TensorFlow makes its first context.
 * @param addon the path of tfjs-node's add-on, or a link to it.
 */
export const loadKernels = (addon: string): Kernels => {
  const found = kernelsBeside(addon)
  if ('problem' in found) return without(found.problem)
  try {
    const { problem, avx512 } = require(found.path) as { readonly problem: string; readonly avx512: boolean }
    return kernelsFor(problem, avx512)
  } catch (error) {
    return without((error as Error).message)
  }
}

/** What `loadKernels` will find, without loading anything: the processor is asked through Linux, which alone has add-ons for x64. */
export const describeKernels = (addon: string): Kernels => {
  const found = existsSync(addon) ? kernelsBeside(addon) : { problem: 'the runtime is not there; run provision' }
  if ('problem' in found) return without(found.problem)
  if (process.arch !== 'x64') return kernelsFor('', false)
  const flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? [])
  const missing = ['avx2', 'fma'].every((flag) => flags.has(flag)) ? '' : 'the processor has no AVX2'
  return kernelsFor(missing, flags.has('avx512f'))
}
