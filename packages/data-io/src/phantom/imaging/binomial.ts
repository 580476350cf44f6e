/** Separable [1 2 1]/4 smoothing with repeated edges: focal blur, scatter and base are made of it. */

/** `passes` passes over a square map; the input is not changed. */
export function binomial(map: Float64Array, size: number, passes: number): Float64Array {
  if (passes === 0) return map
  const out = Float64Array.from(map)
  const line = new Float64Array(size)
  for (let pass = 0; pass < passes; pass++) {
    for (let i = 0; i < size; i++) smoothLine(out, line, i, size, size)
    for (let j = 0; j < size; j++) smoothLine(out, line, j * size, 1, size)
  }
  return out
}

function smoothLine(map: Float64Array, line: Float64Array, start: number, stride: number, size: number): void {
  for (let i = 0; i < size; i++) line[i] = map[start + i * stride]!
  for (let i = 0; i < size; i++) {
    const before = line[i > 0 ? i - 1 : 0]!
    const after = line[i < size - 1 ? i + 1 : size - 1]!
    map[start + i * stride] = 0.25 * before + 0.5 * line[i]! + 0.25 * after
  }
}
