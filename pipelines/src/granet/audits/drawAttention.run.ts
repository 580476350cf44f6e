// Entry of `draw-attention`.
import { detectorConfig } from '@radiograft/detectors'
import type { FilmCell } from '@radiograft/figures'
import { boxMask, scaleBox } from '@radiograft/geometry'
import { boxesByFilm, type RunOf } from '@radiograft/pipeline'
import { filmFigure } from '../../pictures/filmFigure.ts'
import { insideOutside } from '../insideOutside.ts'
import { shownFilm } from '../../pictures/shownFilm.ts'
import { attentionLevels, type AttentionLevel } from './attentionLevels.ts'
import { chooseTestFilms } from './chooseTestFilms.ts'
import type { drawAttention } from './drawAttention.ts'

export const run: RunOf<typeof drawAttention> = async ({ params, inputs }) => {
  const { films, boxes, residuals, detector, labels, split } = inputs
  const config = detectorConfig(detector.config)
  const boxesOf = boxesByFilm(boxes)
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  const shown = chooseTestFilms(split, labels, (film) => boxesOf(film).length > 0, params)

  const rows = []
  let names: ReadonlyArray<string> = []
  for (const id of shown) {
    const overlays = boxesOf(id).map((box) => ({ box, colour: 'orange', meaning: 'true box' }) as const)
    const film = await shownFilm(films, id, overlays)
    const { height, width } = film.film
    const [residual] = await residuals.rows([residuals.indexOf(id)])
    const levels = attentionLevels(residual!, residuals.height, residuals.width, config)
    names = levels.map((one) => `P${one.level}, ${one.height} × ${one.width} cells`)
    const mask = boxMask(
      boxesOf(id).map((box) => scaleBox(box, width / films.width, height / films.height)),
      height,
      width,
    )
    const cells = levels.map((one): FilmCell => {
      const map = asCells(one, height, width)
      const { inside, outside } = insideOutside(map, mask)
      const note = [
        ...(inside === null ? [] : [`in ${inside.toFixed(2)}`]),
        ...(outside === null ? [] : [`${inside === null ? 'mean' : 'out'} ${outside.toFixed(2)}`]),
      ].join(' · ')
      return { ...film, heat: { pixels: map, height, width }, note }
    })
    rows.push({ label: `${classOf.get(id) ?? 'no label'} ${id}`, cells: [film, ...cells] })
  }
  const { attention, network } = config
  const form = network.attention?.form === 'a' ? 'multiplied by a' : 'multiplied by 1 + a'
  const rule =
    attention?.by === 'film-max'
      ? 'a is the residual over its film’s maximum'
      : `a is the residual, a change of ${attention?.reference ?? '?'} of the grey range counting as 1`
  const title = 'Residual attention at every level of the pyramid'
  const caption =
    `Test films, those with a box first, then those without. Over each film: the map a that the detector gets, 0 (nothing drawn) ` +
    `to 1; the features of that level are ${form}; ${rule}. Numbers: mean of a inside and outside the true boxes. Wanted: high ` +
    'inside boxes, 0 elsewhere and on normal films. Coarse levels see the same map averaged: a small lesion fades there.'
  return { figure: filmFigure({ title, caption, row: 'G15' }, ['film', ...names], rows) }
}

/** Each cell as the pixels that it covers: nothing is smoothed, for the network sees cells. */
const asCells = ({ map, ...cells }: AttentionLevel, height: number, width: number): Float32Array =>
  Float32Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width]
    return map[Math.floor((y * cells.height) / height) * cells.width + Math.floor((x * cells.width) / width)]!
  })
