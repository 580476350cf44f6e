// A finished aligner to start a fit from, instead of drawn weights: whether it fits, and what it has seen. Used by the entry of
// `fit-aligner`.
import { assertUnseen } from '@radiograft/pipeline'
import type { Network, ProvenanceRow, SplitRow } from '@radiograft/pipeline'
import { alignerConfig } from '../alignerConfig.ts'
import { AlignError } from '../AlignError.ts'

export interface InitialAligner {
  readonly init: Network | undefined
  /** the films that `init` has seen: the fitted aligner will have seen them too */
  readonly initProvenance: ReadonlyArray<ProvenanceRow> | undefined
  readonly split: ReadonlyArray<SplitRow>
}

/**
 * Its reference may be another film than this fit's: training moves on to the new one.
 * @param size side of the films that the new aligner sees
 * @throws AlignError when one input is wired without the other, or the aligner is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialAligner = ({ init, initProvenance, split }: InitialAligner, size: number): void => {
  if (init && !initProvenance)
    throw new AlignError('init', 'wire initProvenance too: what that aligner has seen, the new one has seen')
  if (!init && initProvenance) throw new AlignError('initProvenance', 'is wired without init: wire both or neither')
  if (!init || !initProvenance) return
  const found = alignerConfig(init.config)
  if (found.size !== size)
    throw new AlignError(
      'init',
      `size is ${found.size} in that aligner and ${size} here: set size to ${found.size}, or leave init unwired`,
    )
  assertUnseen(
    [initProvenance],
    split.filter(({ part }) => part !== 'train'),
  )
}

/** What an aligner has seen that went on from another: the films of both, each once. */
export const seenByBoth = (
  now: ReadonlyArray<ProvenanceRow>,
  before: ReadonlyArray<ProvenanceRow> = [],
): ReadonlyArray<ProvenanceRow> => [
  ...new Map([...before, ...now].map((row) => [JSON.stringify([row.product, row.film, row.role]), row])).values(),
]
