// The check of a folder by the package whose stage reads it: films by the one that reads films, the weights of a network by the one
// that computes features. Each is loaded only where it is asked.
import type { AnyRef } from '@radiograft/pipeline'
import { dataCommands } from './dataCommands.ts'
import type { DataCommands } from './dataCommands.ts'
import { featureCommands } from './featureCommands.ts'

/** Rejects with that package's error. */
export const checkByReader: DataCommands['checkDataset'] = async (dataset, nodes) => {
  const isRead = ({ inputs }: (typeof nodes)[number]): boolean =>
    (inputs['weights'] as AnyRef | undefined)?.node?.dataset?.value === dataset
  if (!nodes.some(isRead)) return (await dataCommands()).checkDataset(dataset, nodes)
  await (await featureCommands()).checkExtractor(dataset)
  return undefined
}
