// A layers model up to one layer, as steps and tensors: layers in the order in which they are computed, shapes held
// against each other, batch normalisation folded away. Used by mobilenetV2; the tensors are those of the kind `network`.
import { decodeWeights } from './decodeWeights.ts'
import type { Weight } from './decodeWeights.ts'
import { LayersModelError } from './LayersModelError.ts'
import type { LayersModelProblem } from './LayersModelError.ts'
import type { LayerStep } from './LayerStep.ts'
import type { LayersModel, ModelLayer } from './parseLayersModel.ts'

type MapShape = readonly [height: number, width: number, channels: number]

export interface LayersNetwork {
  readonly steps: ReadonlyArray<LayerStep>
  /** `<layer>.weight` HWIO (depthwise: [kh, kw, C, 1]) and `<layer>.bias`, of every convolution */
  readonly tensors: Readonly<Record<string, Weight>>
  readonly input: MapShape
  /** of one film's map at the last step */
  readonly output: MapShape
  /** numbers in the file that the network is made of, statistics of batch normalisation included */
  readonly parameters: number
}

/**
 * y = γ·(w∗x + b − μ)/√(σ² + ε) + β is a convolution of w·s and (b − μ)·s + β with s = γ/√(σ² + ε) a channel; s is taken in
 * float64.
 * @param shards bytes of every shard by its name
 * @param until the layer whose output is the network's
 * @throws LayersModelError naming the layer: `network` where there is no such layer, `layer` for what is not known here,
 *   `weights` for weights that are missing or of another shape, and as `decodeWeights`
 */
