// Entry of `repeat-positives`.
import type { Film, RunOf } from '@radiograft/pipeline'
import type { repeatPositives } from './repeatPositives.ts'
import { syntheticFilms } from './syntheticFilms.ts'

export const run: RunOf<typeof repeatPositives> = ({ params, inputs, ctx }) => {
  const { films, split, pairs } = inputs
  const { height, width } = films
  const made = syntheticFilms(pairs, params.rank, split)
  const stream = async function* (): AsyncGenerator<Film> {
    for (const [i, { id, donor }] of made.entries()) {
      ctx.signal.throwIfAborted()
      const [pixels] = await films.rows([films.indexOf(donor)])
      yield { id, pixels: pixels! }
      ctx.progress(i + 1, made.length, 'films')
    }
  }
  return { films: { height, width, storage: 'uint16', films: stream() } }
}
