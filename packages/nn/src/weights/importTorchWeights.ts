// Weights that torch wrote, as parameters of a network of ours: names mapped, filters and dense weights transposed. Used for
// public weights and for networks that were trained in PyTorch.
import type { SafetensorsTensor } from '@radiograft/safetensors'
import type { NetworkTensor } from '../params/networkTensors.ts'
import { isUnder } from '../params/trainable.ts'
import { missingProblems, TorchWeightsError } from './TorchWeightsError.ts'
import type { TorchWeightProblem } from './TorchWeightsError.ts'
import { fromTorchLayout, torchShape } from './torchLayout.ts'
import { torchNames } from './torchNames.ts'
import type { TorchWeightOptions } from './torchNames.ts'

export type ImportTorchOptions = TorchWeightOptions & {
  /** Prefixes, in torch's names, of tensors that the network has no place for, such as `['fc']`. @default none */
  readonly ignore?: readonly string[]
  /** How errors call the weights. @default 'weights' */
  readonly source?: string
}

/** torch's batch norm counts its batches; only its cumulative average, which nobody here has, reads the count. */
const isCounter = (name: string): boolean => /(^|\.)num_batches_tracked$/.test(name)

const listed = (shape: readonly number[]): string => `[${shape.join(', ')}]`

/**
 * Every parameter of the template with its value from `tensors`: `fromNetworkTensors` makes tensors of them.
 * `num_batches_tracked` is ignored. F16, BF16 and F64 become float32.
 * @param template the network's parameters, of which only names and shapes are read: `Params`, stored tensors, or what
 *   `parameterShapes` gives
 * @param tensors as `readSafetensors` of @radiograft/safetensors gives them, by torch's names and in torch's layout
 * @throws TorchWeightsError naming every tensor that is missing, not used, of another shape or not of floats
 * @throws NetworkError when `rename` gives two parameters one name, or `flattened` does not fit the template
 */
export const importTorchWeights = (
  template: Readonly<Record<string, { readonly shape: readonly number[] }>>,
  tensors: Readonly<Record<string, SafetensorsTensor>>,
  { ignore = [], source = 'weights', ...options }: ImportTorchOptions = {},
): Record<string, NetworkTensor> => {
  const pairs = torchNames(Object.keys(template), options)
  const wanted = new Set(pairs.map(({ torch }) => torch))
  const extra = Object.keys(tensors).filter(
    (name) => !wanted.has(name) && !isCounter(name) && !ignore.some((prefix) => isUnder(name, prefix)),
  )
  const missing: string[] = []
  const unfit: TorchWeightProblem[] = []
  const params: Record<string, NetworkTensor> = {}
  for (const { ours, torch, map } of pairs) {
    const { shape } = template[ours]!
    const expected = torchShape(ours, shape, map)
    const tensor = Object.hasOwn(tensors, torch) ? tensors[torch] : undefined
    if (tensor === undefined) {
      missing.push(torch)
      continue
    }
    if (listed(tensor.shape) !== listed(expected))
      unfit.push({ tensor: torch, problem: 'shape', detail: `${listed(tensor.shape)}, expected ${listed(expected)}` })
    else if (tensor.dtype === 'F32' || tensor.dtype === 'F16' || tensor.dtype === 'BF16')
      params[ours] = fromTorchLayout(ours, shape, tensor.data, map)
    else if (tensor.dtype === 'F64') params[ours] = fromTorchLayout(ours, shape, Float32Array.from(tensor.data), map)
    else unfit.push({ tensor: torch, problem: 'dtype', detail: `${tensor.dtype}, expected floats` })
  }
  const problems = [
    ...missingProblems(missing, extra),
    ...unfit,
    ...extra.map((tensor): TorchWeightProblem => ({ tensor, problem: 'extra', detail: '' })),
  ]
  if (problems.length > 0) throw new TorchWeightsError(source, problems)
  return params
}
