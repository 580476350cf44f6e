// MobileNetV2 of width 1 in full as a TF.js layers model with drawn weights: 2.3 million of one byte. What the command and
// the reader of real weights are tested with where those are not at hand.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rng } from '@radiograft/random'

/** Expansion, channels, blocks, stride of the first (Sandler et al. 2018, table 2). */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

/** @param side of its input @param last channels of `out_relu` */
export const writeMobilenet = (folder: string, { side = 224, last = 1280 } = {}): string => {
  const layers: object[] = []
  const weights: object[] = []
  const bytes: Uint8Array[] = []
  const stream = rng('drawn MobileNetV2')
  const layer = (name: string, kind: string, config: object, ...from: ReadonlyArray<string>): string => {
    layers.push({
      name,
      class_name: kind,
      config: { name, ...config },
      inbound_nodes: from.length === 0 ? [] : [from.map((each) => [each, 0, 0, {}])],
    })
    return name
  }
  const weight = (name: string, shape: ReadonlyArray<number>, low: number, high: number): void => {
    const size = shape.reduce((a, b) => a * b, 1)
    bytes.push(Uint8Array.from(stream.fork(name).ints(size, 0, 256)))
    weights.push({
      name,
      shape,
      dtype: 'float32',
      quantization: { min: low, scale: (high - low) / 255, dtype: 'uint8' },
    })
  }
  const norm = (name: string, c: number, from: string): string => {
    layer(name, 'BatchNormalization', { axis: -1, epsilon: 0.001, center: true, scale: true }, from)
    weight(`${name}/gamma`, [c], 0.5, 1.5)
    weight(`${name}/beta`, [c], -0.5, 1)
    weight(`${name}/moving_mean`, [c], -0.1, 0.1)
    weight(`${name}/moving_variance`, [c], 0.5, 1.5)
    return name
  }
  const relu = (name: string, from: string): string =>
    layer(name, 'ReLU', { max_value: 6, negative_slope: 0, threshold: 0 }, from)
  const shared = { data_format: 'channels_last', dilation_rate: [1, 1], activation: 'linear', use_bias: false }
  const conv = (name: string, c: number, o: number, k: number, s: number, padding: string, from: string): string => {
    layer(name, 'Conv2D', { filters: o, kernel_size: [k, k], strides: [s, s], padding, ...shared }, from)
    const reach = Math.sqrt(6 / (k * k * c)) // He's uniform rule
    weight(`${name}/kernel`, [k, k, c, o], -reach, reach)
    return name
  }
  const deep = (name: string, c: number, s: number, from: string): string => {
    const padded =
      s === 1
        ? from
        : layer(`${name}_pad`, 'ZeroPadding2D', { padding: [[0, 1], [0, 1]], data_format: 'channels_last' }, from) // prettier-ignore
    const padding = s === 1 ? 'same' : 'valid'
    layer(
      name,
      'DepthwiseConv2D',
      { kernel_size: [3, 3], strides: [s, s], padding, depth_multiplier: 1, ...shared },
      padded,
    )
    weight(`${name}/depthwise_kernel`, [3, 3, c, 1], -0.8, 0.8)
    return name
  }

  layer('input_1', 'InputLayer', { batch_input_shape: [null, side, side, 3] })
  layer('Conv1_pad', 'ZeroPadding2D', { padding: [[0, 1], [0, 1]], data_format: 'channels_last' }, 'input_1') // prettier-ignore
  let at = relu('Conv1_relu', norm('bn_Conv1', 32, conv('Conv1', 3, 32, 3, 2, 'valid', 'Conv1_pad')))
  let [channels, block] = [32, 0]
  for (const [expansion, out, blocks, first] of STAGES)
    for (let i = 0; i < blocks; i++, block++) {
      const [name, stride] = [`block_${block}`, i === 0 ? first : 1]
      const wide = channels * expansion
      let inner = at
      if (expansion > 1)
        inner = relu(`${name}_expand_relu`, norm(`${name}_expand_BN`, wide, conv(`${name}_expand`, channels, wide, 1, 1, 'same', inner))) // prettier-ignore
      inner = relu(`${name}_relu`, norm(`${name}_BN`, wide, deep(`${name}_depthwise`, wide, stride, inner)))
      inner = norm(`${name}_project_BN`, out, conv(`${name}_project`, wide, out, 1, 1, 'same', inner))
      at = stride === 1 && channels === out ? layer(`${name}_add`, 'Add', {}, at, inner) : inner
      channels = out
    }
  relu('out_relu', norm('Conv_1_bn', last, conv('Conv_1', 320, last, 1, 1, 'valid', at)))
  mkdirSync(folder, { recursive: true })
  const config = { name: 'drawn', layers }
  const json = {
    modelTopology: { model_config: { class_name: 'Model', config } },
    weightsManifest: [{ paths: ['group1-shard1of1'], weights }],
  }
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json))
  writeFileSync(join(folder, 'group1-shard1of1'), Buffer.concat(bytes))
  return folder
}
