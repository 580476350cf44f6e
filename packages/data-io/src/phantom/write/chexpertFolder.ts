/**
 * CheXpert's layout: films by patient and study, train.csv with fourteen findings. 1.0 is present; what the phantom does
 * not show is left blank, as CheXpert leaves what a report does not speak of. The folder is the one that holds train.csv;
 * the name of the dataset in front of each Path is CheXpert's.
 */
import type { FindingType } from '../findings/registry.ts'
import { csvText } from './csvText.ts'
import type { PhantomLayout } from './PhantomLayout.ts'
import type { TabledFilm } from './tabledFilm.ts'

/** CheXpert's findings in its order, with the phantom's that say so. Devices leave a film without other findings normal. */
const LABELS: readonly (readonly [label: string, types: readonly FindingType[]])[] = [
  ['No Finding', []],
  ['Enlarged Cardiomediastinum', []],
  ['Cardiomegaly', ['cardiomegaly']],
  ['Lung Opacity', ['opacity', 'infiltrate']],
  ['Lung Lesion', ['nodule', 'mass']],
  ['Edema', ['edema']],
  ['Consolidation', []],
  ['Pneumonia', ['opacity']],
  ['Atelectasis', ['atelectasis']],
  ['Pneumothorax', ['pneumothorax']],
  ['Pleural Effusion', ['effusion']],
  ['Pleural Other', ['pleural']],
  ['Fracture', ['fracture']],
  ['Support Devices', ['device']],
]
const PRESENT = '1.0'
const SEXES = { F: 'Female', M: 'Male' } as const

const stemOf = ({ description: { patientIndex, followUp } }: TabledFilm): string =>
  `train/patient${String(patientIndex + 1).padStart(5, '0')}/study${followUp + 1}/view1_frontal`

const mentionsOf = ({ findings }: TabledFilm): readonly string[] =>
  LABELS.map(([label, types]) => {
    const present =
      label === 'No Finding'
        ? findings.every(({ type }) => type === 'device')
        : findings.some(({ type }) => types.includes(type))
    return present ? PRESENT : ''
  })

export const chexpertFolder: PhantomLayout = {
  encodings: ['jpeg', 'png'],
  stemOf,
  tables: (films, ending) => ({
    'train.csv': csvText(
      `Path,Sex,Age,Frontal/Lateral,AP/PA,${LABELS.map(([label]) => label).join(',')}`,
      films.map((film) => {
        const { sex, age, view } = film.description
        const path = `CheXpert-v1.0-small/${stemOf(film)}${ending}`
        return [path, SEXES[sex], age, 'Frontal', view, ...mentionsOf(film)]
      }),
    ),
  }),
}
