/** Bilinear enlargement of a square map (cell centres, edges held): scatter and base, from 32² to the film. */
export function bilinear(map: Float64Array, from: number, to: number): Float64Array {
  const at = new Int32Array(to)
  const part = new Float64Array(to)
  for (let i = 0; i < to; i++) {
    const p = Math.min(Math.max(((i + 0.5) / to) * from - 0.5, 0), from - 1)
    const cell = Math.min(Math.floor(p), from - 2)
    at[i] = cell
    part[i] = p - cell
  }
  const out = new Float64Array(to * to)
  const row = new Float64Array(from)
  for (let j = 0; j < to; j++) {
    const f = part[j]!
    const start = at[j]! * from
    for (let i = 0; i < from; i++) row[i] = map[start + i]! * (1 - f) + map[start + from + i]! * f
    for (let i = 0; i < to; i++) {
      const cell = at[i]!
      out[j * to + i] = row[cell]! * (1 - part[i]!) + row[cell + 1]! * part[i]!
    }
  }
  return out
}
