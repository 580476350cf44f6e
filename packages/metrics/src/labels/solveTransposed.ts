/**
 * x with Pᵀx = q, by elimination with partial pivoting.
 * @param rates P, [n, n] row-major, entries in [0, 1]
 * @param seen q, [n]
 * @returns undefined where rows of P depend on each other
 */
export const solveTransposed = (rates: Float64Array, seen: Float64Array): Float64Array | undefined => {
  const n = seen.length
  const left = Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (_, i) => rates[i * n + j]!))
  const right = Float64Array.from(seen)
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let r = k + 1; r < n; r++) if (Math.abs(left[r]![k]!) > Math.abs(left[pivot]![k]!)) pivot = r
    if (Math.abs(left[pivot]![k]!) < 1e-9) return undefined
    ;[left[k], left[pivot]] = [left[pivot]!, left[k]!]
    ;[right[k], right[pivot]] = [right[pivot]!, right[k]!]
    for (let r = k + 1; r < n; r++) {
      const factor = left[r]![k]! / left[k]![k]!
      if (factor === 0) continue
      for (let c = k; c < n; c++) left[r]![c]! -= factor * left[k]![c]!
      right[r]! -= factor * right[k]!
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let c = k + 1; c < n; c++) right[k]! -= left[k]![c]! * right[c]!
    right[k]! /= left[k]![k]!
  }
  return right
}
