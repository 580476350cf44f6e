// Entry of `draw-lesions`.
import { syntheticId } from '@radiograft/blend'
import { boxesByFilm, type RunOf } from '@radiograft/pipeline'
import { donorTable } from './donorTable.ts'
import type { drawLesions } from './drawLesions.ts'
import { evenly } from '../pictures/evenly.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { shownFilm } from '../pictures/shownFilm.ts'

export const run: RunOf<typeof drawLesions> = async ({ params, inputs }) => {
  const { films, boxes, split, pairs, pasted, blended, nulls, generated } = inputs
  const boxesOf = boxesByFilm(boxes)
  const made = new Set(blended.ids)
  const lent = pairs
    .filter((pair) => pair.rank === 0 && made.has(syntheticId(pair.film, pair.donor)))
    .toSorted((a, b) => a.distance - b.distance || (a.film < b.film ? -1 : 1))
  const steps = [
    ['pasted', pasted],
    ['blended', blended],
    ['normal lung instead', nulls],
    ['pseudo-abnormal', generated],
  ] as const
  const shown = steps.flatMap(([name, from]) => (from ? [{ name, from }] : []))

  const rows = []
  for (const { film, donor, distance } of evenly(lent, params.films)) {
    const id = syntheticId(film, donor)
    const drawn = boxesOf(donor).map((box) => ({ box, colour: 'orange', meaning: 'box of the lesion' }) as const)
    const host = await shownFilm(films, film)
    const giver = { ...(await shownFilm(films, donor, drawn)), note: `distance ${distance.toFixed(2)}` }
    const cells = await Promise.all(shown.map(({ from }) => shownFilm(from, id)))
    rows.push({ label: film, cells: [host, giver, ...cells] })
  }
  const title = 'From normal film to pseudo-abnormal'
  const caption =
    `${rows.length} of ${made.size} films of the training part that were given a lesion, from the nearest donor (top) to the ` +
    'farthest: the host, its nearest abnormal film with its boxes, that film’s pixels pasted into the host, the same after Poisson blending' +
    (nulls ? ', a graft of normal lung in the same boxes (the control without a lesion)' : '') +
    (generated ? ', and what the second radio-realistic generator makes of the blend' : '') +
    '. Lesions that lie on the host as they would on their own film are wanted; an edge that a reader can see is not.'
  const columns = ['host', 'nearest abnormal', ...shown.map(({ name }) => name)]
  return {
    figure: filmFigure({ title, caption, row: 'G22' }, columns, rows),
    donors: donorTable(pairs, split, { title: 'Donors of lesions', rows: 'G22, G31' }),
  }
}
