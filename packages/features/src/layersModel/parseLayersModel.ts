// model.json of a TF.js layers model: its layers with their connections, and where each weight lies in the shards. Used by
// layersNetwork; nothing here knows what a layer computes.
import { LayersModelError } from './LayersModelError.ts'

export interface ModelLayer {
  readonly name: string
  /** Keras' class: `Conv2D`, `ReLU` */
  readonly kind: string
  readonly config: Readonly<Record<string, unknown>>
  /** names of the layers that it takes from, in order */
  readonly inputs: ReadonlyArray<string>
}

export interface WeightEntry {
  readonly name: string
  readonly shape: ReadonlyArray<number>
  /** of the bytes in the shard; weights themselves are float32 */
  readonly stored: 'float32' | 'uint8' | 'uint16'
  /** weight = min + scale · stored, where it is quantised */
  readonly scale: number
  readonly min: number
}

export interface WeightGroup {
  /** shards, in the order in which their bytes follow each other */
  readonly paths: ReadonlyArray<string>
  readonly weights: ReadonlyArray<WeightEntry>
}

export interface LayersModel {
  /** for messages */
  readonly file: string
  readonly layers: ReadonlyArray<ModelLayer>
  readonly groups: ReadonlyArray<WeightGroup>
}

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/**
 * @param text of model.json
 * @param file for messages
 * @throws LayersModelError `format`: no JSON, a graph model, a Sequential model, a layer or a weight without what it needs
 */
export const parseLayersModel = (text: string, file: string): LayersModel => {
  const fail = (what: string, cause?: unknown): never => {
    throw new LayersModelError(file, 'format', what, { cause })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    fail('it is no JSON', cause)
  }
  const { modelTopology, weightsManifest, format } = isRecord(json) ? json : {}
  if (format === 'graph-model' || (isRecord(modelTopology) && 'node' in modelTopology))
    fail('it is a graph model, not a layers model')
  if (!isRecord(modelTopology) || !Array.isArray(weightsManifest))
    return fail('it has no modelTopology and weightsManifest')
  // some writers leave the wrapping out
  const model = isRecord(modelTopology['model_config']) ? modelTopology['model_config'] : modelTopology
  const kind = model['class_name']
  if (kind !== 'Model' && kind !== 'Functional') fail(`its model is of class ${JSON.stringify(kind)}, not Model`)
  const config = model['config']
  if (!isRecord(config) || !Array.isArray(config['layers'])) return fail('its model has no layers')
  return {
    file,
    layers: config['layers'].map((layer) => layerOf(layer, fail)),
    groups: weightsManifest.map((group) => groupOf(group, fail)),
  }
}

type Fail = (what: string) => never

const layerOf = (layer: unknown, fail: Fail): ModelLayer => {
  const { name, class_name: kind, config, inbound_nodes: nodes } = isRecord(layer) ? layer : {}
  if (typeof name !== 'string' || typeof kind !== 'string' || !isRecord(config) || !Array.isArray(nodes))
    return fail('a layer has no name, class, config or connections')
  if (nodes.length > 1) fail(`layer ${name} is used ${nodes.length} times`)
  const inputs = ((nodes[0] as unknown) ?? []) as unknown
  if (!Array.isArray(inputs)) return fail(`layer ${name} has connections in a form that is not read`)
  return {
    name,
    kind,
    config,
    inputs: inputs.map((input: unknown) => {
      const from: unknown = Array.isArray(input) ? input[0] : undefined
      return typeof from === 'string' ? from : fail(`layer ${name} has connections in a form that is not read`)
    }),
  }
}

const groupOf = (group: unknown, fail: Fail): WeightGroup => {
  const { paths, weights } = isRecord(group) ? group : {}
  if (!Array.isArray(paths) || !Array.isArray(weights)) return fail('a group of weights has no paths or weights')
  for (const path of paths)
    // nothing outside of the folder is opened because a file names it
    if (typeof path !== 'string' || path === '' || path === '..' || /[/\\\0]/.test(path))
      return fail(`the shard ${JSON.stringify(path)} is no name of a file beside it`)
  return { paths: paths as ReadonlyArray<string>, weights: weights.map((weight) => weightOf(weight, fail)) }
}

const weightOf = (weight: unknown, fail: Fail): WeightEntry => {
  const { name, shape, dtype, quantization } = isRecord(weight) ? weight : {}
  if (typeof name !== 'string' || !Array.isArray(shape) || !shape.every(isSize))
    return fail('a weight has no name or shape')
  if (dtype !== 'float32') return fail(`weight ${name} is ${String(dtype)}, not float32`)
  if (quantization === undefined) return { name, shape, stored: 'float32', scale: 1, min: 0 }
  const { dtype: stored, scale, min } = isRecord(quantization) ? quantization : {}
  if (stored !== 'uint8' && stored !== 'uint16')
    return fail(`weight ${name} is quantised as ${String(stored)}; uint8 and uint16 are read`)
  if (!Number.isFinite(scale) || !Number.isFinite(min)) return fail(`weight ${name} has no scale and min`)
  return { name, shape, stored, scale: scale as number, min: min as number }
}
