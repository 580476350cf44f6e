// A stored generator of films from latents at work: latents in, films out, in batches of one size so that one graph serves all. Used by
// the stage `sample-films`, and by anyone with a stored generator.
import type { UnitPixels } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { compileFunction, type CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from './GanModelsError.ts'
import { latentGenerator } from './latentGenerator.ts'

export interface SamplerOptions extends CompileOptions {
  /** films a call of the graph. @default 8 */
  readonly batch?: number
}

export interface FilmSampler {
  /** side of the films that come out */
  readonly size: number
  /** films a call of the graph */
  readonly batch: number
  /** Any number of latents [latent] to films [size, size] in [0, 1], clipped; `params` stay the caller's. */
  sample(params: Params, latents: ReadonlyArray<Float32Array>): Promise<ReadonlyArray<UnitPixels>>
  dispose(): void
}

/**
 * @param config beside the stored network
 * @throws GanModelsError when it is no generator from latents; from `sample` when a latent has another length
 */
export const filmSampler = (config: Readonly<Record<string, unknown>>, options: SamplerOptions = {}): FilmSampler => {
  const { batch = 8, ...compile } = options
  const generator = latentGenerator(config)
  const { size, latent } = generator
  const forward = compileFunction(({ 'in:latents': z, ...params }: Readonly<Record<string, tf.Tensor>>) => {
    return { films: tf.clipByValue(tf.div(tf.add(generator.films(params, z!), 1), 2), 0, 1) }
  }, compile)

  const inBatch = async (params: Params, rows: ReadonlyArray<Float32Array>): Promise<UnitPixels[]> => {
    // a batch that is not full ends in films of its last latent, which nobody looks at
    const numbers = new Float32Array(batch * latent)
    for (let i = 0; i < batch; i++) numbers.set(rows[Math.min(i, rows.length - 1)]!, i * latent)
    const z = tf.tensor2d(numbers, [batch, latent])
    const { films } = forward({ ...params, 'in:latents': z })
    const values = (await films.data()) as Float32Array
    tf.dispose([z, films])
    return rows.map((_, i) => values.slice(i * size * size, (i + 1) * size * size) as UnitPixels)
  }

  return {
    size,
    batch,
    sample: async (params, latents) => {
      const wrong = latents.find(({ length }) => length !== latent)
      if (wrong) throw new GanModelsError('latents', `one has ${wrong.length} numbers: this generator takes ${latent}`)
      const all: UnitPixels[] = []
      for (let at = 0; at < latents.length; at += batch)
        all.push(...(await inBatch(params, latents.slice(at, at + batch))))
      return all
    },
    dispose: forward.dispose,
  }
}
