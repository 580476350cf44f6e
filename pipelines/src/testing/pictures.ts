/** radiograft run pipelines/src/testing/pictures.ts · films read, split and drawn: what tests of a page of films run. */
import { Dataset, Pipeline } from '@radiograft/pipeline'
import { readFilms, split } from '@radiograft/data-io/stages'
import { drawCohort } from '../pictures/drawCohort.ts'

export default Pipeline.make({
  name: 'pictures',
  doc: 'Films of a folder on a sheet.',
  datasets: { films: Dataset },
  params: { size: 32 },
  paramDocs: { size: 'side of the films, pixels' },
  presets: { quick: {}, default: {}, paper: { size: 512 } },
  axes: { fold: [0] },
  cell: (g, data, p, at) => {
    const raw = g('read', readFilms, { dataset: data.films }, { size: p.size })
    const { split: parts } = g('split', split, { cohort: raw.cohort, labels: raw.labels }, { fold: at.fold })
    const who = { films: raw.films, boxes: raw.boxes, labels: raw.labels, cohort: raw.cohort, split: parts }
    return { ...g('draw-cohort', drawCohort, who), left: raw.left, findings: raw.findings, how: raw.preparations }
  },
  gather: (_, cells) => cells[0]!.out,
})
