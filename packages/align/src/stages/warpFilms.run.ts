// Entry of `warp-films`.
import { warpFilm } from '@radiograft/geometry'
import type { Film, RunOf } from '@radiograft/pipeline'
import { AlignError } from '../AlignError.ts'
import { thetaOf } from './thetaRow.ts'
import type { warpFilms } from './warpFilms.ts'

export const run: RunOf<typeof warpFilms> = ({ params, inputs, ctx }) => {
  const { films, transforms } = inputs
  const { height, width } = films
  const thetas = new Map(transforms.map((row) => [row.film, thetaOf(row)]))
  const warped = async function* (): AsyncGenerator<Film> {
    let done = 0
    for await (const { id, pixels } of films.stream()) {
      ctx.signal.throwIfAborted()
      const theta = thetas.get(id)
      if (!theta) throw new AlignError(id, 'this film has no map: wire the maps of the same films')
      yield { id, pixels: warpFilm(pixels, height, width, theta, params.padding) }
      ctx.progress(++done, films.size, 'films')
    }
  }
  return { films: { height, width, storage: 'uint16', films: warped() } }
}
