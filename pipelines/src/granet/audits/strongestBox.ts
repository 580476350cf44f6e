/**
 * The outline of a box that most pixels speak for: max over boxes of Σ (evidence − level) along the four edges. Like the
 * largest run of a row of numbers, but of an outline; a higher level wants more of each pixel and prefers short outlines.
 * Used by `seamFeatures`. In O(height² · width): for a pair of rows the two columns separate.
 *
 * @param upright [height · width] evidence of an edge that runs down the column, at most 1 a pixel
 * @param level [height · width] the same of an edge along the row
 * @param options.side least side of the box
 * @param options.margin pixels at each border that no edge may lie in
 */
export const strongestBox = (
  upright: Float32Array,
  level: Float32Array,
  height: number,
  width: number,
  { side, margin, threshold }: { readonly side: number; readonly margin: number; readonly threshold: number },
): number => {
  const down = new Float64Array((height + 1) * width) // sums above each pixel
  const along = new Float64Array(height * (width + 1)) // sums left of each pixel
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      down[(y + 1) * width + x] = down[y * width + x]! + upright[y * width + x]! - threshold
      along[y * (width + 1) + x + 1] = along[y * (width + 1) + x]! + level[y * width + x]! - threshold
    }
  let strongest = -Infinity
  for (let y0 = margin; y0 < height - margin - side; y0++)
    for (let y1 = y0 + side; y1 < height - margin; y1++) {
      let left = -Infinity
      for (let x1 = margin + side; x1 < width - margin; x1++) {
        // both columns between the rows, both rows up to the column: what a left edge takes away a right edge gives
        const x0 = x1 - side
        const rows0 = along[y0 * (width + 1) + x0]! + along[y1 * (width + 1) + x0]!
        left = Math.max(left, down[y1 * width + x0]! - down[y0 * width + x0]! - rows0)
        const rows1 = along[y0 * (width + 1) + x1]! + along[y1 * (width + 1) + x1]!
        strongest = Math.max(strongest, left + down[y1 * width + x1]! - down[y0 * width + x1]! + rows1)
      }
    }
  return strongest
}
