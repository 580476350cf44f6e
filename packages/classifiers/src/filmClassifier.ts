// A classifier at work: films in, features and logits out, in batches of one size so that one graph serves all. Used by the
// `classify` stage, by validation while training, and by `classifierFeatures`.
import { asUnit, resizeArea, toSigned } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { compileFunction, type CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { classifierNetwork, type ClassifierConfig } from './classifierConfig.ts'
import { ClassifierError } from './ClassifierError.ts'

export interface FilmClassifierOptions extends CompileOptions {
  /** films a call of the graph @default 32 */
  readonly batch?: number
}

/** Films of one size. */
export interface FilmBatch {
  /** [count, height, width], row-major, in [0, 1] */
  readonly pixels: Float64Array | Float32Array
  readonly count: number
  readonly height: number
  readonly width: number
}

/** What the network says of films, before any choice. */
export interface ClassifiedFilms {
  /** [count, classes] */
  readonly logits: Float32Array
  /** [count, features] */
  readonly features: Float32Array
}

export interface FilmClassifier {
  /** films a call of the graph */
  readonly batch: number
  /** numbers a film's features have */
  readonly features: number
  /** Any number of films of any size; `params` stay the caller's. */
  classify(params: Params, films: FilmBatch): Promise<ClassifiedFilms>
  dispose(): void
}

/**
 * @throws ClassifierError from `classify` when the pixels are not those of `count` films
 * @throws PixelRangeError from `classify` when a film is not in [0, 1]
 */
export const filmClassifier = (config: ClassifierConfig, options: FilmClassifierOptions = {}): FilmClassifier => {
  const { batch = 32, ...compile } = options
  const { size, classes } = config
  const network = classifierNetwork(config)
  const forward = compileFunction(({ 'in:films': films, ...params }: Readonly<Record<string, tf.Tensor>>) => {
    return network.apply(params, films!, { training: false }).y
  }, compile)

  return {
    batch,
    features: network.features,
    classify: async (params, { pixels, count, height, width }) => {
      if (pixels.length !== count * height * width)
        throw new ClassifierError('films', `${pixels.length} pixels for ${count} films of ${height} x ${width}`)
      const logits = new Float32Array(count * classes.length)
      const features = new Float32Array(count * network.features)
      for (let at = 0; at < count; at += batch) {
        const films = new Float32Array(batch * size * size) // a batch that is not full ends in grey films
        for (let i = at; i < Math.min(at + batch, count); i++) {
          const film = Float32Array.from(pixels.subarray(i * height * width, (i + 1) * height * width))
          const seen = toSigned(asUnit(resizeArea(film, height, width, size, size)))
          films.set(seen, (i - at) * size * size)
        }
        const x = tf.tensor4d(films, [batch, size, size, 1])
        const found = forward({ ...params, 'in:films': x })
        const [l, f] = (await Promise.all([found.logits.data(), found.features.data()])) as Float32Array[]
        tf.dispose([x, found])
        const here = Math.min(batch, count - at)
        logits.set(l!.subarray(0, here * classes.length), at * classes.length)
        features.set(f!.subarray(0, here * network.features), at * network.features)
      }
      return { logits, features }
    },
    dispose: forward.dispose,
  }
}
