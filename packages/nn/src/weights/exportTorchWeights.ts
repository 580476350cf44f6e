// Parameters of any network made of these layers, as torch names and lays them out: `writeSafetensors` of it is what
// `load_state_dict(strict=True)` takes on the same architecture. The inverse of `importTorchWeights`.
import type { SafetensorsTensor } from '@radiograft/safetensors'
import type { NetworkTensor } from '../params/networkTensors.ts'
import { toTorchLayout } from './torchLayout.ts'
import { torchNames } from './torchNames.ts'
import type { TorchWeightOptions } from './torchNames.ts'

/**
 * By torch's names, in torch's layout, F32. Batch norm's `num_batches_tracked` is left out: torch starts it at 0.
 * @param params as `toNetworkTensors` gives them, or the tensors of an artefact of kind `network`
 * @throws NetworkError when `rename` gives two parameters one name, `flattened` does not fit, or a parameter has three axes or
 *   more than four
 */
export const exportTorchWeights = (
  params: Readonly<Record<string, NetworkTensor>>,
  options: TorchWeightOptions = {},
): Record<string, SafetensorsTensor> =>
  Object.fromEntries(
    torchNames(Object.keys(params), options).map(({ ours, torch, map }) => [
      torch,
      { dtype: 'F32', ...toTorchLayout(ours, params[ours]!, map) } satisfies SafetensorsTensor,
    ]),
  )
