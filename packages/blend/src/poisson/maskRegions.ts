/**
 * The parts of a mask that share no side with each other: a Poisson blend may solve each by itself. Boxes that stand
 * alone come back as rectangles, for the direct solver; boxes that overlap or touch as one region.
 */
export interface MaskRegion {
  /** 4-connected pixels, film indices, rising */
  readonly pixels: Int32Array
  /** [x0, y0, x1, y1) when the pixels fill their bounding rectangle, else undefined */
  readonly rectangle: readonly [x0: number, y0: number, x1: number, y1: number] | undefined
}

/** @param mask [height, width], row-major, non-zero inside; regions come in order of their first pixel */
export const maskRegions = (mask: Uint8Array, height: number, width: number): readonly MaskRegion[] => {
  const seen = new Uint8Array(mask.length)
  const stack = new Int32Array(mask.length)
  const regions: MaskRegion[] = []
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || seen[start]) continue
    let [x0, y0, x1, y1] = [width, height, 0, 0]
    let depth = 0
    const found: number[] = []
    const visit = (p: number): void => {
      if (!mask[p] || seen[p]) return
      seen[p] = 1
      stack[depth++] = p
    }
    visit(start)
    while (depth > 0) {
      const p = stack[--depth]!
      found.push(p)
      const x = p % width
      const y = (p - x) / width
      x0 = Math.min(x0, x)
      x1 = Math.max(x1, x + 1)
      y0 = Math.min(y0, y)
      y1 = Math.max(y1, y + 1)
      if (x > 0) visit(p - 1)
      if (x < width - 1) visit(p + 1)
      if (y > 0) visit(p - width)
      if (y < height - 1) visit(p + width)
    }
    const full = found.length === (x1 - x0) * (y1 - y0)
    regions.push({ pixels: Int32Array.from(found).toSorted(), rectangle: full ? [x0, y0, x1, y1] : undefined })
  }
  return regions
}
