// A trained generator at work: films in, films out, in batches of one size so that one graph serves all. Used by the stage
// `generate`, and by anyone with a stored generator.
import { asUnit, resizeArea, toSigned, toUnit, type SignedPixels, type UnitPixels } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import { compileFunction, type CompileOptions } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { GeneratorConfig } from './generatorConfig.ts'
import { cycleGanGenerator } from './networks/cycleGanGenerator.ts'

export interface TranslatorOptions extends CompileOptions {
  /** films a call of the graph. @default 8 */
  readonly batch?: number
}

/** [height, width], row-major, in [0, 1]. */
export interface SizedFilm {
  readonly pixels: Float32Array
  readonly height: number
  readonly width: number
}

export interface Translation {
  /** x, the film as the generator saw it: brought to its size by area average, [size, size] in [0, 1] */
  readonly input: UnitPixels
  /** G(x), [size, size] in [0, 1] */
  readonly output: UnitPixels
}

export interface FilmTranslator {
  /** side of the films that come out */
  readonly size: number
  /** films a call of the graph */
  readonly batch: number
  /** Any number of films of any size; `params` stay the caller's. */
  translate(params: Params, films: ReadonlyArray<SizedFilm>): Promise<ReadonlyArray<Translation>>
  dispose(): void
}

/** @throws PixelRangeError from `translate` when a film is not in [0, 1] */
export const filmTranslator = (config: GeneratorConfig, options: TranslatorOptions = {}): FilmTranslator => {
  const { batch = 8, ...compile } = options
  const { size } = config
  const generator = cycleGanGenerator(config.network)
  const forward = compileFunction(({ 'in:films': films, ...params }: Readonly<Record<string, tf.Tensor>>) => {
    const { y } = generator.apply(params, films!, { training: false })
    return { films: y }
  }, compile)

  const inBatch = async (params: Params, inputs: ReadonlyArray<UnitPixels>): Promise<Translation[]> => {
    const pixels = new Float32Array(batch * size * size) // a batch that is not full ends in grey films
    inputs.forEach((film, i) => pixels.set(toSigned(film), i * size * size))
    const x = tf.tensor4d(pixels, [batch, size, size, 1])
    const { films } = forward({ ...params, 'in:films': x })
    const values = (await films.data()) as Float32Array
    tf.dispose([x, films])
    return inputs.map((input, i) => ({
      input,
      output: toUnit(values.subarray(i * size * size, (i + 1) * size * size) as SignedPixels),
    }))
  }

  return {
    size,
    batch,
    translate: async (params, films) => {
      const inputs = films.map(({ pixels, height, width }) => asUnit(resizeArea(pixels, height, width, size, size)))
      const all: Translation[] = []
      for (let at = 0; at < inputs.length; at += batch)
        all.push(...(await inBatch(params, inputs.slice(at, at + batch))))
      return all
    },
    dispose: forward.dispose,
  }
}
