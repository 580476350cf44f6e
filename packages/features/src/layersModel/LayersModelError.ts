// What reading a TF.js layers model throws: the file that is at fault, and what is wrong with it.

export type LayersModelProblem =
  /** a file is missing or cannot be read */
  | 'file'
  /** the JSON is none, or is not that of a layers model */
  | 'format'
  /** shards that are cut short or too long, numbers that are not finite, a quantisation that is not read */
  | 'weights'
  /** layers, connections or options that are not known here */
  | 'layer'
  /** sound, but another network than the one asked for */
  | 'network'

const RECOVERY: Readonly<Record<LayersModelProblem, string>> = {
  file: 'Give the folder that holds model.json and the shards it names.',
  format: 'Give a model.json of the format layers-model, as the TensorFlow.js converter writes it for Keras.',
  weights: 'Copy or download the folder again; its shards and its model.json do not belong together.',
  layer: 'Give a model of convolutions, batch normalisation, ReLU, sums and padding up to the layer that is read.',
  network: 'Give the weights of the network that is named; another one has another name in every figure.',
}

/** A folder that holds no network of the kind asked for. */
export class LayersModelError extends Error {
  readonly _tag = 'LayersModelError'
  override readonly name = 'LayersModelError'
  /** as given by the caller: `model.json` or a shard, with its folder where there is one */
  readonly file: string
  readonly problem: LayersModelProblem
  readonly recovery: string

  constructor(file: string, problem: LayersModelProblem, what: string, options?: { readonly cause?: unknown }) {
    super(`${file}: ${what}. ${RECOVERY[problem]}`, options)
    this.file = file
    this.problem = problem
    this.recovery = RECOVERY[problem]
  }
}
