// Entry of `graft-lesion`: two streams over the same synthetic films, in order of id, one in memory at a time.
import { boxMask, type Box } from '@radiograft/geometry'
import type { Film, PairRow, RunOf } from '@radiograft/pipeline'
import { BlendError } from '../BlendError.ts'
import { paste } from '../graft/paste.ts'
import { poissonGraft } from '../graft/poissonGraft.ts'
import type { graftLesion } from './graftLesion.ts'
import { lesionBoxes, lesionOf } from './lesionBoxes.ts'
import { assertTraining, syntheticFilms, type SyntheticFilm } from './syntheticFilms.ts'

/** Whose pixels a synthetic film gets: the donor's, or those of the film nearest to its host among `contents`. */
const lenderOf = (contents: ReadonlyArray<PairRow> | undefined): ((film: SyntheticFilm) => string) => {
  if (!contents) return ({ donor }) => donor
  const nearest = new Map(contents.flatMap((pair) => (pair.rank === 0 ? [[pair.film, pair.donor] as const] : [])))
  return ({ host }) => {
    const lender = nearest.get(host)
    if (lender === undefined)
      throw new BlendError('contents', `has no film for host ${host}: choose contents for the hosts of these pairs`)
    return lender
  }
}

export const run: RunOf<typeof graftLesion> = ({ params, inputs, ctx }) => {
  const { films, boxes, split, pairs, contents } = inputs
  const { height, width } = films
  const lesions = lesionBoxes(boxes, films)
  const lender = lenderOf(contents)
  const made = syntheticFilms(pairs, params.rank, split).map((film) => ({
    ...film,
    lender: lender(film),
    boxes: lesionOf(lesions, film.donor).map(({ box }) => box),
  }))
  assertTraining(
    'contents',
    made.map((film) => film.lender),
    split,
  )

  type Make = (host: Float32Array, lender: Float32Array, boxes: ReadonlyArray<Box>) => Float32Array
  const stream = async function* (make: Make): AsyncGenerator<Film> {
    for (const [i, film] of made.entries()) {
      ctx.signal.throwIfAborted()
      const [host, lent] = await films.rows([films.indexOf(film.host), films.indexOf(film.lender)])
      yield { id: film.id, pixels: make(host!, lent!, film.boxes) }
      ctx.progress(i + 1, made.length, 'films')
    }
  }
  const out = { height, width, storage: 'uint16' as const }
  return {
    pasted: {
      ...out,
      films: stream((host, lent, own) => paste(host, lent, boxMask(own, height, width), height, width)),
    },
    blended: { ...out, films: stream((host, lent, own) => poissonGraft(lent, host, own, height, width)) },
  }
}
