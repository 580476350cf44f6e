// Copies that are known to be copies (row P10): a few among generated films, which must all be held back, and as many as there are
// generated films, which must fail the report. Both are measured apart from the films that are exported.
import type { Build, Films, Provenance, Ref, Split } from '@radiograft/pipeline'
import { blockCopies, countPlanted, measureMemorisation, plantCopies } from '@radiograft/metrics/stages'
import type { FeatureSpace } from './featureSpaces.ts'

interface Known {
  readonly real: Ref<typeof Films>
  /** by which the generator was trained */
  readonly split: Ref<typeof Split>
  readonly generated: Ref<typeof Films>
  readonly provenance: Ref<typeof Provenance>
  /** what the run exports */
  readonly exported: Ref<typeof Films>
  readonly spaces: ReadonlyArray<FeatureSpace>
}

/** @param p `planted` copies, and as many films of other patients; `samples` films of the memoriser */
export const copyControls = (
  g: Build,
  { real, split, generated, provenance, exported, spaces }: Known,
  p: { readonly planted: number; readonly samples: number },
) => {
  const measured = (name: string, films: Ref<typeof Films>) =>
    g(
      `measure-${name}`,
      measureMemorisation,
      {
        real,
        split,
        generated: films,
        realFeatures: spaces.map((space) => space.features('real', real)),
        generatedFeatures: spaces.map((space) => space.features(name, films)),
        provenance: [provenance],
      },
      { arm: name },
    )
  const among = g(
    'plant-copies',
    plantCopies,
    { films: real, split, among: generated },
    { copies: p.planted, others: p.planted },
  )
  const looked = measured('planted', among.films)
  const held = g('block-planted', blockCopies, {
    generated: among.films,
    scores: looked.scores,
    neighbours: looked.neighbours,
    provenance: [provenance],
    metrics: [looked.metrics],
  })
  const planted = g('count-planted', countPlanted, {
    copies: among.copies,
    others: among.others,
    blocked: held.blocked,
    passed: held.exported,
    exported,
    metrics: looked.metrics,
  })
  const replayed = g('replay-films', plantCopies, { films: real, split }, { copies: p.samples })
  return { planted, memoriser: measured('memoriser', replayed.films) }
}
