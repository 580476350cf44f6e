import { describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { phantomCohort } from '../phantom/index.ts'
import { cohortByFilm } from './cohortByFilm.ts'
import { patientOverlap } from './patientOverlap.ts'
import { splitCohort } from './splitCohort.ts'

/** `a p1 train 0`: film, patient (`?`: not known), part (`-`: in none), target */
const study = (...lines: ReadonlyArray<string>) => {
  const rows = lines.map((line) => line.split(' ') as [string, string, string, string])
  return [
    rows.flatMap(([film, , part]) => (part === '-' ? [] : [{ film, part }])),
    rows.map(([film, patient]) => ({
      film,
      patient: patient === '?' ? film : patient,
      patientKnown: patient !== '?',
    })),
    rows.map(([film, , , target]) => ({ film, target: Number(target) })),
  ] as const
}

describe('by hand', () => {
  it('five test films: two in training, one of them also in validation, one in validation alone', () => {
    const overlap = patientOverlap(
      ...study(
        'a p1 train 0',
        'b p2 train 1',
        'c p2 validation 0',
        'd p3 validation 0',
        'e p6 - 1', // a film that a dose left out has taught nobody
        't1 p1 test 1',
        't2 p2 test 0',
        't3 p3 test 1',
        't4 p4 test 0',
        't5 p6 test 1',
      ),
    )
    expect(overlap).toEqual({
      test: 5,
      all: { films: 5, inTraining: 2, seen: 3 },
      positive: { films: 3, inTraining: 1, seen: 2 },
    })
  })

  it('siblings inside the test part alone are no leak', () =>
    expect(patientOverlap(...study('a p1 train 0', 't1 p2 test 1', 't2 p2 test 1')).all).toEqual({
      films: 2,
      inTraining: 0,
      seen: 0,
    }))

  it('films of unknown patients are not counted, nor taken for a known patient of the same name', () => {
    const [split, cohort, labels] = study('a ? train 0', 'b p2 train 0', 't1 a test 1', 't2 ? test 1', 't3 p2 test 0')
    expect(patientOverlap(split, cohort, labels)).toEqual({
      test: 3,
      all: { films: 2, inTraining: 1, seen: 1 },
      positive: { films: 1, inTraining: 0, seen: 0 },
    })
    const nobody = cohort.map(({ film }) => ({ film, patient: film, patientKnown: false }))
    expect(patientOverlap(split, nobody, labels).all).toEqual({ films: 0, inTraining: 0, seen: 0 })
  })

  it('tables of other films', () => {
    const [split, cohort, labels] = study('a p1 train 0', 't p1 test 1')
    const refused = (run: () => unknown, message: string) => expect(run).toThrow(message)
    refused(() => patientOverlap(split, cohort.slice(1), labels), 'film a of the split is not in the cohort. Pass')
    refused(() => patientOverlap(split, cohort, labels.slice(0, 1)), 'film t of the split has no label. Pass')
    refused(() => patientOverlap(split.slice(0, 1), cohort, labels), 'the test part has no film. Give')
    // training films need no label
    expect(patientOverlap(split, cohort, labels.slice(1)).positive.seen).toBe(1)
  })
})

it('property: equals the count film by film, in any order of the rows; nothing of a split by patient', () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = rng('overlap').fork(seed)
    const rows = Array.from({ length: random.int(12, 60) }, (_, i) => ({
      film: `f${i}`,
      patient: `p${random.int(0, 20)}`,
      patientKnown: random.uniform() < 0.8,
      part: ['train', 'validation', 'test', 'test'][i < 4 ? i : random.int(0, 4)]!,
      target: random.int(0, 2),
    }))
    const shared = (test: (typeof rows)[number], parts: ReadonlyArray<string>): boolean =>
      rows.some((row) => parts.includes(row.part) && row.patientKnown && row.patient === test.patient)
    const known = rows.filter(({ part, patientKnown }) => part === 'test' && patientKnown)
    const counted = (films: typeof rows) => ({
      films: films.length,
      inTraining: films.filter((row) => shared(row, ['train'])).length,
      seen: films.filter((row) => shared(row, ['train', 'validation'])).length,
    })
    const expected = { all: counted(known), positive: counted(known.filter(({ target }) => target === 1)) }
    expect(patientOverlap(rows, rows, rows)).toMatchObject(expected)
    expect(patientOverlap(random.shuffle(rows), rows.toReversed(), random.shuffle(rows))).toMatchObject(expected)
    const apart = rows.map((row) => ({
      ...row,
      part: Number(row.patient.slice(1)) % 2 === 0 ? 'test' : 'train',
    }))
    if (apart.some(({ part }) => part === 'test')) expect(patientOverlap(apart, rows, rows).all.seen).toBe(0)
  }
})

describe('the phantom’s cohort of patients with 1, 1, 2 and 4 films', () => {
  const cohort = phantomCohort(7, 1600, { cohort: 'multi' }).map(
    ({ filmId: film, patientId: patient, class: name }) => ({
      film,
      patient,
      patientKnown: true,
      view: '',
      sex: '',
      age: -1,
      class: name,
      target: name === 'Lung Opacity' ? 1 : 0,
    }),
  )
  const seenOf = (who: typeof cohort) => {
    const rows = splitCohort({ cohort: who, labels: cohort, folds: 5, fold: 0, holdOut: 0, validation: 0.1, seed: 7 })
    const { all } = patientOverlap(rows, cohort, cohort)
    return all.seen / all.films
  }

  it('split by film: ¼·.8 + ½·(1 − .2³) = .696 of the test films; by patient none', () => {
    expect(Math.abs(seenOf([...cohortByFilm(cohort)]) - 0.696)).toBeLessThan(0.05)
    expect(seenOf(cohort)).toBe(0)
  })
})
