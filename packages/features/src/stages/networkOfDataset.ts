// The feature network in a folder that is bound as a dataset. Used by `read-extractor`, and by the command line before a run, so that
// a wrong folder ends it at once.
import type { Dataset } from '@radiograft/pipeline'
import { LayersModelError } from '../layersModel/LayersModelError.ts'
import type { ExtractorNetwork } from '../extractors/ExtractorNetwork.ts'
import { readMobilenetV2 } from '../extractors/mobilenetV2.ts'

/** Digits of the weights' digest in a name: as many as tell the files of one person apart, few enough to be read. */
const DIGITS = 8

/**
 * Named by its weights too, `mobilenet-v2-224-1a2b3c4d`: names of figures are made of it, and figures of two networks are never compared.
 * @throws LayersModelError where the folder holds films, and as `readMobilenetV2`
 */
export const networkOfDataset = async ({
  layout,
  root,
}: Pick<Dataset, 'layout' | 'root'>): Promise<ExtractorNetwork> => {
  if (layout !== 'layers-model')
    throw new LayersModelError(root, 'file', `read-extractor reads a folder with model.json, and this is ${layout}`)
  const { config, tensors } = await readMobilenetV2(root)
  return { config: { ...config, name: `${config.name}-${config.sha256.slice(0, DIGITS)}` }, tensors }
}
