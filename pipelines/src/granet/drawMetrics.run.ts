// Entry of `draw-metrics`.
import { forestPicture, FigureError, pictureGrid, type ForestRow } from '@radiograft/figures'
import type { RunOf } from '@radiograft/pipeline'
import type { drawMetrics } from './drawMetrics.ts'
import { forestOfMetrics } from './forestOfMetrics.ts'
import { svgFigure } from '../pictures/svgFigure.ts'

const DIFFERENCES = 'Paired differences, same films'

/** Rows from one heading to the next, which names their picture. */
const groupsOf = (rows: ReadonlyArray<ForestRow>) => {
  const groups: Array<{ title: string; rows: ForestRow[] }> = []
  for (const { heading, ...row } of rows) {
    if (groups.length === 0 || heading !== undefined)
      groups.push({ title: heading === undefined ? DIFFERENCES : `${DIFFERENCES}, ${heading}`, rows: [] })
    groups.at(-1)!.rows.push(row)
  }
  return groups
}

export const run: RunOf<typeof drawMetrics> = ({ params, inputs }) => {
  const { values, differences } = forestOfMetrics(inputs.metrics.flat(), params.metrics)
  if (values.length === 0) {
    throw new FigureError('draw-metrics', `no arm has any of ${params.metrics.join(', ')}: wire those of compare-arms`)
  }
  const title = 'Average precision of the arms, and their differences'
  const caption =
    'Test part; bars are 95 % intervals over patients and training seeds; with one seed they leave out the chance of training, ' +
    'and where differences are many some miss zero by chance. Bold: the primary metric (RSNA, IoU .40 to .75), of many arms ' +
    'the main ones; groups of differences each have their own scale. n: films counted. A difference whose interval crosses the dashed line of zero may be none. Diamonds: what the ' +
    'paper prints, on other films and another protocol: a mark to orient by, not to be met.'
  const common = { referenceLabel: 'paper', decimals: 3, width: 800 }
  const pictures = [
    forestPicture({ ...common, title: 'Arms', valueLabel: 'average precision, 0 to 1 (95 % interval)', rows: values }),
    // each group to its own scale: what an oracle gains would flatten what the claims are about
    ...groupsOf(differences).map((group) =>
      forestPicture({
        ...common,
        ...group,
        valueLabel: 'difference of average precision (95 % interval)',
        noEffect: 0,
      }),
    ),
  ]
  return { figure: svgFigure(pictureGrid({ title, pictures }), { title, caption, row: 'G24' }) }
}
