// A stream of films through a stored generator, a batch in memory at a time. Used by the entry of `generate`.
import { resizeArea } from '@radiograft/geometry'
import { fromNetworkTensors } from '@radiograft/nn'
import type { Film, Films, FilmsOut, Network, StageContext } from '@radiograft/pipeline'
import * as tf from '@tensorflow/tfjs-core'
import { filmTranslator, type Translation } from '../filmTranslator.ts'
import { generatorConfig } from '../generatorConfig.ts'

/** A film with the generator's change, bilinear at the film's size, added: detail that the generator never saw stays. */
const changed = (
  film: Float32Array,
  { height, width }: Pick<Films, 'height' | 'width'>,
  { input, output }: Translation,
  size: number,
): Float32Array => {
  const change = resizeArea(
    output.map((v, i) => v - input[i]!),
    size,
    size,
    height,
    width,
  )
  return film.map((v, i) => Math.min(1, Math.max(0, v + change[i]!)))
}

/** @throws GanModelsError when the network is no generator */
export const translatedFilms = (
  films: Films,
  generator: Network,
  size: 'generator' | 'film',
  ctx: Pick<StageContext, 'graphs' | 'precision' | 'progress' | 'signal'>,
): FilmsOut => {
  const config = generatorConfig(generator.config)
  const { height, width } = films
  const stream = async function* (): AsyncGenerator<Film> {
    const translator = filmTranslator(config, { precision: ctx.precision, cache: ctx.graphs })
    const params = fromNetworkTensors(generator.tensors)
    try {
      for (let at = 0; at < films.size; at += translator.batch) {
        ctx.signal.throwIfAborted()
        const ids = films.ids.slice(at, at + translator.batch)
        const rows = await films.rows(ids.map((_, i) => at + i))
        const made = await translator.translate(
          params,
          rows.map((pixels) => ({ pixels, height, width })),
        )
        for (const [i, id] of ids.entries())
          yield { id, pixels: size === 'film' ? changed(rows[i]!, films, made[i]!, config.size) : made[i]!.output }
        ctx.progress(at + ids.length, films.size, 'films')
      }
    } finally {
      tf.dispose(params)
      translator.dispose()
    }
  }
  const shape = size === 'film' ? { height, width } : { height: config.size, width: config.size }
  return { ...shape, storage: 'uint16', films: stream() }
}
