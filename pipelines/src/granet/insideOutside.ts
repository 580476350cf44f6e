/**
 * Mean of a map inside and outside a mask; null where there is no such pixel.
 * @param map [height · width]
 * @param mask same length, 1 inside
 */
export const insideOutside = (
  map: Float32Array,
  mask: Uint8Array,
): { readonly inside: number | null; readonly outside: number | null } => {
  const sums = [0, 0]
  const counts = [0, 0]
  for (let i = 0; i < map.length; i++) {
    const within = mask[i] ? 1 : 0
    sums[within]! += map[i]!
    counts[within]! += 1
  }
  const mean = (k: 0 | 1): number | null => (counts[k] ? sums[k]! / counts[k] : null)
  return { inside: mean(1), outside: mean(0) }
}
