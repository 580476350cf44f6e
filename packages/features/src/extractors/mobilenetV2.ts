// MobileNetV2 (Sandler et al. 2018) of width 1 at 224 x 224 as a feature network, from a folder in TF.js' layers format: the
// layer `out_relu`, 1280 numbers a film. It lives here and not among the backbones, because it is read and never trained:
// its layers come from the file, and no network of ours is built of them.
import { LayersModelError } from '../layersModel/LayersModelError.ts'
import { layersNetwork } from '../layersModel/layersNetwork.ts'
import { readLayersModel } from '../layersModel/readLayersModel.ts'
import type { StoredLayersModel } from '../layersModel/readLayersModel.ts'
import { weightsDigest } from '../layersModel/weightsDigest.ts'
import type { ExtractorNetwork } from './ExtractorNetwork.ts'

const SIDE = 224
const COLUMNS = 1280
/** Of Keras' MobileNetV2 without its classifier, width 1: narrower ones have 1280 columns too. */
const PARAMETERS = 2_257_984

/**
 * @throws LayersModelError naming what is wrong: no `out_relu`, other shapes, another number of parameters, and as
 *   `layersNetwork`
 */
export const mobilenetV2 = (stored: StoredLayersModel): ExtractorNetwork => {
  const { model, shards } = stored
  const { steps, tensors, input, output, parameters } = layersNetwork(model, shards, 'out_relu')
  const wrong = (what: string): LayersModelError =>
    new LayersModelError(model.file, 'network', `not MobileNetV2 of width 1 at ${SIDE} x ${SIDE}: ${what}`)
  if (input.join() !== [SIDE, SIDE, 3].join()) throw wrong(`it takes films of ${input.join(' x ')}`)
  if (output[2] !== COLUMNS) throw wrong(`out_relu has ${output[2]} channels, not ${COLUMNS}`)
  if (parameters !== PARAMETERS) throw wrong(`it has ${parameters} parameters up to out_relu, not ${PARAMETERS}`)
  return {
    config: {
      architecture: 'layers-model',
      name: `mobilenet-v2-${SIDE}`,
      sha256: weightsDigest(stored),
      side: SIDE,
      columns: COLUMNS,
      steps,
    },
    tensors,
  }
}

/** @throws LayersModelError as `mobilenetV2`, and where a file is missing */
export const readMobilenetV2 = async (folder: string): Promise<ExtractorNetwork> =>
  mobilenetV2(await readLayersModel(folder))
