// A stored generator as a TensorFlow SavedModel: films as they are stored in, films in [0, 1] out, no program of ours
// needed. The same numbers as `filmTranslator` within 1e-6.
import type { Params } from '@radiograft/nn'
import { exportSavedModel, storedFilms, withOpScope, type StoredFilms } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { GeneratorConfig } from './generatorConfig.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'

export interface ExportGeneratorOptions {
  /** Gets `saved_model.pb`; made when it is missing. */
  readonly folder: string
  /** How films are stored. Their size and their number a call are fixed in the file. */
  readonly films: StoredFilms
}

/**
 * Input `films` [batch, height, width]. Outputs `input`, the films as the generator saw them, and `output`, G(x), both
 * [batch, size, size] in [0, 1].
 * @param params become part of the file
 * @returns bytes written
 */
export const exportGenerator = (
  { size, network }: GeneratorConfig,
  params: Params,
  { folder, films }: ExportGeneratorOptions,
): number => {
  const generator = cycleGanGenerator(network)
  const { input, toSigned } = storedFilms(films)
  const toUnit = (signed: tf.Tensor): tf.Tensor => tf.squeeze(tf.clipByValue(tf.div(tf.add(signed, 1), 2), 0, 1), [3])
  return exportSavedModel(
    ({ films: pixels }) => {
      const x = withOpScope('films', () => toSigned(pixels!, { height: size, width: size }))
      const { y } = withOpScope('generator', () => generator.apply(params, x, { training: false }))
      return { input: toUnit(x), output: toUnit(y) }
    },
    { folder, inputs: { films: input } },
  )
}
