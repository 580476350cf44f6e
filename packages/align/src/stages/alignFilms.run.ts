// Entry of `align-films`: θ of every film first (small), then the films are streamed through it.
import { clipBox, isEmptyBox, warpBox, warpFilm } from '@radiograft/geometry'
import type { Film, RunOf } from '@radiograft/pipeline'
import { loadRuntime } from '@radiograft/tensor/node'
import { AlignError } from '../AlignError.ts'
import { thetaOf, thetaRow } from './thetaRow.ts'
import { predictThetas } from './predictThetas.ts'
import type { alignFilms } from './alignFilms.ts'

export const run: RunOf<typeof alignFilms> = async ({ params, inputs, ctx }) => {
  await loadRuntime({ threads: ctx.threads })
  const { films, boxes, aligner } = inputs
  const { height, width } = films
  const thetas = await predictThetas(aligner, films, ctx)
  const transforms = films.ids.map((film, i) => thetaRow(film, thetas[i]!))
  const byFilm = new Map(transforms.map((row) => [row.film, thetaOf(row)]))

  const carried = boxes.flatMap(({ film, label, x0, y0, x1, y1 }) => {
    const theta = byFilm.get(film)
    if (!theta)
      throw new AlignError(film, 'there is a box of this film, but no film: wire films and boxes of one reader')
    const box = clipBox(warpBox([x0, y0, x1, y1], theta, height, width), width, height)
    return isEmptyBox(box) ? [] : [{ film, label, x0: box[0], y0: box[1], x1: box[2], y1: box[3] }]
  })
  if (carried.length < boxes.length)
    ctx.warn(`${boxes.length - carried.length} of ${boxes.length} boxes lie wholly beyond their aligned films: dropped`)

  const aligned = async function* (): AsyncGenerator<Film> {
    let done = 0
    for await (const { id, pixels } of films.stream()) {
      ctx.signal.throwIfAborted()
      yield { id, pixels: warpFilm(pixels, height, width, byFilm.get(id)!, params.padding) }
      ctx.progress(++done, films.size, 'films')
    }
  }
  return {
    films: { height, width, storage: 'uint16', films: aligned() },
    boxes: carried,
    transforms,
  }
}
