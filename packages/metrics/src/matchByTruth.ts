/** The public kernel's loop, kept as it is: truth outside, ≥, first free prediction wins. `matchFilm` calls it. */

/**
 * @param iou [all predictions, targets], predictions in falling order of score
 * @param kept how many of the surest predictions take part
 * @returns 1 for each of these that hit, else 0
 */
export const matchByTruth = (iou: Float64Array, targets: number, t: number, kept: number): Int8Array => {
  const hit = new Int8Array(kept)
  for (let g = 0; g < targets; g++) {
    for (let p = 0; p < kept; p++) {
      if (hit[p] === 0 && iou[p * targets + g]! >= t) {
        hit[p] = 1
        break
      }
    }
  }
  return hit
}
