/** What a measure of feature matrices is to `measureFeatures`, `realFloor` and `memoriser`: a value, and its resampled values. */
import type { Features } from './features.ts'
import type { Owners, UnitDraw } from './resampleUnits.ts'

export interface FeatureMeasure {
  /** `fid-projected64`, `kid`, `recall-k3` */
  readonly protocol: string
  readonly biasedByN: boolean
  readonly range: readonly [low: number, high: number]
  /** dimensions in which films are compared, of features with so many columns */
  readonly dims: (columns: number) => number
  readonly value: (real: Features, fake: Features) => number
  /** the value in one draw of units, prepared once for many; with every unit once it is the value */
  readonly resampler: (real: OwnedFeatures, fake: OwnedFeatures) => (draw: UnitDraw) => number
}

export interface OwnedFeatures extends Features {
  readonly owners: Owners
}
