// The folder of a feature network looked at before a run, so that a wrong one ends it at once and not after an hour.
import type { Dataset } from '@radiograft/pipeline'
import { networkOfDataset } from '../stages/networkOfDataset.ts'

/**
 * Reads the network whole, which takes a second, and keeps nothing of it.
 * @throws LayersModelError as `networkOfDataset`
 */
export const checkExtractor = async (dataset: Pick<Dataset, 'layout' | 'root'>): Promise<void> => {
  await networkOfDataset(dataset)
}
