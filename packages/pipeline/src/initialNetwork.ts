// A finished network to start a fit from, instead of drawn weights: whether it may be, and what the new one has then seen.
import { assertUnseen } from './assertUnseen.ts'
import type { Network } from './kinds/network.ts'
import type { ProvenanceRow } from './kinds/provenance.ts'
import type { SplitRow } from './kinds/split.ts'

export interface InitialNetwork {
  readonly init: Network | undefined
  /** the films that `init` has seen: the fitted network will have seen them too */
  readonly initProvenance: ReadonlyArray<ProvenanceRow> | undefined
  readonly split: ReadonlyArray<SplitRow>
}

/**
 * @param rules.network what it is called: `detector`
 * @param rules.refuse makes the error of the package, from a port and what is wrong
 * @param rules.check throws when the configuration is not the one asked for
 * @throws what `refuse` makes when one input is wired without the other
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialNetwork = (
  { init, initProvenance, split }: InitialNetwork,
  rules: {
    readonly network: string
    readonly refuse: (port: 'init' | 'initProvenance', problem: string) => Error
    readonly check: (config: Network['config']) => void
  },
): void => {
  const { network, refuse, check } = rules
  if (init && !initProvenance)
    throw refuse('init', `wire initProvenance too: what that ${network} has seen, the new one has seen`)
  if (!init && initProvenance) throw refuse('initProvenance', 'is wired without init: wire both or neither')
  if (!init || !initProvenance) return
  check(init.config)
  assertUnseen(
    [initProvenance],
    split.filter(({ part }) => part !== 'train'),
  )
}

/** What a network has seen that went on from another: the films of both, each once. */
export const seenByBoth = (
  now: ReadonlyArray<ProvenanceRow>,
  before: ReadonlyArray<ProvenanceRow> = [],
): ReadonlyArray<ProvenanceRow> => [
  ...new Map([...before, ...now].map((row) => [JSON.stringify([row.product, row.film, row.role]), row])).values(),
]
