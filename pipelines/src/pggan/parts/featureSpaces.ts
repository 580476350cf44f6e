// The networks in whose features films are measured (rows P2, P9, P10): the classifier of the cohort, and one that no film of it has taught,
// where `--data extractor=<folder>` gives one. Each measures by itself; figures of two are never compared.
import type { Build, DatasetRef, Features, Films, Network, Provenance, Ref } from '@radiograft/pipeline'
import { extractFeatures, readExtractor } from '@radiograft/features/stages'

export interface FeatureSpace {
  /** ends the names of its stages: empty for the classifier */
  readonly of: string
  readonly network: Ref<typeof Network>
  /** what it has seen of the cohort, nothing where it comes from elsewhere */
  readonly seen: ReadonlyArray<Ref<typeof Provenance>>
  readonly features: (name: string, films: Ref<typeof Films>) => Ref<typeof Features>
}

export const featureSpaces = (
  g: Build,
  classifier: { readonly classifier: Ref<typeof Network>; readonly provenance: Ref<typeof Provenance> },
  weights: DatasetRef | undefined,
): ReadonlyArray<FeatureSpace> =>
  [
    { of: '', network: classifier.classifier, seen: [classifier.provenance] },
    ...(weights
      ? [{ of: '-extractor', network: g('read-extractor', readExtractor, { weights }).network, seen: [] }]
      : []),
  ].map((space) => ({
    ...space,
    features: (name, films) =>
      g(`features-${name}${space.of}`, extractFeatures, { films, network: space.network }).features,
  }))
