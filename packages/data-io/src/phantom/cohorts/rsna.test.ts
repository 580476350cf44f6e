import { describe, expect, test } from '@jest/globals'
import type { PhantomFilmDescription } from './describeFilm.ts'
import { planRsnaFilm, rsnaCohort } from './rsna.ts'

const NOT_NORMAL = 'No Lung Opacity / Not Normal'
const counts = (films: readonly PhantomFilmDescription[]) =>
  ['Normal', NOT_NORMAL, 'Lung Opacity'].map((label) => films.filter((film) => film.class === label).length)

const films = rsnaCohort(7, 26684)

test('class counts are the exact Weyl counts, in every prefix', () => {
  expect(counts(films.slice(0, 100))).toEqual([34, 43, 23])
  expect(counts(films.slice(0, 1000))).toEqual([333, 442, 225])
  expect(counts(films.slice(0, 6012))).toEqual([1996, 2662, 1354])
  expect(counts(films)).toEqual([8853, 11820, 6011])
})

test('a film is described the same in a shorter cohort; ids are unique and sorted', () => {
  expect(rsnaCohort(7, 20)).toEqual(films.slice(0, 20))
  const ids = films.map(({ filmId }) => filmId)
  expect(ids[123]).toBe('phantom-000123')
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(films.map(({ patientId }) => patientId)).size).toBe(films.length)
})

test('findings follow the class, box counts the table', () => {
  for (const film of films.slice(0, 500)) {
    const opacities = film.findings.filter((type) => type === 'opacity').length
    expect(opacities > 0).toBe(film.class === 'Lung Opacity')
    expect(film.findings.length === 0).toBe(film.class === 'Normal')
  }
  const ill = films.filter((film) => film.class === 'Lung Opacity')
  const share = (n: number) => ill.filter(({ findings }) => findings.length === n).length / ill.length
  const expected = [0.4348, 0.5432, 0.0198, 0.0022]
  expected.forEach((p, k) => expect(Math.abs(share(k + 1) - p)).toBeLessThan(3 * Math.sqrt(p / ill.length)))
})

/** AUC of a reader that sees nothing but the view. */
const auc = (cohort: readonly PhantomFilmDescription[], isAp: (film: PhantomFilmDescription) => boolean) => {
  const ill = cohort.filter((film) => film.class === 'Lung Opacity')
  const rest = cohort.filter((film) => film.class !== 'Lung Opacity')
  return 0.5 + 0.5 * (ill.filter(isAp).length / ill.length - rest.filter(isAp).length / rest.length)
}

describe('knobs', () => {
  test.each([
    [0, 0.5],
    [0.5, 0.604],
    [1, 0.7072],
  ])('coupling %d: the view alone tells opacity with AUC %d', (coupling, expected) => {
    expect(auc(rsnaCohort(7, 6012, { coupling }), ({ view }) => view === 'AP')).toBeCloseTo(expected, 1.5)
  })

  test('marker coupling writes the class beside the film', () => {
    const letters = [0, 1].map((markerCoupling) =>
      Array.from({ length: 400 }, (_, i) => planRsnaFilm(7, i, { markerCoupling })).map((plan) => [
        plan.class === 'Lung Opacity',
        plan.film.marker === 'R',
      ]),
    )
    expect(letters[1]!.every(([opaque, right]) => opaque === right)).toBe(true)
    expect(letters[0]!.some(([opaque, right]) => opaque !== right)).toBe(true)
  })

  test('view, boxes, distractors and devices', () => {
    const cohort = rsnaCohort(7, 400, { view: 'AP', boxes: 3, distractors: 0.1, devices: true })
    expect(new Set(cohort.map(({ view }) => view))).toEqual(new Set(['AP']))
    const opaque = cohort.filter((film) => film.class === 'Lung Opacity')
    expect(opaque.every(({ findings }) => findings.filter((type) => type === 'opacity').length === 3)).toBe(true)
    expect(counts(cohort)[1]! / 400).toBeCloseTo(0.1, 1.5)
    const carrying = cohort.filter(({ findings }) => findings.includes('device')).length / 400
    expect(Math.abs(carrying - 0.45)).toBeLessThan(0.08)
  })

  test('without jitter every film is in canonical pose', () => {
    for (const { theta } of rsnaCohort(7, 5, { jitter: 0 })) {
      theta.forEach((value, k) => expect(value).toBeCloseTo([1, 0, 0, 0, 1, 0][k]!, 15))
    }
  })
})
