/** A measure of generated against real films with all that makes it a number of its own. Two figures stand beside each other only through `compareFigures`. */
import type { ExtractorIdentity } from './extractor.ts'

export interface DistributionFigure {
  /** protocol, extractor and number of films: `fid-projected64-inception-n500`, `kid-inception-n500x480` (real x fake) */
  readonly metric: string
  /** what was measured and how, without extractor and n: `fid-projected64`, `precision-k3` */
  readonly protocol: string
  /** whether another number of films would give another value on average, so that only figures of equal n are compared */
  readonly biasedByN: boolean
  readonly value: number
  /** interval over units, about the value (`resampleUnits`) */
  readonly low: number
  readonly high: number
  /** standard deviation of the resampled value */
  readonly se: number
  /** coverage of the interval */
  readonly confidence: number
  /** films of each set; null for a set that the measure does not look at */
  readonly n: { readonly real: number | null; readonly fake: number | null }
  /** units (patients, donors) of each set */
  readonly units: { readonly real: number | null; readonly fake: number | null }
  /** dimensions in which films were compared, those of a projection where there is one */
  readonly dims: number
  readonly extractor: ExtractorIdentity
}

/** `<protocol>-<extractor>-n500`, with both numbers where they differ and one where one set is measured. */
export const figureName = (
  protocol: string,
  { name }: ExtractorIdentity,
  { real, fake }: DistributionFigure['n'],
): string => {
  const n = real === null || fake === null || real === fake ? `${real ?? fake}` : `${real}x${fake}`
  return `${protocol}-${name}-n${n}`
}
