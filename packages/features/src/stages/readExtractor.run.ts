// Entry of `read-extractor`.
import type { RunOf } from '@radiograft/pipeline'
import { readMobilenetV2 } from '../extractors/mobilenetV2.ts'
import { LayersModelError } from '../layersModel/LayersModelError.ts'
import type { readExtractor } from './readExtractor.ts'

export const run: RunOf<typeof readExtractor> = async ({ inputs }) => {
  const { layout, root } = inputs.weights
  if (layout !== 'layers-model')
    throw new LayersModelError(root, 'file', `read-extractor reads a folder with model.json, and this is ${layout}`)
  const { config, tensors } = await readMobilenetV2(root)
  return { network: { config: { ...config }, tensors } }
}
