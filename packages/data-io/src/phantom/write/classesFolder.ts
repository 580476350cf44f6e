/** A folder a class (NORMAL, PNEUMONIA, OTHER), and groups.csv, which says who is on each film. */
import type { RsnaClass } from '../cohorts/knobs.ts'
import { csvText } from './csvText.ts'
import type { PhantomLayout } from './PhantomLayout.ts'
import type { TabledFilm } from './tabledFilm.ts'

const CLASSES: Readonly<Record<RsnaClass, readonly [folder: string, label: string]>> = {
  Normal: ['NORMAL', 'Normal'],
  'No Lung Opacity / Not Normal': ['OTHER', 'Other'],
  'Lung Opacity': ['PNEUMONIA', 'Pneumonia'],
}

const stemOf = (film: TabledFilm): string => `${CLASSES[film.class][0]}/${film.description.filmId}`

export const classesFolder: PhantomLayout = {
  encodings: ['png'],
  stemOf,
  tables: (films, ending) => ({
    'groups.csv': csvText(
      'file,patient,label',
      films.map((film) => [stemOf(film) + ending, film.description.patientId, CLASSES[film.class][1]]),
    ),
  }),
}
