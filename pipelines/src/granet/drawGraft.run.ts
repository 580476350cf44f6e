// Entry of `draw-graft`.
import type { FilmCell } from '@radiograft/figures'
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { psnr } from '@radiograft/metrics'
import { boxesByFilm } from '@radiograft/pipeline'
import type { Films, RunOf } from '@radiograft/pipeline'
import { donorTable } from './donorTable.ts'
import type { drawGraft } from './drawGraft.ts'
import { evenly } from '../pictures/evenly.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { shownFilm } from '../pictures/shownFilm.ts'

export const run: RunOf<typeof drawGraft> = async ({ params, inputs }) => {
  const { films, boxes, split, pairs, pasted, blended, pseudoNormals, twins } = inputs
  const boxesOf = boxesByFilm(boxes)
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const candidates = pairs
    .filter((pair) => pair.rank === 0 && partOf.get(pair.film) === params.part)
    .toSorted((a, b) => a.distance - b.distance || (a.film < b.film ? -1 : 1))

  // every step at the generator's size, so that its loss of detail does not count against it
  const { height, width } = pseudoNormals
  const small = async (from: Films, id: string): Promise<Float32Array> => {
    const [pixels] = await from.rows([from.indexOf(id)])
    return resizeArea(pixels!, from.height, from.width, height, width)
  }
  const likeness = async (from: Films, id: string): Promise<string | undefined> => {
    if (!twins) return undefined
    const own = boxesOf(id).map((box) => scaleBox(box, width / films.width, height / films.height))
    const mask = boxMask(own, height, width)
    if (!mask.includes(1)) return undefined
    return `${psnr(await small(from, id), await small(twins, id), mask).toFixed(1)} dB in boxes`
  }

  const rows = []
  for (const { film, donor, distance } of evenly(candidates, params.films)) {
    const own = boxesOf(film)
    const drawn = own.map((box) => ({ box, colour: 'orange', meaning: 'true box' }) as const)
    const lent = own.map((box) => ({ box, colour: 'sky', line: 'dashed', meaning: 'lung that is lent' }) as const)
    const step = async (from: Films): Promise<FilmCell> => {
      const note = await likeness(from, film)
      return { ...(await shownFilm(from, film)), ...(note === undefined ? {} : { note }) }
    }
    rows.push({
      label: film,
      cells: [
        { ...(await step(films)), ...(await shownFilm(films, film, drawn)) },
        { ...(await shownFilm(films, donor, lent)), note: `distance ${distance.toFixed(2)}` },
        await step(pasted),
        await step(blended),
        await step(pseudoNormals),
        ...(twins ? [await shownFilm(twins, film)] : []),
      ],
    })
  }
  const title = `From lesion to pseudo-normal: ${params.part} films`
  const caption =
    `${rows.length} ${params.part} films from the nearest donor (top) to the farthest (bottom): the film, its nearest normal film ` +
    'of the training part (Euclidean distance of 32 × 32 thumbnails), the donor’s pixels pasted into the boxes, the same after ' +
    `Poisson blending, and what the radio-realistic generator makes of that (${height} × ${width} pixels).` +
    (twins
      ? ' Last, the film as it would be without its lesion, which only a phantom knows; under each step its likeness to that ' +
        `inside the boxes, at ${height} × ${width} pixels: peak signal-to-noise ratio, higher is closer.`
      : '')
  const columns = ['film', 'nearest normal', 'pasted', 'blended', 'pseudo-normal', ...(twins ? ['truth'] : [])]
  return { figure: filmFigure({ title, caption, row: 'G8' }, columns, rows), donors: donorTable(pairs, split) }
}
