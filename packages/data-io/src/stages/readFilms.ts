// Real films as a stage, in whatever layout their folder has. The folder is checked again here; the command line has done
// so before planning.
import { Schema } from 'effect'
import {
  Boxes,
  Cohort,
  Dataset,
  Films,
  Findings,
  Labels,
  param,
  Preparations,
  Stage,
  Table,
} from '@radiograft/pipeline'

export const readFilms = Stage.make({
  name: 'read-films',
  doc: 'A folder of films (RSNA, NIH, CheXpert, one folder a class) to square films, boxes, labels, findings and the cohort.',
  rows: ['G1', 'G2', 'G29', 'X3', 'C1'],
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
    storage: param(Schema.Literals(['uint8', 'uint16']), {
      default: 'uint8',
      doc: 'bits a pixel as kept; uint16 keeps what films of 10 to 16 bits have',
    }),
    finding: param(Schema.String, {
      default: '',
      doc: 'the finding that is the target; empty: Lung Opacity (RSNA), Pneumonia (NIH, CheXpert), the one class beside Normal',
    }),
    uncertain: param(Schema.Literals(['positive', 'negative', 'drop']), {
      default: 'positive',
      doc: 'what an uncertain mention of the finding counts as',
      source: 'paper',
      row: 'C1',
    }),
    unboxed: param(Schema.Literals(['keep', 'drop']), {
      default: 'keep',
      doc: 'positives without a box: kept, or left out where boxes are what is learned',
    }),
    classes: param(Schema.Literals(['layout', 'task']), {
      default: 'layout',
      doc: 'classes of films as the layout has them (NIH: each combination of findings), or RSNA’s three for any finding: Normal, the finding, neither',
      row: 'G17',
    }),
  },
  inputs: { dataset: Dataset },
  outputs: {
    films: Films,
    /** of the finding alone */
    boxes: Boxes,
    labels: Labels,
    findings: Findings,
    cohort: Cohort,
    preparations: Preparations,
    /** films that were left out, and why */
    left: Table,
  },
  entry: Stage.entry(import.meta.url, './readFilms.run'),
})
