/**
 * RSNA's Kaggle layout, as DICOM or as images: labels with a row a box, classes with as many rows, and the map to
 * patients, whose columns are those of our reader (`rsna_to_nih.csv`). RSNA's `patientId` names the film (row G29).
 */
import { csvText } from './csvText.ts'
import { nihImage } from './nihFolder.ts'
import type { PhantomEncoding, PhantomLayout } from './PhantomLayout.ts'
import { boxesOf, type TabledFilm } from './tabledFilm.ts'

const idOf = (film: TabledFilm): string => film.description.filmId

/** Rows of the labels file after the id. */
const labelsOf = (film: TabledFilm): readonly (readonly (string | number)[])[] =>
  film.class === 'Lung Opacity'
    ? boxesOf(film, ['opacity']).map(([x0, y0, x1, y1]) => [x0, y0, x1 - x0, y1 - y0, 1])
    : [['', '', '', '', 0]]

export const rsnaFolder = (encoding: PhantomEncoding): PhantomLayout => ({
  encodings: [encoding],
  stemOf: (film) => `stage_2_train_images/${idOf(film)}`,
  tables: (films) => ({
    'stage_2_train_labels.csv': csvText(
      'patientId,x,y,width,height,Target',
      films.flatMap((film) => labelsOf(film).map((row) => [idOf(film), ...row])),
    ),
    'stage_2_detailed_class_info.csv': csvText(
      'patientId,class',
      films.flatMap((film) => labelsOf(film).map(() => [idOf(film), film.class])),
    ),
    'rsna_to_nih.csv': csvText(
      'patientId,nihImage,nihPatient,view,sex,age',
      films.map((film) => {
        const { patientId, view, sex, age } = film.description
        return [idOf(film), `${nihImage(film)}.png`, patientId, view, sex, age]
      }),
    ),
  }),
})
