// Real films in RSNA's layout as a stage. The folder is checked again here; the command line has done so before planning.
import { Schema } from 'effect'
import { Boxes, Cohort, Dataset, Films, Labels, param, Stage } from '@radiograft/pipeline'

export const readRsna = Stage.make({
  name: 'read-rsna',
  doc: 'A folder in RSNA’s layout to square films, boxes in their pixels, labels and the cohort.',
  rows: ['G1', 'G2', 'G29'],
  resource: 'io',
  pure: true,
  params: {
    size: param(Schema.Int.check(Schema.isBetween({ minimum: 16, maximum: 4096 })), {
      default: 128,
      doc: 'side of the square films in pixels (the paper: 512)',
      row: 'G1',
    }),
    window: param(Schema.Literals(['header', 'depth']), {
      default: 'header',
      doc: 'grey levels: the film’s own window where it has one, or all stored ones',
    }),
  },
  inputs: { dataset: Dataset },
  outputs: { films: Films, boxes: Boxes, labels: Labels, cohort: Cohort },
  entry: Stage.entry(import.meta.url, './readRsna.run'),
})
