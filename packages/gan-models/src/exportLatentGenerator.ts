// A stored generator from latents as a TensorFlow SavedModel: latents in, films in [0, 1] out, no program of ours needed. The same
// numbers as `filmSampler` within 1e-6.
import type { Params } from '@radiograft/nn'
import { exportSavedModel, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { latentGenerator } from './latentGenerator.ts'

export interface ExportLatentGeneratorOptions {
  /** Gets `saved_model.pb`; made when it is missing. */
  readonly folder: string
  /** Films a call, fixed in the file. @default 1 */
  readonly batch?: number
}

/**
 * Input `latents` [batch, latent]. Output `films` [batch, size, size] in [0, 1].
 * @param config beside the stored network
 * @param params become part of the file
 * @returns bytes written
 * @throws GanModelsError when it is no generator from latents
 */
export const exportLatentGenerator = (
  config: Readonly<Record<string, unknown>>,
  params: Params,
  { folder, batch = 1 }: ExportLatentGeneratorOptions,
): number => {
  const generator = latentGenerator(config)
  return exportSavedModel(
    ({ latents }) => {
      const films = withOpScope('generator', () => generator.films(params, latents!))
      return { films: tf.squeeze(tf.clipByValue(tf.div(tf.add(films, 1), 2), 0, 1), [3]) }
    },
    { folder, inputs: { latents: { shape: [batch, generator.latent] } } },
  )
}
