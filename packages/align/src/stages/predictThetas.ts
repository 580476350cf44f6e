// θ of every film of a collection by a stored aligner, in batches of one size, so that one graph serves all. Used by the
// entries of `align-films` and `measure-agreement`.
import { resizeArea, toSigned, asUnit, type Theta } from '@radiograft/geometry'
import { fromNetworkTensors } from '@radiograft/nn'
import type { Films, Network, StageContext } from '@radiograft/pipeline'
import { compileFunction, type CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { alignerConfig } from '../alignerConfig.ts'
import { spatialTransformer } from '../networks/spatialTransformer.ts'

/** Films in one call of the graph. */
export const BATCH = 32

/**
 * A function from films [size · size] in [0, 1] to their θ, and its disposal. The stages leave it in fp32 whatever their
 * precision: θ moves every pixel and box of all that follows, and the pass is a thousandth of what fitting costs.
 * @throws AlignError when the network is no aligner
 */
export const thetaPredictor = (
  aligner: Network,
  options: CompileOptions = {},
): { readonly size: number; readonly predict: (films: ReadonlyArray<Float32Array>) => Theta[]; dispose(): void } => {
  const { size } = alignerConfig(aligner.config)
  const network = spatialTransformer({ size })
  const params = fromNetworkTensors(aligner.tensors)
  const forward = compileFunction(
    ({ films, ...p }: Readonly<Record<string, tf.Tensor>>) => ({
      theta: network.apply(p, films!, { training: false }).y,
    }),
    options,
  )
  const predict = (films: ReadonlyArray<Float32Array>): Theta[] => {
    const thetas: Theta[] = []
    for (let start = 0; start < films.length; start += BATCH) {
      const chunk = films.slice(start, start + BATCH)
      const pixels = new Float32Array(BATCH * size * size) // the last batch is padded with grey films
      chunk.forEach((film, i) => pixels.set(toSigned(asUnit(film)), i * size * size))
      const x = tf.tensor4d(pixels, [BATCH, size, size, 1])
      const { theta } = forward({ ...params, films: x })
      const values = theta.dataSync()
      tf.dispose([x, theta])
      chunk.forEach((_, i) => thetas.push(Array.from(values.slice(6 * i, 6 * i + 6)) as unknown as Theta))
    }
    return thetas
  }
  return {
    size,
    predict,
    dispose: () => {
      forward.dispose()
      tf.dispose(params)
    },
  }
}

/** θ of every film, in the order of their ids. */
export const predictThetas = async (
  aligner: Network,
  films: Films,
  { signal, progress, graphs }: Pick<StageContext, 'signal' | 'progress' | 'graphs'>,
): Promise<Theta[]> => {
  const predictor = thetaPredictor(aligner, { cache: graphs })
  const { size } = predictor
  const thetas: Theta[] = []
  try {
    for (let start = 0; start < films.size; start += BATCH) {
      signal.throwIfAborted()
      const indices = Array.from({ length: Math.min(BATCH, films.size - start) }, (_, i) => start + i)
      const rows = await films.rows(indices)
      thetas.push(...predictor.predict(rows.map((film) => resizeArea(film, films.height, films.width, size, size))))
      progress(thetas.length, films.size, 'maps')
    }
    return thetas
  } finally {
    predictor.dispose()
  }
}
