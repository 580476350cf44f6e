// The oracle's small layers model, fresh for each test that spoils it.
import { readFileSync } from 'node:fs'

export interface ModelJson {
  modelTopology: { model_config: { class_name: string; config: { layers: LayerJson[] } } }
  weightsManifest: [
    { paths: string[]; weights: { name: string; shape: number[]; dtype: string; quantization?: object }[] },
  ]
  format?: string
}
interface LayerJson {
  name: string
  class_name: string
  config: Record<string, unknown>
  inbound_nodes: [string, number, number, object][][]
}

interface Fixture {
  readonly model: ModelJson
  readonly shards: Readonly<Record<string, string>>
  /** three films of 17 x 17, grey levels of 8 bits */
  readonly films: ReadonlyArray<number>
  /** [3, 12] */
  readonly features: ReadonlyArray<number>
}

export const smallModel = () => {
  const text = readFileSync(new URL('../fixtures/layersModel.json', import.meta.url), 'utf8')
  const { model, shards, films, features } = JSON.parse(text) as Fixture
  const bytes = Object.entries(shards).map(
    ([name, data]) => [name, new Uint8Array(Buffer.from(data, 'base64'))] as const,
  )
  return {
    model,
    shards: new Map<string, Uint8Array>(bytes),
    films: { pixels: Float32Array.from(films, (level) => level / 255), count: 3, height: 17, width: 17 },
    features,
    layer: (name: string): LayerJson =>
      model.modelTopology.model_config.config.layers.find((one) => one.name === name)!,
  }
}
