// A report's input that looks like a run of the first pipeline. Real figures, made-up numbers.
import type { ReportInput } from '../ReportInput.ts'
import { exampleCohorts, exampleModels } from './exampleCards.ts'
import { exampleClaims } from './exampleClaims.ts'
import { exampleFigures } from './exampleFigures.ts'
import { exampleMetrics } from './exampleMetrics.ts'
import { exampleStages } from './exampleStages.ts'

const tables: ReportInput['tables'] = [
  {
    name: 'counts',
    table: {
      title: 'Films by part and class',
      rows: 'G1',
      columns: ['class', 'train', 'validation', 'test', 'share'],
      cells: [
        ['Normal', 181, 33, 82, 0.37],
        ['Lung Opacity', 164, 30, 76, 0.3375],
        ['No Lung Opacity / Not Normal', 142, 26, 66, 0.2925],
        ['unreadable', 0, 0, null, 0],
      ],
      note: 'Split by patient: no patient lies in two parts.',
    },
  },
  {
    name: 'donors',
    table: {
      title: 'How often a film is a donor',
      rows: 'G7',
      columns: ['times', 'films'],
      cells: [
        [1, 92],
        [2, 21],
        [3, 4],
      ],
    },
  },
  { name: 'verdicts', table: exampleClaims() },
]

export const exampleInput = (): ReportInput => ({
  title: 'granet',
  doc: 'GRANet: residual attention from a pseudo-normal generator, judged against controls.',
  preset: 'default',
  seed: 1,
  command: "npx nx run pipelines:granet -- --set difficulty=0.4 --set 'scales=[1, 2]'",
  figures: exampleFigures(),
  metrics: exampleMetrics(),
  mainMetrics: exampleMetrics().filter(({ metric }) => metric === 'ap-rsna-0.40:0.75'),
  tables,
  pictures: [],
  marks: [],
  cases: [],
  models: exampleModels(),
  cohorts: exampleCohorts(),
  stages: exampleStages(),
  params: [
    { name: 'films', value: 800, source: 'default', doc: 'films of the phantom cohort; real films come whole' },
    { name: 'size', value: 64, source: 'preset quick', doc: 'side of the square films, pixels' },
    { name: 'difficulty', value: 0.4, source: '--set', doc: 'difficulty of the phantom’s findings' },
    { name: 'ganSkip', value: true, source: 'default', doc: 'path from the generators’ input to their output (G11)' },
    { name: 'paperFilms', value: 26_684, source: 'default', doc: 'films of the paper' },
  ],
  axes: { fold: [0], attention: ['off', 'on'] },
  datasets: [{ name: 'rsna', layout: 'phantom', digest: 'f0'.repeat(32) }],
  attribution: [
    'The films are phantoms: computed, of no patient. Numbers measured on them say how the method behaves, not how it would do in a clinic.',
  ],
  notBuilt: [
    { row: 'G20', what: 'Mask R-CNN' },
    { row: 'G21', what: 'alternation of detector and generator' },
  ],
})

/** A run that leaves nothing to show. */
export const emptyInput = (): ReportInput => ({
  title: 'empty',
  doc: '',
  preset: 'quick',
  seed: 7,
  command: '',
  figures: [],
  metrics: [],
  mainMetrics: [],
  tables: [],
  pictures: [],
  marks: [],
  cases: [],
  models: [],
  cohorts: [],
  stages: [],
  params: [],
  axes: {},
  datasets: [],
  attribution: [],
  notBuilt: [],
})