export const layersNetwork = (
  model: LayersModel,
  shards: ReadonlyMap<string, Uint8Array>,
  until: string,
): LayersNetwork => {
  const weights = decodeWeights(model, shards)
  const order = ancestors(model, until)
  const consumers = (name: string): number => order.filter(({ inputs }) => inputs.includes(name)).length
  const steps: LayerStep[] = []
  const tensors: Record<string, Weight> = {}
  const shapes = new Map<string, MapShape>()
  /** a layer that was folded away → the one that stands for it */
  const standsFor = new Map<string, string>()
  let parameters = 0
  let input: MapShape | undefined

  for (const layer of order) {
    const { name, kind, config } = layer
    const fail = (what: string, problem: LayersModelProblem = 'layer'): never => {
      throw new LayersModelError(model.file, problem, `layer ${name} (${kind}) ${what}`)
    }
    const weight = (suffix: string, shape: ReadonlyArray<number>): Float32Array => {
      const found = weights.get(`${name}/${suffix}`) ?? fail(`has no weight ${name}/${suffix}`, 'weights')
      if (found.shape.join() !== shape.join())
        fail(`has ${suffix} of [${found.shape.join(', ')}], not [${shape.join(', ')}]`, 'weights')
      parameters += found.data.length
      return found.data
    }
    const from = layer.inputs.map((each) => standsFor.get(each) ?? each)
    const one = (): readonly [string, MapShape] =>
      from.length === 1 ? [from[0]!, shapes.get(from[0]!)!] : fail(`takes from ${from.length} layers, not from one`)
    const put = (step: LayerStep, shape: MapShape): void => {
      steps.push(step)
      shapes.set(step.name, shape)
    }

    if (kind === 'InputLayer') {
      if (input) fail('is a second input')
      input = inputShape(config, fail)
      put({ op: 'input', name }, input)
    } else if (kind === 'ZeroPadding2D') {
      const [source, [h, w, c]] = one()
      const pads = padsOf(config, fail)
      put({ op: 'pad', name, from: source, pads }, [h + pads[0] + pads[1], w + pads[2] + pads[3], c])
    } else if (kind === 'Conv2D' || kind === 'DepthwiseConv2D') {
      const [source, [h, w, c]] = one()
      const { kernel, stride, padding, bias, activation } = convOptions(config, fail)
      const deep = kind === 'DepthwiseConv2D'
      const channels = deep ? c : (config['filters'] as number)
      if (!Number.isSafeInteger(channels)) fail('has no number of filters')
      if (deep && config['depth_multiplier'] !== 1) fail('has a depth multiplier other than 1')
      const data = deep ? weight('depthwise_kernel', [...kernel, c, 1]) : weight('kernel', [...kernel, c, channels])
      const place = activation === null ? name : `${name} before activation`
      tensors[`${place}.weight`] = { shape: deep ? [...kernel, c, 1] : [...kernel, c, channels], data }
      tensors[`${place}.bias`] = {
        shape: [channels],
        data: bias ? weight('bias', [channels]) : new Float32Array(channels),
      }
      const length = (size: number, taps: number): number => {
        const out = padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - taps) / stride) + 1
        return out > 0 ? out : fail(`has a kernel larger than its films of ${h} x ${w}`)
      }
      const shape: MapShape = [length(h, kernel[0]), length(w, kernel[1]), channels]
      put({ op: deep ? 'depthwise' : 'conv', name: place, from: source, stride, padding }, shape)
      if (activation !== null) put({ op: 'relu', name, from: place, max: activation === 'relu6' ? 6 : null }, shape)
    } else if (kind === 'BatchNormalization') {
      const [source, [, , c]] = one()
      const before = steps.find((step) => step.name === source)!
      if ((before.op !== 'conv' && before.op !== 'depthwise') || consumers(layer.inputs[0]!) !== 1)
        fail('does not follow a convolution that nothing else takes from')
      const { axis, epsilon, center, scale } = config
      const last: unknown = Array.isArray(axis) ? (axis as ReadonlyArray<unknown>)[0] : axis
      if (last !== -1 && last !== 3) fail('does not normalise channels')
      if (!(typeof epsilon === 'number' && epsilon > 0)) fail('has no epsilon')
      const gamma = scale === false ? undefined : weight('gamma', [c])
      const beta = center === false ? undefined : weight('beta', [c])
      const [mean, variance] = [weight('moving_mean', [c]), weight('moving_variance', [c])]
      const factors = Float64Array.from(
        { length: c },
        (_, i) => (gamma?.[i] ?? 1) / Math.sqrt(variance[i]! + (epsilon as number)),
      )
      if (!factors.every(Number.isFinite)) fail('has a variance below zero', 'weights')
      const [filter, bias] = [tensors[`${source}.weight`]!, tensors[`${source}.bias`]!]
      // channels are the last axis of a filter; depthwise has one filter a channel and a last axis of 1
      tensors[`${source}.weight`] = { ...filter, data: filter.data.map((w, i) => w * factors[i % c]!) }
      tensors[`${source}.bias`] = {
        ...bias,
        data: bias.data.map((b, i) => (b - mean[i]!) * factors[i]! + (beta?.[i] ?? 0)),
      }
      standsFor.set(name, source)
    } else if (kind === 'ReLU' || kind === 'Activation') {
      const [source, shape] = one()
      put({ op: 'relu', name, from: source, max: largest(kind, config, fail) }, shape)
    } else if (kind === 'Add') {
      const [first, ...rest] = from.map((each) => shapes.get(each)!)
      if (!first || rest.length === 0) return fail('adds up fewer than two layers')
      if (rest.some((shape) => shape.join() !== first.join())) fail('adds up maps of different shapes')
      put({ op: 'add', name, from }, first)
    } else fail('is of a class that is not known here')
  }
  const output = shapes.get(standsFor.get(until) ?? until)
  if (!input || !output) throw new LayersModelError(model.file, 'layer', `layer ${until} depends on no input`)
  return { steps, tensors, input, output, parameters }
}

