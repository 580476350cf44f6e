// Entry of `graft`: two streams over the same pairs, in order of id, one film in memory at a time.
import { boxMask, type Box } from '@radiograft/geometry'
import { boxesByFilm, type Film, type RunOf } from '@radiograft/pipeline'
import { paste } from '../graft/paste.ts'
import { poissonGraft } from '../graft/poissonGraft.ts'
import type { graft } from './graft.ts'

export const run: RunOf<typeof graft> = ({ params, inputs, ctx }) => {
  const { films, boxes, pairs } = inputs
  const { height, width } = films
  const chosen = pairs.filter((pair) => pair.rank === params.rank).toSorted((a, b) => (a.film < b.film ? -1 : 1))
  const boxesOf = boxesByFilm(boxes)

  type Make = (film: Float32Array, donor: Float32Array, boxes: ReadonlyArray<Box>) => Float32Array
  const stream = async function* (make: Make): AsyncGenerator<Film> {
    for (const [i, { film, donor }] of chosen.entries()) {
      ctx.signal.throwIfAborted()
      const [recipient, lender] = await films.rows([films.indexOf(film), films.indexOf(donor)])
      yield { id: film, pixels: make(recipient!, lender!, boxesOf(film)) }
      ctx.progress(i + 1, chosen.length)
    }
  }
  const out = { height, width, storage: 'uint16' as const }
  return {
    pasted: {
      ...out,
      films: stream((film, donor, own) => paste(film, donor, boxMask(own, height, width), height, width)),
    },
    blended: { ...out, films: stream((film, donor, own) => poissonGraft(donor, film, own, height, width)) },
  }
}
