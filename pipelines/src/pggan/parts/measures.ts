// What is measured of each generator's films (rows P2, P4, P8 to P11), beside real films: by classes of one classifier, and by features of
// it and of what else is given.
import type { Build, Cohort, Films, Findings, Labels, Predictions, Provenance, Ref, Split } from '@radiograft/pipeline'
import { classify } from '@radiograft/classifiers/stages'
import { measureLadder } from '@radiograft/features/stages'
import { measureDistribution, measureMemorisation, measureShares, measureVariety } from '@radiograft/metrics/stages'
import type { FeatureSpace } from './featureSpaces.ts'
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
  /** of all generators */
  readonly seen: ReadonlyArray<Ref<typeof Provenance>>
}

/** @param spaces the classifier's first */
export const measures = (
  g: Build,
  { films, labels, findings, who, seenBy }: Real,
  { sets, provenance, seen }: Made,
  spaces: ReadonlyArray<FeatureSpace>,
  p: { readonly resamples: number; readonly directions: number },
) => {
  const names = [...generatorNames]
  const { network: classifier, seen: taught } = spaces[0]!
  const classes = (name: string, of: Ref<typeof Films>): Ref<typeof Predictions> =>
    g(`classify-${name}`, classify, { films: of, classifier }).predictions
  const predictions = classes('real', films)
  const looked = spaces.map((space) => ({
    ...space,
    real: space.features('real', films),
    generated: sets.map((set) => space.features(set.name, set.films)),
  }))
  const distances = looked.map((space) =>
    g(
      `measure-distribution${space.of}`,
      measureDistribution,
      { real: space.real, ...who, generated: space.generated, provenance: [...seen, ...space.seen] },
      {
        names,
        contrasts: ['pggan / pggan-early', 'pggan − pggan-early', 'pggan − dcgan', 'pggan − real-floor'],
        resamples: p.resamples,
      },
    ),
  )
  // whether these distances see what is wrong with films at all (P2)
  const ladders = spaces.map(({ of, network }) => g(`measure-ladder${of}`, measureLadder, { films, ...who, network }))
  const variety = g(
    'measure-variety',
    measureVariety,
    { real: films, split: who.split, generated: sets.map((set) => set.films), provenance: [...seen, ...taught] },
    { names, directions: p.directions },
  )
  const shares = g(
    'measure-shares',
    measureShares,
    {
      validation: predictions,
      heldOut: predictions,
      generated: sets.map((set) => classes(set.name, set.films)),
      labels,
      ...(findings ? { findings } : {}),
      split: who.split,
      provenance: [...seen, ...taught],
    },
    { names, resamples: p.resamples },
  )
  const copies = g(
    'measure-memorisation',
    measureMemorisation,
    {
      real: films,
      split: seenBy,
      generated: sets[0]!.films,
      realFeatures: looked.map((space) => space.real),
      generatedFeatures: looked.map((space) => space.generated[0]!),
      provenance: [provenance],
    },
    { arm: 'pggan' },
  )
  return { predictions, distances, ladders, variety, shares, copies }
}
