// A finished generator to start a fit from, instead of drawn weights: whether it fits, and what it has seen. Used by both fits.
import { assertUnseen, type Network, type ProvenanceRow, type SplitRow } from '@radiograft/pipeline'
import { generatorConfig, type GeneratorConfig } from '../generatorConfig.ts'
import { GanModelsError } from '../GanModelsError.ts'

export interface InitialGenerator {
  readonly init: Network | undefined
  /** the films that `init` has seen: the fitted generator will have seen them too */
  readonly initProvenance: ReadonlyArray<ProvenanceRow> | undefined
}

/**
 * The size of films may differ: the network is convolutional, so what was fitted small can go on larger.
 * @throws GanModelsError when one input is wired without the other, or the generator is not the one asked for
 * @throws LeakageError when it has seen a patient of the split's validation or test part
 */
export const checkInitialGenerator = (
  { init, initProvenance }: InitialGenerator,
  wanted: GeneratorConfig['network'],
  split: ReadonlyArray<SplitRow>,
): void => {
  if (init && !initProvenance)
    throw new GanModelsError('init', 'wire initProvenance too: what that generator has seen, the new one has seen')
  if (!init && initProvenance) throw new GanModelsError('initProvenance', 'is wired without init: wire both or neither')
  if (!init || !initProvenance) return
  const found = generatorConfig(init.config).network
  for (const field of ['filters', 'blocks', 'skip'] as const)
    if (found[field] !== wanted[field])
      throw new GanModelsError(
        'init',
        `${field} is ${found[field]} in that generator and ${wanted[field]} here: set ${field} to ${found[field]}, or leave init unwired`,
      )
  assertUnseen(
    [initProvenance],
    split.filter(({ part }) => part !== 'train'),
  )
}

/** What a generator has seen that went on from another: the films of both, each once. */
export const seenByBoth = (
  now: ReadonlyArray<ProvenanceRow>,
  before: ReadonlyArray<ProvenanceRow> = [],
): ReadonlyArray<ProvenanceRow> => [
  ...new Map([...before, ...now].map((row) => [JSON.stringify([row.product, row.film, row.role]), row])).values(),
]
