// A feature network at work: films in [0, 1] to one row a film, in batches of one size so that one graph serves all. Used
// by the `extract-features` stage, by `radiograft fid`, and by anyone with a stored network.
import { fromNetworkTensors } from '@radiograft/nn'
import { compileFunction } from '@radiograft/tensor'
import type { CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { applyLayers } from '../layersModel/applyLayers.ts'
import { resizeBicubic } from '../resize/resizeBicubic.ts'
import type { Extractor } from './Extractor.ts'
import { extractorConfig } from './ExtractorNetwork.ts'
import type { ExtractorNetwork } from './ExtractorNetwork.ts'

/** There is no choice of precision: features in bfloat16 would be those of another extractor. */
export interface NetworkExtractorOptions extends Omit<CompileOptions, 'precision'> {
  /** films a call of the graph @default 8 */
  readonly batch?: number
}

/**
 * The mean over places of the network's last map. Films of any size come to its side by the antialiased cubic filter,
 * clipped to [0, 1], and fill its three channels alike.
 * @throws FeaturesError where the network is no feature network
 */
export const networkExtractor = (
  network: Pick<ExtractorNetwork, 'tensors'> & {
    readonly config: Readonly<Record<string, unknown>> | ExtractorNetwork['config']
  },
  { batch = 8, ...compile }: NetworkExtractorOptions = {},
): Extractor => {
  const { name, sha256, side, columns, steps } = extractorConfig({ ...network.config })
  const params = fromNetworkTensors(network.tensors)
  const run = compileFunction((inputs: Readonly<Record<string, Tensor>>) => {
    const { 'in:films': films, ...weights } = inputs
    return { features: tf.mean(applyLayers(steps, weights, tf.tile(films!, [1, 1, 1, 3])), [1, 2]) }
  }, compile)

  /** One call of the graph: the films, filled up with black ones to a whole batch. */
  const inBatch = async (films: ReadonlyArray<Float32Array>): Promise<Float32Array> => {
    const pixels = new Float32Array(batch * side * side)
    films.forEach((film, i) => pixels.set(film, i * side * side))
    const input = tf.tensor4d(pixels, [batch, side, side, 1])
    const { features } = run({ ...params, 'in:films': input })
    input.dispose()
    const values = (await features.data()) as Float32Array
    features.dispose()
    return values.slice(0, films.length * columns)
  }

  return {
    name,
    sha256,
    resizeFilter: `bicubic-antialias-${side}`,
    columns,
    extract: async ({ pixels, count, height, width }) => {
      const values = new Float32Array(count * columns)
      for (let from = 0; from < count; from += batch) {
        const films = Array.from({ length: Math.min(batch, count - from) }, (_, k) => {
          const at = (from + k) * height * width
          const film = resizeBicubic(pixels.subarray(at, at + height * width), height, width, side, side)
          return film.map((value) => Math.min(Math.max(value, 0), 1))
        })
        values.set(await inBatch(films), from * columns)
      }
      return { values, rows: count, columns }
    },
    dispose: () => {
      tf.dispose(params)
      run.dispose()
    },
  }
}
