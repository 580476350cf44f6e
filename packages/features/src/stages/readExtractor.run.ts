// Entry of `read-extractor`.
import type { RunOf } from '@radiograft/pipeline'
import { networkOfDataset } from './networkOfDataset.ts'
import type { readExtractor } from './readExtractor.ts'

export const run: RunOf<typeof readExtractor> = async ({ inputs }) => {
  const { config, tensors } = await networkOfDataset(inputs.weights)
  return { network: { config: { ...config }, tensors } }
}
