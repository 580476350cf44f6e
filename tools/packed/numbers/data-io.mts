// A film written and read, a letterbox, a split that keeps patients apart.
import { filmMap, mapBox, readDicom, splitCohort, unitPixels, writeDicom } from '@radiograft/data-io'
import type { DicomFilm, FilmToWrite } from '@radiograft/data-io'

const written: FilmToWrite = { id: 'a', rows: 1, columns: 2, stored: Uint16Array.of(0, 1023), bitsStored: 10 }
const film: DicomFilm = await readDicom(writeDicom(written), 'a.dcm')
console.log(film.rows, film.columns, film.bitsStored, [...unitPixels(film)]) // 1 2 10 [ 0, 1 ]

// 100 rows of 50 in a square of 20: scale .2, 25 columns of padding on each side
const map = filmMap(100, 50, 20)
console.log(mapBox([0, 0, 50, 100], map)) // [ 5, 0, 15, 20 ]

const facts = { patientKnown: true, view: 'PA', sex: '', age: -1 }
const cohort = Array.from({ length: 40 }, (_, i) => ({
  ...facts,
  film: `f${i}`,
  patient: `p${i % 20}`,
}))
const labels = cohort.map(({ film: name, patient }) => ({
  film: name,
  class: 'x',
  target: (Number(patient.slice(1)) % 2) as 0 | 1,
}))
const parts = splitCohort({ cohort, labels, folds: 4, fold: 0, holdOut: 0, validation: 0.2, seed: 1 })
console.log(parts.length, parts.filter(({ part }) => part === 'test').length) // 40 10
