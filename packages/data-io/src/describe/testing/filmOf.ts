// A film of a described folder, for tests: what a test does not say is of no interest to it.
import type { FilmFolder, FolderFilm } from '../../folder/FilmFolder.ts'

export const filmOf = (film: string, facts: Partial<FolderFilm> = {}): FolderFilm => ({
  film,
  patient: `p-${film}`,
  patientKnown: true,
  view: 'PA',
  sex: 'F',
  age: 40,
  path: '/films/images/00000001_000.png',
  format: 'png',
  rows: 512,
  columns: 512,
  mentions: {},
  class: facts.target === 1 ? 'Opacity' : 'Normal',
  target: 0,
  boxes: [],
  ...facts,
})

export const folderOf = (films: ReadonlyArray<FolderFilm>, facts: Partial<FilmFolder> = {}): FilmFolder => ({
  layout: 'nih',
  folder: '/films',
  labelsFile: 'labels.csv',
  films,
  findings: ['Opacity'],
  finding: 'Opacity',
  hasBoxes: true,
  patientsKnown: films.every(({ patientKnown }) => patientKnown),
  left: { bad: [], laterals: [], unboxed: [], uncertain: [] },
  ...facts,
})

/** `n` films, named `<name>0`, `<name>1`, … */
export const filmsOf = (n: number, name: string, facts: Partial<FolderFilm>): ReadonlyArray<FolderFilm> =>
  Array.from({ length: n }, (_, i) => filmOf(`${name}${i}`, facts))
