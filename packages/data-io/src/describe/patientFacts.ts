// Patients of a folder, as counts. Used by describeFolder.
import type { FolderFilm } from '../folder/FilmFolder.ts'
import { countBy } from './countBy.ts'
import type { PatientFacts } from './FolderDescription.ts'

/** Least films of each step of the histogram. */
const STEPS = [
  [1, '1'],
  [2, '2'],
  [3, '3'],
  [4, '4'],
  [5, '5 to 9'],
  [10, '10 to 19'],
  [20, '20 and more'],
] as const

export const patientFacts = (films: ReadonlyArray<FolderFilm>): PatientFacts => {
  const counts = [...countBy(films, ({ patient }) => patient).values()]
  const unknownFilms = films.filter(({ patientKnown }) => !patientKnown).length
  const step = (count: number): string => STEPS.findLast(([least]) => count >= least)![1]
  const steps = countBy(counts, step)
  return {
    known: unknownFilms === 0,
    unknownFilms,
    patients: counts.length,
    withPositive: new Set(films.filter(({ target }) => target === 1).map(({ patient }) => patient)).size,
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    histogram: STEPS.flatMap(([, name]) => (steps.has(name) ? [{ films: name, patients: steps.get(name)! }] : [])),
  }
}
