// What `measure-shares` says of sets whose shares are known (rows P4, P11): a control that needs no generator. Sets and source are of different
// held-out patients. Validation films chose the classifier and count its errors, which may make these look smaller than they are;
// of unseen patients, as the sets are, that would put known shares outside of their bounds.
import type { Build, Findings, Labels, Predictions, Provenance, Ref, Split } from '@radiograft/pipeline'
import { checkShares, measureShares, mixClasses } from '@radiograft/metrics/stages'

interface Known {
  /** of all real films */
  readonly predictions: Ref<typeof Predictions>
  readonly labels: Ref<typeof Labels>
  readonly findings?: Ref<typeof Findings>
  readonly split: Ref<typeof Split>
  /** of the classifier */
  readonly provenance: Ref<typeof Provenance>
}

/** @param without the class that one set lacks; empty: the commonest of the positives */
export const shareControls = (g: Build, { predictions, provenance, split, ...truth }: Known, without: string) => {
  const mixed = g('mix-classes', mixClasses, { predictions, split, ...truth }, { without })
  const shares = g(
    'measure-mixes',
    measureShares,
    {
      validation: predictions,
      heldOut: predictions,
      generated: [mixed.unlike, mixed.without],
      ...truth,
      split: mixed.split,
      provenance: [provenance],
    },
    { names: ['mix-unlike', 'mix-without'] },
  )
  return g('check-mixes', checkShares, { metrics: [shares.metrics], known: mixed.known })
}
