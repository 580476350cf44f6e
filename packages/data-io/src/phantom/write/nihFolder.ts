/**
 * NIH ChestX-ray14's layout: images named by patient and follow-up, entries with finding labels, and boxes of the eight
 * findings that NIH boxed, in pixels of its 1024 x 1024 originals. Headers are the originals', brackets and all.
 */
import type { FindingType } from '../findings/registry.ts'
import { csvText } from './csvText.ts'
import type { PhantomLayout } from './PhantomLayout.ts'
import { boxesOf, type TabledFilm } from './tabledFilm.ts'

/** NIH's label of a finding, in NIH's order; fractures and devices have none. */
const LABELS: readonly (readonly [label: string, type: FindingType])[] = [
  ['Atelectasis', 'atelectasis'],
  ['Cardiomegaly', 'cardiomegaly'],
  ['Edema', 'edema'],
  ['Effusion', 'effusion'],
  ['Infiltration', 'infiltrate'],
  ['Mass', 'mass'],
  ['Nodule', 'nodule'],
  ['Pleural_Thickening', 'pleural'],
  ['Pneumonia', 'opacity'],
  ['Pneumothorax', 'pneumothorax'],
]
/** The findings that were boxed, as the box list spells them. */
const BOXED: readonly (readonly [label: string, type: FindingType])[] = LABELS.filter(
  ([label]) => label !== 'Edema' && label !== 'Pleural_Thickening',
).map(([label, type]) => [label === 'Infiltration' ? 'Infiltrate' : label, type])

const BOX_SPACE = 1024
/** Millimetres along a side of a phantom film. */
export const FILM_WIDTH = 400

/** `00000124_001` for patient 123 (counted from 0 here, from 1 there) and the second film. */
export const nihImage = ({ description: { patientIndex, followUp } }: TabledFilm): string =>
  `${String(patientIndex + 1).padStart(8, '0')}_${String(followUp).padStart(3, '0')}`

const labelsOf = (film: TabledFilm): string => {
  const labels = LABELS.filter(([, type]) => film.findings.some((finding) => finding.type === type))
  return labels.map(([label]) => label).join('|') || 'No Finding'
}

export const nihFolder: PhantomLayout = {
  encodings: ['png'],
  stemOf: (film) => `images/${nihImage(film)}`,
  tables: (films, ending) => ({
    'Data_Entry_2017.csv': csvText(
      'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,' +
        'OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]',
      films.map((film) => {
        const { patientIndex, followUp, age, sex, view } = film.description
        const spacing = FILM_WIDTH / film.size
        const who = [followUp, patientIndex + 1, age, sex, view]
        return [nihImage(film) + ending, labelsOf(film), ...who, film.size, film.size, spacing, spacing]
      }),
    ),
    'BBox_List_2017.csv': csvText(
      'Image Index,Finding Label,Bbox [x,y,w,h],,,',
      films.flatMap((film) =>
        BOXED.flatMap(([label, type]) =>
          boxesOf(film, [type]).map((box) => {
            const [x0, y0, x1, y1] = box.map((edge) => (edge * BOX_SPACE) / film.size) as [
              number,
              number,
              number,
              number,
            ]
            return [nihImage(film) + ending, label, x0, y0, x1 - x0, y1 - y0, '', '', '']
          }),
        ),
      ),
    ),
  }),
}
