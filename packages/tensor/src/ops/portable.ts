// Which ops run on kernels of our own (`node/kernels`, registered with TensorFlow by `loadRuntime`), and the way to do
// without them: a graph that is exported for another TensorFlow must not hold ops that only this package knows.
import type { NodeBackend } from '../compile/nodeBinding.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'

/** What of the kernels this process uses. */
export type FusedKernels = {
  /** Normalisation, pads, pools and Adam. */
  readonly fused: boolean
  /** The filter gradient of convolutions, where it is faster than oneDNN's. */
  readonly filterGradient: boolean
  /** Convolutions with 3×3 filters and stride 1, and their gradients, where they are. */
  readonly winograd: boolean
  /** For steps that compute in bfloat16: convolutions of any filter and stride, where they are. */
  readonly narrowConvolve: boolean
  /** The filter gradient and Winograd's convolutions with products in bfloat16, for such steps. */
  readonly narrowFilterGradient: boolean
  readonly narrowWinograd: boolean
}

const NONE: FusedKernels = {
  fused: false,
  filterGradient: false,
  winograd: false,
  narrowConvolve: false,
  narrowFilterGradient: false,
  narrowWinograd: false,
}
const letters: Readonly<Record<keyof FusedKernels, string>> = {
  fused: 'f',
  filterGradient: 'g',
  winograd: 'w',
  narrowConvolve: 'C',
  narrowFilterGradient: 'G',
  narrowWinograd: 'W',
}
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
  const { narrowFilterGradient, narrowWinograd } = present
  if (narrow === 0) return { ...present, narrowConvolve: false }
  return { ...present, filterGradient: narrowFilterGradient, winograd: narrowWinograd }
}

/** What our convolutions are told: 1 for products in bfloat16. */
export const narrowFlag = (): 0 | 1 => (narrow > 0 ? 1 : 0)

/** `fusedKernels` in few letters: graphs that were traced with others are others. */
export const kernelsInUse = (): string => {
  const kernels = portable > 0 ? NONE : present
  return (Object.keys(letters) as Array<keyof FusedKernels>)
    .map((name) => (kernels[name] ? letters[name] : ''))
    .join('')
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

/** Runs `body` with convolutions that compute in bfloat16: TensorFlow's own, once rewritten, and some of ours. */
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
 * bfloat16 are to pass them, on the way to convolutions that do not round by themselves. `filterGradientOfFew`: where the outputs
 * are so few that oneDNN's is never the faster one in float32.
 */
export const fusedBackend = (
  kernel: keyof FusedKernels | 'moves' | 'filterGradientOfFew' = 'fused',
): NodeBackend | undefined => {
  const kernels = fusedKernels()
  const { fused, filterGradient, narrowWinograd } = kernels
  const there = {
    ...kernels,
    moves: fused && (narrow === 0 || narrowWinograd),
    filterGradientOfFew: narrow === 0 ? fused : filterGradient,
  }[kernel]
  return there ? nodeBackend() : undefined
}
