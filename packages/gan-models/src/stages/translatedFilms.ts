// A stream of films through a stored generator, a batch in memory at a time. Used by the entry of `generate`.
import { fromNetworkTensors } from '@radiograft/nn'
import type { Film, Films, FilmsOut, Network, StageContext } from '@radiograft/pipeline'
import * as tf from '@tensorflow/tfjs-core'
import { filmTranslator } from '../filmTranslator.ts'
import { generatorConfig } from '../generatorConfig.ts'

/** @throws GanModelsError when the network is no generator */
export const translatedFilms = (
  films: Films,
  generator: Network,
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
        for (const [i, id] of ids.entries()) yield { id, pixels: made[i]!.output }
        ctx.progress(at + ids.length, films.size, 'films')
      }
    } finally {
      tf.dispose(params)
      translator.dispose()
    }
  }
  return { height: config.size, width: config.size, storage: 'uint16', films: stream() }
}
