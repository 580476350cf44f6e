// A trained network at work: films in, detections out, in batches of one size so that one graph serves all. Used by the
// `detect` stage, by validation while training, and by anyone with a stored network.
import type { Params } from '@radiograft/nn'
import { compileFunction } from '@radiograft/tensor'
import type { CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { anchors } from './anchors.ts'
import type { PyramidLevel } from './anchors.ts'
import type { AttentionMap } from './batchAssembler.ts'
import { DetectorError } from './DetectorError.ts'
import { detectionsOf } from './detectionsOf.ts'
import type { Detection, DetectionOptions } from './detectionsOf.ts'
import type { RetinaNet } from './network/retinaNet.ts'
import { attentionPyramid } from './residualAttention.ts'

export interface DetectorOptions extends CompileOptions {
  readonly height: number
  readonly width: number
  readonly levels: ReadonlyArray<PyramidLevel>
  /** which classes of the film head are positives; their probabilities add up to the film's */
  readonly positiveClasses: ReadonlyArray<number>
  /** films a call of the graph @default 8 */
  readonly batch?: number
}

export interface SeenFilm {
  /** [height, width] in [0, 1] */
  readonly pixels: Float32Array
  readonly attention?: AttentionMap | undefined
}

/** What the network says of one film, before any choice. */
export interface FilmOutput {
  /** [A] in (0, 1) */
  readonly scores: Float32Array
  /** [A, 4] */
  readonly deltas: Float32Array
  /** probability that the film is positive */
  readonly film: number
}

export interface Detector {
  /** [A, 4] */
  readonly anchors: Float32Array
  /** What the network says; `params` stay the caller's. */
  outputs(params: Params, films: ReadonlyArray<SeenFilm>): Promise<ReadonlyArray<FilmOutput>>
  detect(
    params: Params,
    films: ReadonlyArray<SeenFilm>,
    options?: DetectionOptions,
  ): Promise<ReadonlyArray<ReadonlyArray<Detection>>>
  dispose(): void
}

/** @throws DetectorError from its methods when a film has another size than the detector */
export const detector = (network: RetinaNet, options: DetectorOptions): Detector => {
  const { height, width, levels, positiveClasses, batch = 8, ...compile } = options
  const grid = anchors(height, width, { levels })
  const positive = Array.from({ length: network.options.classes }, (_, c) => (positiveClasses.includes(c) ? 1 : 0))
  const run = compileFunction((inputs: Readonly<Record<string, Tensor>>) => {
    const { 'in:films': films, 'in:attention': attention, ...params } = inputs
    const { y } = network.apply(params, films!, { training: false }, attention)
    const film = tf.sum(tf.mul(tf.softmax(y.global), tf.tensor1d(positive)), 1)
    return { scores: tf.sigmoid(y.logits), deltas: y.deltas, film }
  }, compile)

  /** One call of the graph: the films, filled up with the first one to a whole batch. */
  const inBatch = async (params: Params, films: ReadonlyArray<SeenFilm>): Promise<ReadonlyArray<FilmOutput>> => {
    const filled = Array.from({ length: batch }, (_, i) => films[i] ?? films[0]!)
    const pixels = new Float32Array(batch * height * width)
    filled.forEach((film, i) => {
      if (film.pixels.length !== height * width)
        throw new DetectorError('detector', `a film has ${film.pixels.length} pixels, not ${height} x ${width}`)
      pixels.set(
        film.pixels.map((value) => 2 * value - 1),
        i * height * width,
      )
    })
    const inputs: Record<string, Tensor> = {
      'in:films': tf.tensor4d(pixels, [batch, height, width, 1]),
      ...(network.options.attention ? { 'in:attention': attentionRows(filled) } : {}),
    }
    const outputs = run({ ...params, ...inputs })
    tf.dispose(inputs)
    const { scores, deltas, film } = outputs
    const [s, d, f] = (await Promise.all([scores.data(), deltas.data(), film.data()])) as Float32Array[]
    tf.dispose(outputs)
    const count = grid.length / 4
    return films.map((_, i) => ({
      scores: s!.slice(i * count, (i + 1) * count),
      deltas: d!.slice(4 * i * count, 4 * (i + 1) * count),
      film: f![i]!,
    }))
  }

  const attentionRows = (films: ReadonlyArray<SeenFilm>): Tensor =>
    tf.tidy(() => {
      const rows = films.map(({ attention }) => {
        if (!attention) throw new DetectorError('detector', 'the network has attention but a film has no map')
        const at = levels.map(({ level }) => level)
        return attentionPyramid(attention.map, attention.height, attention.width, { height, width }, at)
      })
      return tf.stack(rows.map((row) => tf.tensor1d(row)))
    })

  const outputs: Detector['outputs'] = async (params, films) => {
    const all: FilmOutput[] = []
    for (let at = 0; at < films.length; at += batch) all.push(...(await inBatch(params, films.slice(at, at + batch))))
    return all
  }

  return {
    anchors: grid,
    outputs,
    detect: async (params, films, detection) =>
      (await outputs(params, films)).map((output) => detectionsOf(output, grid, { height, width }, detection)),
    dispose: run.dispose,
  }
}
