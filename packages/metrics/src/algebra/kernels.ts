/**
 * The two inner loops in which the time of a Fréchet distance goes: in WebAssembly, with two doubles a register, or in plain TypeScript
 * where there is no WebAssembly. One instance a process: its memory grows to the most that was asked for, and nothing in it outlives a call.
 */
import { plainKernels } from './plainKernels.ts'
import { wasmKernels } from './wasmKernels.ts'

/** Places count doubles from the beginning of the memory; `layout.ts` has the numbers of a tile and of woven vectors. */
export interface Kernels {
  /** The memory, of this many doubles or more; what was handed out before is void. */
  readonly reserve: (doubles: number) => Float64Array
  /**
   * Tiles of one panel a[k, 4] with panels b[panels, k, 4]: c[panel, 4, 4] = Σ_k a[k]ᵀ b[panel, k]. All are even places, k and panels 1 or more.
   */
  readonly strip: (a: number, b: number, c: number, k: number, panels: number) => void
  /**
   * Rows i and i + 1 of a symmetric matrix from an even column on, over pairs of columns, 1 or more. Four vectors v, w, x, p lie woven by
   * pairs of columns: v₀ v₁ w₀ w₁ x₀ x₁ p₀ p₁, v₂ … For both rows: row ← row − v_row w − w_row v, then p ← p + x_row row and
   * p_row ← p_row + row · x.
   * @param first place of row i at the first column, `second` of row i + 1
   * @param own place of the vectors' pair i, i + 1, which lies before `woven`, that of the first column
   */
  readonly sweep: (first: number, second: number, own: number, woven: number, pairs: number) => void
}

let known: Kernels | undefined
export const kernels = (): Kernels => (known ??= wasmKernels() ?? plainKernels())