/** The layer and all that it depends on, each after what it takes from. */
const ancestors = ({ file, layers }: LayersModel, until: string): ReadonlyArray<ModelLayer> => {
  const byName = new Map(layers.map((layer) => [layer.name, layer]))
  if (!byName.has(until))
    throw new LayersModelError(
      file,
      'network',
      `it has no layer ${until}; its last is ${layers.at(-1)?.name ?? 'none at all'}`,
    )
  const order: ModelLayer[] = []
  const state = new Map<string, 'open' | 'done'>()
  // a stack of its own: a file may name a chain of any length
  const stack = [until]
  while (stack.length > 0) {
    const name = stack.at(-1)!
    const layer = byName.get(name)
    if (!layer) throw new LayersModelError(file, 'layer', `a layer takes from ${name}, which is not there`)
    if (state.get(name) === 'done') {
      stack.pop()
      continue
    }
    const missing = layer.inputs.filter((input) => state.get(input) !== 'done')
    if (missing.some((input) => state.get(input) === 'open'))
      throw new LayersModelError(file, 'layer', `layer ${name} takes from itself`)
    if (missing.length > 0) {
      state.set(name, 'open')
      stack.push(...new Set(missing))
    } else {
      state.set(name, 'done')
      order.push(layer)
      stack.pop()
    }
  }
  return order
}

type Fail = (what: string) => never
type Config = ModelLayer['config']

const pair = (value: unknown): readonly [number, number] | undefined => {
  const two: unknown = Array.isArray(value) ? value : [value, value]
  const [a, b] = two as ReadonlyArray<unknown>
  return Number.isSafeInteger(a) && Number.isSafeInteger(b) ? [a as number, b as number] : undefined
}

const inputShape = (config: Config, fail: Fail): MapShape => {
  const shape: unknown = config['batch_input_shape'] ?? config['batch_shape']
  const [, ...rest] = Array.isArray(shape) ? (shape as ReadonlyArray<unknown>) : []
  if (rest.length !== 3 || !rest.every((side) => Number.isSafeInteger(side)))
    return fail(`has the shape ${JSON.stringify(shape)}, not height, width and channels`)
  return rest as unknown as MapShape
}

const lastChannels = (config: Config, fail: Fail): void => {
  if (config['data_format'] !== undefined && config['data_format'] !== 'channels_last') fail('has its channels first')
}

const padsOf = (config: Config, fail: Fail): readonly [number, number, number, number] => {
  lastChannels(config, fail)
  const { padding } = config
  const [rows, columns] = Array.isArray(padding) ? (padding as ReadonlyArray<unknown>) : [padding, padding]
  const [above, beside] = [pair(rows), pair(columns)]
  if (!above || !beside || [...above, ...beside].some((n) => n < 0)) return fail('has no padding')
  return [...above, ...beside]
}

const convOptions = (config: Config, fail: Fail) => {
  lastChannels(config, fail)
  const [kernel, strides] = [pair(config['kernel_size']), pair(config['strides'])]
  const { padding, activation, use_bias: bias } = config
  if (!kernel || !strides || strides[0] !== strides[1]) return fail('has no kernel size, or strides that differ')
  if (pair(config['dilation_rate'] ?? 1)?.some((rate) => rate !== 1) !== false) fail('is dilated')
  if ((config['groups'] ?? 1) !== 1) fail('has groups')
  if (padding !== 'same' && padding !== 'valid') return fail(`has the padding ${JSON.stringify(padding)}`)
  const linear = activation === undefined || activation === null || activation === 'linear'
  if (!linear && activation !== 'relu' && activation !== 'relu6')
    return fail(`has the activation ${JSON.stringify(activation)}`)
  return { kernel, stride: strides[0], padding, bias: bias !== false, activation: linear ? null : activation } as const
}

const largest = (kind: string, config: Config, fail: Fail): number | null => {
  if (kind === 'Activation') {
    const { activation } = config
    return activation === 'relu6' ? 6 : activation === 'relu' ? null : fail(`is ${JSON.stringify(activation)}`)
  }
  const { max_value: max, negative_slope: slope, threshold } = config
  if ((slope ?? 0) !== 0 || (threshold ?? 0) !== 0) fail('has a slope below zero, or a threshold')
  if (max === undefined || max === null) return null
  return typeof max === 'number' && max > 0 ? max : fail('has no largest value')
}
