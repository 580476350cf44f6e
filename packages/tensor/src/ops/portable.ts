// Which ops run on kernels of our own (`node/kernels`, registered with TensorFlow by `loadRuntime`), and the way to do
// without them: a graph that is exported for another TensorFlow must not hold ops that only this package knows.
import type { NodeBackend } from '../compile/nodeBinding.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'

/** What of the kernels this process has. */
export type FusedKernels = {
  /** Normalisation and Adam. */
  readonly fused: boolean
  /** The filter gradient of convolutions: not where the processor has AVX-512, for which oneDNN has a fast one. */
  readonly filterGradient: boolean
  /** Convolutions with 3×3 filters and stride 1, and their gradients. */
  readonly winograd: boolean
}

const NONE: FusedKernels = { fused: false, filterGradient: false, winograd: false }
let present = NONE
let portable = 0
let narrow = 0

/** Called by `loadRuntime`. */
export const setFusedKernels = (kernels: FusedKernels): void => {
  present = kernels
}

/** What `body`'s ops may use; all false inside `withPortableOps` and on other backends. */
export const fusedKernels = (): FusedKernels => {
  if (portable > 0) return NONE
  return narrow > 0 ? { ...present, filterGradient: false, winograd: false } : present
}

/** `fusedKernels` in few letters, and whether kernels that only copy are among them: graphs that were traced with others are others. */
export const kernelsInUse = (): string => {
  const { fused, filterGradient, winograd } = fusedKernels()
  return `${fused ? 'f' : ''}${filterGradient ? 'g' : ''}${winograd ? 'w' : ''}${fused && narrow === 0 ? 'm' : ''}`
}

/** Runs `body` with compositions of TensorFlow's own ops in place of our kernels: equal but for the last bits. */
export const withPortableOps = <A>(body: () => A): A => {
  portable += 1
  try {
    return body()
  } finally {
    portable -= 1
  }
}

/** Runs `body` with TensorFlow's own convolutions, which alone compute in bfloat16. */
export const withNarrowableOps = <A>(body: () => A): A => {
  narrow += 1
  try {
    return body()
  } finally {
    narrow -= 1
  }
}

/**
 * The backend when `kernel` is there and may be used. `moves`: kernels that only copy numbers, which stand back where casts to
 * bfloat16 are to pass them.
 */
export const fusedBackend = (kernel: keyof FusedKernels | 'moves' = 'fused'): NodeBackend | undefined => {
  const there = kernel === 'moves' ? narrow === 0 && fusedKernels().fused : fusedKernels()[kernel]
  return there ? nodeBackend() : undefined
}
