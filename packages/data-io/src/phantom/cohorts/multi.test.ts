import { describe, expect, test } from '@jest/globals'
import { splitCohort } from '../../split/splitCohort.ts'
import fixture from '../fixtures/phantom.json' with { type: 'json' }
import { mix } from '../key.ts'
import { renderFilm } from '../renderFilm.ts'
import { multiPlace } from './multi.ts'
import { phantomCohort, planFilm } from './planFilm.ts'
import { rsnaCohort } from './rsna.ts'

const films = phantomCohort(7, 8000, { cohort: 'multi' })
const patientsOf = (n: number) => new Set(films.slice(0, n).map(({ patientId }) => patientId)).size

describe('who is on which film', () => {
  test('each block of eight is of its four patients, with 1, 1, 2 and 4 films counted from the first', () => {
    for (let block = 0; block < 200; block++) {
      const places = Array.from({ length: 8 }, (_, slot) => multiPlace(7, 8 * block + slot))
      const counts = [0, 1, 2, 3].map((p) => {
        const own = places.filter(({ patient }) => patient === 4 * block + p)
        expect(own.map(({ followUp }) => followUp)).toEqual([...own.keys()])
        return own.length
      })
      expect(counts.toSorted((a, b) => a - b)).toEqual([1, 1, 2, 4])
    }
  })

  test('no patient of a block, and no slot, is favoured', () => {
    const blocks = 1000
    const four = [0, 0, 0, 0]
    const later = Array.from({ length: 8 }, () => 0)
    for (let i = 0; i < 8 * blocks; i++) {
      const { patient, followUp } = multiPlace(7, i)
      if (followUp === 3) four[patient % 4]! += 1
      if (followUp > 0) later[i % 8]! += 1
    }
    // a quarter of the blocks each: 250 ± 4 × 13.7
    for (const count of four) expect(Math.abs(count - 250)).toBeLessThan(55)
    // slot s holds a first film where it is a lone one (2 of 8), or the first of two (2/8 × (7 − s)/7), or the first of
    // four (4/8 × C(7 − s, 3)/35)
    later.forEach((count, s) => {
      const firsts = 0.25 + (0.25 * (7 - s)) / 7 + (0.5 * (7 - s) * (6 - s) * (5 - s)) / 210
      expect(Math.abs(count - blocks * (1 - firsts))).toBeLessThan(s === 0 ? 1 : 60)
    })
  })

  test('patients of a prefix: half its films at every eighth film, in between at most four more', () => {
    for (const blocks of [1, 2, 100, 1000]) expect(patientsOf(8 * blocks)).toBe(4 * blocks)
    expect(patientsOf(8 * 100 + 1)).toBe(401)
    for (let n = 801; n < 808; n++) expect([patientsOf(n) > 400, patientsOf(n) <= 404]).toEqual([true, true])
  })

  test('a film is the same in a shorter cohort; ids are of films and of patients', () => {
    expect(phantomCohort(7, 20, { cohort: 'multi' })).toEqual(films.slice(0, 20))
    expect(films[123]!.filmId).toBe('phantom-000123')
    const { patientId, patientIndex } = films[123]!
    // film 123 is in block 15, of patients 60 to 63
    expect(Math.floor(patientIndex / 4)).toBe(15)
    expect(patientId).toBe(`phantom-patient-0000${patientIndex}`)
    expect(new Set(films.map(({ filmId }) => filmId)).size).toBe(8000)
  })

  test('the oracle’s places, classes and findings', () => {
    const described = films.slice(0, fixture.multi.length).map((film) => ({
      patient: film.patientIndex,
      followUp: film.followUp,
      class: film.class,
      findings: film.findings,
    }))
    expect(described).toEqual(fixture.multi)
  })
})

