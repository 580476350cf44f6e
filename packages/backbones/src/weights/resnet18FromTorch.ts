// Public weights of ResNet-18 for our encoder. torchvision and timm give its tensors the same names and shapes (timm 1.0 was
// written after torchvision's), so one function takes both. Used by those who start a detector or an aligner from ImageNet.
import { importTorchWeights, parameterShapes } from '@radiograft/nn'
import type { NetworkTensor, SafetensorsTensor } from '@radiograft/nn'
import { resnet18, resnet18Channels } from '../resnet18.ts'

export type Resnet18FromTorchOptions = {
  /**
   * The first convolution of colour weights. 'as-stored' keeps its channels: `resnet18({ inC: 3 })` takes them. 'sum-to-grey'
   * adds the filters of red, green and blue: `resnet18({ inC: 1 })` then gives for a grey film what the colour network gives
   * for that film in all three channels. @default 'as-stored'
   */
  readonly firstConv?: 'as-stored' | 'sum-to-grey'
  /** 'keep' adds `fc.weight` [512, classes] and `fc.bias`, for a `dense` layer after `globalAvgPool` of `c5`. @default 'drop' */
  readonly classifier?: 'drop' | 'keep'
  /** What stands before every name in the file, such as `module.` or `encoder.`. @default '' */
  readonly prefix?: string
  /** How errors call the weights. @default 'ResNet-18' */
  readonly source?: string
}

/** A filter [kh, kw, channels, out] → [kh, kw, 1, out], summed over the channels. */
const sumChannels = ({ shape, data }: NetworkTensor): NetworkTensor => {
  const [height, width, channels, out] = shape as [number, number, number, number]
  const sum = new Float32Array(height * width * out)
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let o = 0; o < out; o++) {
      let total = 0
      for (let c = 0; c < channels; c++) total += data[(pixel * channels + c) * out + o]!
      sum[pixel * out + o] = total
    }
  return { shape: [height, width, 1, out], data: sum }
}

/**
 * Parameters of `resnet18` from a state dict of torchvision's or timm's, as `readSafetensors` gives it; `fromNetworkTensors`
 * makes tensors of them. `num_batches_tracked` is ignored, and may be missing as in old files. Needs a backend, as `init` does.
 * @throws TorchWeightsError naming every tensor that is missing, too many or of another shape: those of another ResNet are
 */
export const resnet18FromTorch = (
  tensors: Readonly<Record<string, SafetensorsTensor>>,
  { firstConv = 'as-stored', classifier = 'drop', prefix = '', source = 'ResNet-18' }: Resnet18FromTorchOptions = {},
): Record<string, NetworkTensor> => {
  const stored = (name: string): readonly number[] => tensors[`${prefix}${name}`]?.shape ?? []
  const [out, channels = 0, ...kernel] = stored('conv1.weight')
  // of any other shape it is an error below, and its channels are not to be believed
  const inC = out === resnet18Channels.c2 && channels > 0 && kernel.join() === '7,7' ? channels : 3
  const [classes = 1000] = stored('fc.weight')
  const fc = { 'fc.weight': { shape: [resnet18Channels.c5, classes] }, 'fc.bias': { shape: [classes] } }
  const template = { ...parameterShapes(resnet18({ inC }), [224, 224, inC]), ...(classifier === 'keep' ? fc : {}) }
  const params = importTorchWeights(template, tensors, {
    rename: (name) => `${prefix}${name}`,
    ignore: classifier === 'drop' ? [`${prefix}fc`] : [],
    source,
  })
  return firstConv === 'as-stored' ? params : { ...params, 'conv1.weight': sumChannels(params['conv1.weight']!) }
}
