// What the abnormal-to-normal generator takes for abnormal: film, G(film) and |film − G(film)|, on one grey scale.
import { Schema } from 'effect'
import { Boxes, Figure, Films, Labels, optional, param, Split, Stage } from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 }))

export const drawResidual = Stage.make({
  name: 'draw-residual',
  doc: 'Test films with their boxes, generated normals and residuals, for positives and for normals.',
  rows: ['G10', 'G15', 'G16'],
  resource: 'light',
  pure: true,
  params: {
    positives: param(count, { default: 4, doc: 'films with a box that are shown' }),
    negatives: param(count, { default: 3, doc: 'films without a box that are shown, class Normal before others' }),
  },
  inputs: {
    films: Films,
    boxes: Boxes,
    generated: Films,
    residuals: Films,
    labels: Labels,
    split: Split,
    /** the films without their lesions, where they are known */
    twins: optional(Films),
  },
  outputs: { figure: Figure },
  entry: Stage.entry(import.meta.url, './drawResidual.run'),
})
