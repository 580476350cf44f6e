/** Box average of a square map, row-major sums; from the render grid to the film, and to the 32² scatter grid. */
export function blockMean(map: Float64Array, size: number, factor: number): Float64Array {
  if (factor === 1) return map
  const n = size / factor
  const out = new Float64Array(n * n)
  const cells = factor * factor
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let b = 0; b < factor; b++) {
        const start = (j * factor + b) * size + i * factor
        for (let a = 0; a < factor; a++) sum += map[start + a]!
      }
      out[j * n + i] = sum / cells
    }
  }
  return out
}