describe('what the films of a patient share', () => {
  const first = films.filter(({ followUp }) => followUp === 0)

  test('the first film is the one that the RSNA-like cohort gives the patient, pixels and all', () => {
    const rsna = rsnaCohort(7, 4000)
    const renamed = first.map((film) => {
      const { index, filmId } = rsna[film.patientIndex]!
      return { ...film, index, filmId }
    })
    expect(renamed.toSorted((a, b) => a.index - b.index)).toEqual(rsna)
    const { index, patientIndex } = first.find(({ findings }) => findings.length === 2)!
    const { pixels, findings } = renderFilm({ seed: 7, size: 32, cohort: 'multi', index })
    const alone = renderFilm({ seed: 7, size: 32, index: patientIndex })
    expect(pixels).toEqual(alone.pixels)
    expect(findings).toEqual(alone.findings)
  }, 60_000)

  test('sex and age are the patient’s; pose, view and findings the film’s', () => {
    const four = films
      .filter(({ followUp }) => followUp === 3)
      .map(({ patientId, index }) =>
        films.slice(Math.max(index - 7, 0), index + 1).filter((film) => film.patientId === patientId),
      )
    expect(four).toHaveLength(1000)
    for (const own of four) {
      expect(new Set(own.map(({ sex, age }) => `${sex}${age}`)).size).toBe(1)
      expect(new Set(own.map(({ theta }) => theta.join())).size).toBe(4)
      // what is gone stays gone, and nothing comes
      own.forEach(({ findings, class: name }, k) => {
        expect(findings.length).toBeLessThanOrEqual(own[Math.max(k - 1, 0)]!.findings.length)
        expect(name).toBe(findings.length === 0 ? 'Normal' : own[0]!.class)
      })
    }
    expect(four.filter((own) => new Set(own.map(({ view }) => view)).size === 2).length).toBeGreaterThan(500)
  })

  test.each([1, 2, 3])('a finding is there on follow-up %d with probability .8 to the power of it', (k) => {
    const later = films.filter(({ followUp }) => followUp === k)
    const had = new Map(first.map(({ patientId, findings }) => [patientId, findings.length]))
    const before = later.reduce((sum, { patientId }) => sum + had.get(patientId)!, 0)
    const left = later.reduce((sum, { findings }) => sum + findings.length, 0)
    const p = 0.8 ** k
    expect(Math.abs(left / before - p)).toBeLessThan(3 * Math.sqrt((p * (1 - p)) / before))
  })

  test('what remains is the lesion of the first film, the draw that could be seen there', () => {
    const knobs = { seed: 7, size: 64, cohort: 'multi', delta: 1, jitter: 0, view: 'PA' } as const
    const lasting = films
      .slice(0, 200)
      .filter(({ followUp, findings }) => followUp > 0 && findings[0] === 'opacity')
      .slice(0, 4)
    let redrawn = 0
    for (const { index, patientIndex, patientId } of lasting) {
      const own = films.find((film) => film.patientId === patientId && film.followUp === 0)!
      const before = renderFilm({ ...knobs, index: own.index })
      const after = renderFilm({ ...knobs, index })
      const kept = planFilm(7, index, { cohort: 'multi' }).findings.map((finding) => finding.index)
      after.findings.forEach(({ side, attempt, box }, n) => {
        const same = before.findings[kept[n]!]!
        expect([patientIndex, side, attempt]).toEqual([patientIndex, same.side, same.attempt])
        redrawn += Number(attempt > 0)
        // one pose and one view: only inspiration and rotation move it, by a few hundredths of the width
        box.forEach((edge, at) => expect(Math.abs(edge - same.box[at]!)).toBeLessThan(6))
      })
    }
    expect(lasting.length).toBe(4)
    expect(redrawn).toBeGreaterThan(0)
  }, 60_000)

  test('a film on which nothing remains is its twin', () => {
    const { index } = films.find((film) => film.followUp > 0 && film.class === 'Normal' && hadFindings(film.patientId))!
    const film = renderFilm({ seed: 7, size: 32, cohort: 'multi', index })
    expect(film.pixels).toEqual(film.twin)
  })

  const hadFindings = (patient: string) =>
    first.some(({ patientId, findings }) => patientId === patient && findings.length > 0)

  test('a lesion that lasts moves into another film as the first film drew it', () => {
    const { index, patientId } = films.find((film) => film.followUp > 0 && film.findings[0] === 'opacity')!
    const own = films.find((film) => film.patientId === patientId && film.followUp === 0)!
    const knobs = { seed: 7, size: 32, cohort: 'multi', index: 0, redraw: false } as const
    const { box } = renderFilm({ ...knobs, findingsOf: index }).findings[0]!
    const kept = planFilm(7, index, { cohort: 'multi' }).findings[0]!.index
    expect(renderFilm({ ...knobs, findingsOf: own.index }).findings[kept]!.box).toEqual(box)
  }, 60_000)
})

describe('leakage (known answer 11)', () => {
  /** Of the test films, those with another film of the patient in training: weights of both. */
  const leak = (patients: readonly string[], isTest: readonly boolean[]) => {
    const training = new Set(patients.filter((_, i) => !isTest[i]))
    const test = patients.filter((_, i) => isTest[i])
    return { shared: test.filter((patient) => training.has(patient)).length, test: test.length }
  }
  // ¼ of the films have no sibling, ¼ one, ½ three
  const EXACT = 0.25 * 0.8 + 0.5 * (1 - 0.2 ** 3)

  test('of a film split of 80 to 20, .696 of the test films have a sibling in training: every split of a block', () => {
    const patients = films.slice(0, 8).map(({ patientId }) => patientId)
    let [shared, test] = [0, 0]
    for (let split = 0; split < 256; split++) {
      const isTest = patients.map((_, i) => (split >> i) % 2 === 1)
      const weight = isTest.reduce((product, held) => product * (held ? 0.2 : 0.8), 1)
      const found = leak(patients, isTest)
      shared += weight * found.shared
      test += weight * found.test
    }
    expect(shared / test).toBeCloseTo(EXACT, 12)
    expect(EXACT).toBeCloseTo(0.696, 12)
  })

  test('a seeded film split of the cohort does so too; the split of this package shares nobody', () => {
    const patients = films.map(({ patientId }) => patientId)
    const shuffled = films.map((_, i) => i).toSorted((a, b) => mix(a) - mix(b))
    const held = new Set(shuffled.slice(0, films.length / 5))
    const { shared, test } = leak(
      patients,
      films.map((_, i) => held.has(i)),
    )
    expect(test).toBe(1600)
    expect(Math.abs(shared / test - EXACT)).toBeLessThan(0.04)

    const cohort = films.map(({ filmId: film, patientId: patient, view, sex, age }) => {
      return { film, patient, patientKnown: true, view, sex, age }
    })
    const labels = films.map((film) => ({
      film: film.filmId,
      class: film.class,
      target: film.class === 'Lung Opacity' ? 1 : 0,
    }))
    const rows = splitCohort({ cohort, labels, folds: 5, fold: 0, holdOut: 0, validation: 0.1, seed: 1 })
    const partOf = new Map(rows.map(({ film, part }) => [film, part]))
    const own = films.map(({ filmId }) => partOf.get(filmId) === 'test')
    expect(leak(patients, own)).toEqual({ shared: 0, test: own.filter(Boolean).length })
  })
})
