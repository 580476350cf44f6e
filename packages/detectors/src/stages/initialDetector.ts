// A finished detector to start a fit from, instead of drawn weights: whether it fits, and what it has seen. Used by the entry
// of `fit-detector`.
import { assertUnseen } from '@radiograft/pipeline'
import type { Network, ProvenanceRow, SplitRow } from '@radiograft/pipeline'
import { detectorConfig } from '../detectorConfig.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { DetectorError } from '../DetectorError.ts'

export interface InitialDetector {
  readonly init: Network | undefined
  /** the films that `init` has seen: the fitted detector will have seen them too */
  readonly initProvenance: ReadonlyArray<ProvenanceRow> | undefined
  readonly split: ReadonlyArray<SplitRow>
}

/** What decides shapes, and what decides the meaning of an output, with the parameter or input that sets it. */
const fields: ReadonlyArray<readonly [name: string, of: (config: DetectorConfig) => unknown, recovery: string]> = [
  ['headChannels', ({ network }) => network.headChannels, 'set headChannels to that of the network'],
  ['headNorm', ({ network }) => network.headNorm, 'set headNorm to that of the network'],
  ['classNames', ({ classNames }) => classNames, 'its films had other classes; set globalClasses as it was then'],
  ['levels', ({ levels }) => levels, 'set anchorFactor as it was when the network was fitted'],
]

/**
 * Film size and attention may differ: the network is convolutional, and attention has no weights of its own.
 * @throws DetectorError when one input is wired without the other, or the detector is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialDetector = (
  { init, initProvenance, split }: InitialDetector,
  wanted: DetectorConfig,
): void => {
  if (init && !initProvenance)
    throw new DetectorError('init', 'wire initProvenance too: what that detector has seen, the new one has seen')
  if (!init && initProvenance) throw new DetectorError('initProvenance', 'is wired without init: wire both or neither')
  if (!init || !initProvenance) return
  const found = detectorConfig(init.config)
  for (const [name, of, recovery] of fields) {
    const [is, should] = [JSON.stringify(of(found)), JSON.stringify(of(wanted))]
    if (is !== should)
      throw new DetectorError(
        'init',
        `${name} is ${is} in that detector and ${should} here: ${recovery}, or leave init unwired`,
      )
  }
  assertUnseen(
    [initProvenance],
    split.filter(({ part }) => part !== 'train'),
  )
}

/** What a detector has seen that went on from another: the films of both, each once. */
export const seenByBoth = (
  now: ReadonlyArray<ProvenanceRow>,
  before: ReadonlyArray<ProvenanceRow> = [],
): ReadonlyArray<ProvenanceRow> => [
  ...new Map([...before, ...now].map((row) => [JSON.stringify([row.product, row.film, row.role]), row])).values(),
]
