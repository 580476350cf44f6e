// What is measured of each generator's films (rows P2, P4, P8 to P11), beside real films and by features and classes of one classifier.
import type {
  Build,
  Cohort,
  Features,
  Films,
  Findings,
  Labels,
  Network,
  Predictions,
  Provenance,
  Ref,
  Split,
} from '@radiograft/pipeline'
import { classify } from '@radiograft/classifiers/stages'
import { extractFeatures, measureLadder } from '@radiograft/features/stages'
import { measureDistribution, measureMemorisation, measureShares, measureVariety } from '@radiograft/metrics/stages'
import { generatorNames } from './generators.ts'

interface Real {
  readonly films: Ref<typeof Films>
  readonly labels: Ref<typeof Labels>
  readonly findings?: Ref<typeof Findings>
  readonly who: { readonly split: Ref<typeof Split>; readonly cohort: Ref<typeof Cohort> }
  /** parts of one law: what the first generator saw, and what is held out of the same classes */
  readonly seenBy: Ref<typeof Split>
}

interface Made {
  /** in the order of `generatorNames` */
  readonly sets: ReadonlyArray<{ readonly name: string; readonly films: Ref<typeof Films> }>
  /** of the first generator */
  readonly provenance: Ref<typeof Provenance>
  /** of all, and of the classifier */
  readonly seen: ReadonlyArray<Ref<typeof Provenance>>
}

/** A collection by the classifier: its last features, and its classes. */
export interface Read {
  readonly features: Ref<typeof Features>
  readonly predictions: Ref<typeof Predictions>
}

const readBy = (g: Build, name: string, films: Ref<typeof Films>, network: Ref<typeof Network>): Read => ({
  features: g(`features-${name}`, extractFeatures, { films, network }).features,
  predictions: g(`classify-${name}`, classify, { films, classifier: network }).predictions,
})

export const measures = (
  g: Build,
  { films, labels, findings, who, seenBy }: Real,
  { sets, provenance, seen }: Made,
  network: Ref<typeof Network>,
  p: { readonly resamples: number; readonly directions: number },
) => {
  const names = [...generatorNames]
  const known = readBy(g, 'real', films, network)
  const made = sets.map((set) => ({ films: set.films, ...readBy(g, set.name, set.films, network) }))
  const distances = g(
    'measure-distribution',
    measureDistribution,
    { real: known.features, ...who, generated: made.map((set) => set.features), provenance: seen },
    {
      names,
      contrasts: ['pggan / pggan-early', 'pggan − pggan-early', 'pggan − dcgan', 'pggan − real-floor'],
      resamples: p.resamples,
    },
  )
  // whether that distance sees what is wrong with films at all (P2)
  const ladder = g('measure-ladder', measureLadder, { films, ...who, network })
  const variety = g(
    'measure-variety',
    measureVariety,
    { real: films, split: who.split, generated: made.map((set) => set.films), provenance: seen },
    { names, directions: p.directions },
  )
  const shares = g(
    'measure-shares',
    measureShares,
    {
      validation: known.predictions,
      heldOut: known.predictions,
      generated: made.map((set) => set.predictions),
      labels,
      ...(findings ? { findings } : {}),
      split: who.split,
      provenance: seen,
    },
    { names, resamples: p.resamples },
  )
  const [first] = made
  const copies = g(
    'measure-memorisation',
    measureMemorisation,
    {
      real: films,
      split: seenBy,
      generated: first!.films,
      realFeatures: known.features,
      generatedFeatures: first!.features,
      provenance: [provenance],
    },
    { arm: 'pggan' },
  )
  return { known, distances, ladder, variety, shares, copies }
}
