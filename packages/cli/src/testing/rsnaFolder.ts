// A small folder in RSNA's layout, for tests of `--data`: films of 16 x 16 pixels, every fourth with a box, one patient each.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDicom } from '@radiograft/data-io'
import type { FilmToWrite } from '@radiograft/data-io'
import { emptyFolder } from './emptyFolder.ts'

export interface RsnaFolderOptions {
  /** @default 16 */
  readonly films?: number
  /** @default every fourth */
  readonly positive?: (index: number) => boolean
  /** @default as many as films */
  readonly patients?: number
  /** of the tables. @default '\n' */
  readonly lineEnd?: string
  /** replaces a row of the labels. */
  readonly box?: string
  /** rows and columns. @default 16 */
  readonly size?: number
  /** as the map calls the patient of a number. @default `nih-1`, `nih-2`, … */
  readonly patient?: (index: number) => string
  /** of every film's header, beside or in place of what is written anyway */
  readonly attributes?: FilmToWrite['attributes']
}

export const filmName = (index: number): string => `film-${String(index).padStart(3, '0')}`

/** Its path, below the system's temporary folder. */
export const writeRsnaFolder = ({
  films = 16,
  positive = (index) => index % 4 === 0,
  patients = films,
  lineEnd = '\n',
  box = '2,3,6,5',
  size = 16,
  attributes = [],
  patient = (index) => `nih-${1 + index}`,
}: RsnaFolderOptions = {}): string => {
  const root = emptyFolder('rsna')
  mkdirSync(join(root, 'stage_2_train_images'))
  const indices = Array.from({ length: films }, (_, i) => i)
  for (const index of indices) {
    const stored = Uint8Array.from({ length: size * size }, (_, i) => (7 * i + 31 * index) % 256)
    const id = filmName(index)
    const bytes = writeDicom({ id, rows: size, columns: size, stored, view: 'PA', sex: 'F', age: '061Y', attributes })
    writeFileSync(join(root, 'stage_2_train_images', `${id}.dcm`), bytes)
  }
  const write = (name: string, header: string, row: (index: number) => string): void =>
    writeFileSync(join(root, name), [header, ...indices.map(row), ''].join(lineEnd))
  write('stage_2_train_labels.csv', 'patientId,x,y,width,height,Target', (i) =>
    positive(i) ? `${filmName(i)},${box},1` : `${filmName(i)},,,,,0`,
  )
  write('stage_2_detailed_class_info.csv', 'patientId,class', (i) =>
    positive(i) ? `${filmName(i)},Lung Opacity` : `${filmName(i)},Normal`,
  )
  write('rsna_to_nih.csv', 'patientId,nihPatient', (i) => `${filmName(i)},${patient(i % patients)}`)
  return root
}
