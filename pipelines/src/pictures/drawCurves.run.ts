// Entry of `draw-curves`.
import { FigureError, linePicture, pictureGrid } from '@radiograft/figures'
import type { RunOf } from '@radiograft/pipeline'
import { curvePanels } from './curvePanels.ts'
import type { drawCurves } from './drawCurves.ts'
import { svgFigure } from './svgFigure.ts'

export const run: RunOf<typeof drawCurves> = ({ params, inputs }) => {
  const { curves } = inputs
  if (curves.length > 1 && params.names.length !== curves.length) {
    throw new FigureError('draw-curves', `${params.names.length} names for ${curves.length} fits: give one each`)
  }
  // equal names are folds of one arm: the line says which
  const labels = curves.map((_, i) => {
    const name = params.names[i] ?? params.title
    const same = params.names.slice(0, i).filter((other) => other === name).length
    return same === 0 ? name : `${name} (${same + 1})`
  })
  const { panels, leftOut } = curvePanels(curves.map((rows, i) => ({ name: labels[i]!, rows })))
  const title = `${params.title}: training curves`
  const caption =
    'Means over the steps since the point before. Losses as the paper’s formula counts them, without unit; axes with powers of ' +
    'ten are logarithmic.' +
    (leftOut.length > 0 ? ` Zero throughout and not drawn: ${leftOut.join(', ')}.` : '')
  const pictures = panels.map(linePicture)
  return { figure: svgFigure(pictureGrid({ title, pictures, columns: 2 }), { title, caption, row: '' }) }
}
