// What all extractors of this package are: metrics' interface, and a way to give back what they hold.
import type { FeatureExtractor } from '@radiograft/metrics/distribution'

export interface Extractor extends FeatureExtractor {
  /** Gives tensors and compiled graphs back. */
  readonly dispose: () => void
}
