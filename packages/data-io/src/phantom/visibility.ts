/**
 * Whether a finding can be seen: its mean noise-free contrast against the twin over the mask, and its area, both on the
 * 256² render whatever the film's size, so that the same lesions are drawn at every size. Used by `settleFinding.ts`.
 */
import type { FindingKind } from './findings/findingKind.ts'

const { abs } = Math

export interface Visibility {
  /** Mean |v − v_twin| over the mask, in grey levels of 255. */
  readonly contrast: number
  /** Marked share of the film. */
  readonly area: number
}

/** Contrast and area of a mask, from the values with and without the finding at each pixel. */
export function visibilityOf(
  mask: Uint8Array,
  withFinding: (o: number) => number,
  without: (o: number) => number,
): Visibility {
  let sum = 0
  let marked = 0
  for (let o = 0; o < mask.length; o++) {
    if (mask[o] === 0) continue
    sum += abs(withFinding(o) - without(o))
    marked++
  }
  return { contrast: marked === 0 ? 0 : (sum / marked) * 255, area: marked / mask.length }
}

/** The rule: contrast and area at least what the kind of finding asks. */
export function isVisible(
  { contrast, area }: Visibility,
  kind: Pick<FindingKind<unknown>, 'leastContrast' | 'leastArea'>,
): boolean {
  return contrast >= kind.leastContrast && area >= kind.leastArea
}
