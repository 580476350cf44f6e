// A small folder in RSNA's layout, written by a test: films of a formula, tables as given. Used by tests of this package.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDicom } from '../dicom/writeDicom.ts'
import type { FilmToWrite } from '../dicom/writeDicom.ts'

export interface FixtureFilm extends Partial<Omit<FilmToWrite, 'id'>> {
  readonly class: 'Normal' | 'No Lung Opacity / Not Normal' | 'Lung Opacity'
  /** x, y, width, height */
  readonly boxes?: ReadonlyArray<readonly [number, number, number, number]>
  /** a row of the map where given */
  readonly patient?: string
}

/** Rows of the labels file as the fixture's films say. */
export const labelsCsv = (films: Readonly<Record<string, FixtureFilm>>): ReadonlyArray<string> => [
  'patientId,x,y,width,height,Target',
  ...Object.entries(films).flatMap(([id, { boxes = [] }]) =>
    boxes.length === 0 ? [`${id},,,,,0`] : boxes.map((box) => `${id},${box.join(',')},1`),
  ),
]

export const classesCsv = (films: Readonly<Record<string, FixtureFilm>>): ReadonlyArray<string> => [
  'patientId,class',
  ...Object.entries(films).map(([id, film]) => `${id},${film.class}`),
]

/** Writes the folder under the system's temporary folder and returns its path; `files` overrides or adds by name. */
export const writeRsnaFixture = (
  films: Readonly<Record<string, FixtureFilm>>,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string => {
  const root = mkdtempSync(join(tmpdir(), 'rsna-'))
  const images = join(root, 'stage_2_train_images')
  mkdirSync(images)
  for (const [id, film] of Object.entries(films)) {
    const { rows = 8, columns = 8 } = film
    const stored = film.stored ?? Uint8Array.from({ length: rows * columns }, (_, i) => i % 256)
    writeFileSync(join(images, `${id}.dcm`), writeDicom({ view: 'PA', ...film, id, rows, columns, stored }))
  }
  const mapped = Object.entries(films).filter(([, film]) => film.patient !== undefined)
  const tables: Record<string, string | Uint8Array> = {
    'stage_2_train_labels.csv': labelsCsv(films).join('\n'),
    'stage_2_detailed_class_info.csv': classesCsv(films).join('\n'),
    ...(mapped.length > 0 && {
      'rsna_to_nih.csv': ['patientId,nihPatient', ...mapped.map(([id, film]) => `${id},${film.patient!}`)].join('\n'),
    }),
    ...files,
  }
  for (const [name, content] of Object.entries(tables)) writeFileSync(join(root, name), content)
  return root
}
