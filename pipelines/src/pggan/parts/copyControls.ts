// Copies that are known to be copies (row P10): a few among generated films, which must all be held back, and as many as there are
// generated films, which must fail the report. Both are measured apart from the films that are exported.
import type { Build, Features, Films, Network, Provenance, Ref, Split } from '@radiograft/pipeline'
import { extractFeatures } from '@radiograft/features/stages'
import { blockCopies, countPlanted, measureMemorisation, plantCopies } from '@radiograft/metrics/stages'

interface Known {
  readonly real: Ref<typeof Films>
  readonly realFeatures: Ref<typeof Features>
  /** by which the generator was trained */
  readonly split: Ref<typeof Split>
  readonly generated: Ref<typeof Films>
  readonly provenance: Ref<typeof Provenance>
  /** what the run exports */
  readonly exported: Ref<typeof Films>
  /** feature network */
  readonly network: Ref<typeof Network>
}

/** @param p `planted` copies, and as many films of other patients; `samples` films of the memoriser */
export const copyControls = (
  g: Build,
  { real, realFeatures, split, generated, provenance, exported, network }: Known,
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
        realFeatures,
        generatedFeatures: g(`features-${name}`, extractFeatures, { films, network }).features,
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
