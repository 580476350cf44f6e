// Entry of `draw-residual`.
import type { FilmCell } from '@radiograft/figures'
import { boxMask, resizeArea, scaleBox } from '@radiograft/geometry'
import { boxesByFilm, filmsOf, type Films, type RunOf } from '@radiograft/pipeline'
import type { drawResidual } from './drawResidual.ts'
import { evenly } from '../pictures/evenly.ts'
import { filmFigure } from '../pictures/filmFigure.ts'
import { insideOutside } from './insideOutside.ts'
import { shownFilm, shownPicture } from '../pictures/shownFilm.ts'
import { toWhite, whiteFor } from './whiteFor.ts'

export const run: RunOf<typeof drawResidual> = async ({ params, inputs }) => {
  const { films, boxes, generated, residuals, labels, split, twins } = inputs
  const { height, width } = residuals
  const boxesOf = boxesByFilm(boxes)
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  const test = filmsOf(split, 'test')
  const without = test.filter((id) => boxesOf(id).length === 0)
  const normals = without.filter((id) => classOf.get(id) === 'Normal')
  const shown = [
    ...evenly(
      test.filter((id) => boxesOf(id).length > 0),
      params.positives,
    ),
    ...evenly(normals.length > 0 ? normals : without, params.negatives),
  ]

  // residuals are |x − G(x)| of the film as the generator saw it, so the true difference is taken at that size too
  const small = async (from: Films, id: string): Promise<Float32Array> => {
    const [pixels] = await from.rows([from.indexOf(id)])
    return resizeArea(pixels!, from.height, from.width, height, width)
  }
  const maps = []
  for (const id of shown) {
    const [film, truth] = [await small(films, id), twins && (await small(twins, id))]
    const own = boxesOf(id).map((box) => scaleBox(box, width / films.width, height / films.height))
    const mask = boxMask(own, height, width)
    maps.push({
      id,
      mask,
      residual: await small(residuals, id),
      true: truth && film.map((v, i) => Math.abs(v - truth[i]!)),
    })
  }
  const white = whiteFor(maps.map(({ residual }) => residual))

  const rows = []
  for (const { id, mask, ...map } of maps) {
    const overlays = boxesOf(id).map((box) => ({ box, colour: 'orange', meaning: 'true box' }) as const)
    const mapCell = (values: Float32Array): FilmCell => {
      const { inside, outside } = insideOutside(values, mask)
      const film = shownPicture(toWhite(values, white), height, width)
      const [x, y] = [film.width / films.width, film.height / films.height]
      return {
        film,
        boxes: overlays.map((overlay) => ({ ...overlay, box: scaleBox(overlay.box, x, y) })),
        note: [
          ...(inside === null ? [] : [`in ${inside.toFixed(3)}`]),
          ...(outside === null ? [] : [`${inside === null ? 'mean' : 'out'} ${outside.toFixed(3)}`]),
        ].join(' · '),
      }
    }
    rows.push({
      label: `${classOf.get(id) ?? 'no label'} ${id}`,
      cells: [
        await shownFilm(films, id, overlays),
        await shownFilm(generated, id),
        mapCell(map.residual),
        ...(twins && map.true ? [await shownFilm(twins, id), mapCell(map.true)] : []),
      ],
    })
  }
  const title = 'Film, generated normal, and what lies between'
  const caption =
    `Test films, those with a box first, then those without, at equal distances along their ids. x: the film; G(x): what the ` +
    `abnormal-to-normal generator makes of it; |x − G(x)|: the residual that the detector attends to, black 0 to white ${white} of ` +
    'the grey range in every row, with its mean inside and outside the true boxes. Wanted: bright inside boxes, black elsewhere ' +
    'and on normal films.' +
    (twins
      ? ' Truth: the film without its lesion, which only a phantom knows, and the residual of a perfect generator.'
      : '')
  const columns = ['x', 'G(x)', '|x − G(x)|', ...(twins ? ['truth', '|x − truth|'] : [])]
  return { figure: filmFigure({ title, caption, row: 'G15' }, columns, rows) }
}
