import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { aucBootstrap } from '../aucBootstrap.ts'
import { nearerInterval, type NearnessFilms } from './nearerInterval.ts'

const own = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`)

test('by hand: of four pairs three are nearer and one is as near', () => {
  const films = { samples: Float64Array.of(1, 2), heldOut: Float64Array.of(2, 3), patients: own(2) }
  expect(nearerInterval(films, rng(1), { resamples: 200 })).toEqual({ value: 3.5 / 4, low: 0.5, high: 1 })
})

describe('where all are nearer resamples have no width: the exact bound', () => {
  const films = (samples: number, heldOut: number, patients: readonly string[]): NearnessFilms => ({
    samples: new Float64Array(samples).fill(1),
    heldOut: new Float64Array(heldOut).fill(2),
    patients,
  })
  test('of as many pairs that share nothing as the fewer side has, patients counted once', () => {
    expect(nearerInterval(films(8, 20, own(20)), rng(1))).toEqual({
      value: 1,
      low: expect.closeTo(0.025 ** (1 / 8), 12),
      high: 1,
    })
    const four = Array.from({ length: 20 }, (_, i) => `p${i % 4}`)
    expect(nearerInterval(films(8, 20, four), rng(1)).low).toBeCloseTo(0.025 ** (1 / 4), 12)
    expect(nearerInterval(films(8, 20, four), rng(1), { confidence: 0.9 }).low).toBeCloseTo(0.05 ** (1 / 4), 12)
  })
  test('and where none is', () => {
    const { samples, heldOut, patients } = films(20, 8, own(8))
    const far = { samples: samples.map((v) => v + 2), heldOut, patients }
    expect(nearerInterval(far, rng(1))).toEqual({
      value: 0,
      low: 0,
      high: expect.closeTo(1 - 0.025 ** (1 / 8), 12),
    })
  })
})

/** 40 samples, 40 held-out films of 10 patients whose films resemble each other: of one law, so the truth is .5. */
const drawn = (set: number): NearnessFilms => {
  const random = rng('nearness').fork(set)
  const patients = Array.from({ length: 40 }, (_, i) => `p${Math.floor(i / 4)}`)
  const ofPatient = random.fork('patients').normals(10)
  const own = random.fork('own').normals(40)
  return {
    // √.8 and √.2: as spread as one patient's film is
    samples: Float64Array.from(random.fork('samples').normals(40), (v) => 5 + v),
    heldOut: Float64Array.from(own, (v, i) => 5 + Math.sqrt(0.8) * ofPatient[Math.floor(i / 4)]! + Math.sqrt(0.2) * v),
    patients,
  }
}

test('200 sets of patients with four films each: intervals hold .5 nine times in ten, films drawn singly do not', () => {
  let [byPatient, byFilm] = [0, 0]
  for (let set = 0; set < 200; set++) {
    const films = drawn(set)
    const holds = ({ low, high }: { readonly low: number; readonly high: number }) => low <= 0.5 && 0.5 <= high
    if (holds(nearerInterval(films, rng(set), { resamples: 400 }))) byPatient++
    const labels = [...films.samples.map(() => 1), ...films.heldOut.map(() => 0)]
    const scores = [...films.samples, ...films.heldOut].map((d) => -d)
    if (holds(aucBootstrap({ patients: own(80), scores, labels }, rng(set), { resamples: 400 }))) byFilm++
  }
  expect(byPatient / 200).toBeGreaterThan(0.88) // of ten patients percentiles are a little narrow
  expect(byFilm / 200).toBeLessThan(0.8)
})

test('refusals', () => {
  const films = { samples: Float64Array.of(1), heldOut: Float64Array.of(2, 3), patients: own(2) }
  expect(() => nearerInterval({ ...films, patients: own(1) }, rng(1))).toThrow(/1 for 2 held-out films/)
  expect(() => nearerInterval({ ...films, samples: new Float64Array(0) }, rng(1))).toThrow(/holds no film/)
})
