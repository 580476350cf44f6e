// Neighbours by patient, and what is concluded from them: by hand; then many sets that copied nothing, of patients with several films.
import { describe, expect, test } from '@jest/globals'
import { rng, type Rng } from '@radiograft/random'
import { memorisationReport } from './memorisationReport.ts'
import { nearestFilms } from './nearestFilms.ts'
import { nearestOwners, type OwnedRows } from './nearestOwners.ts'
import { trainingLean, type TrainingLean } from './trainingLean.ts'

const onLine = (prefix: string, places: Readonly<Record<string, ReadonlyArray<number>>>): OwnedRows => {
  const films = Object.entries(places).flatMap(([owner, values]) => values.map((v) => ({ owner, v })))
  return {
    ids: films.map((_, i) => `${prefix}${i}`),
    values: Float64Array.from(films, ({ v }) => v),
    owners: films.map(({ owner }) => owner),
  }
}
const found = (queries: OwnedRows, ...pools: ReadonlyArray<OwnedRows>) =>
  pools.reduce((search, pool) => search.offer(pool), nearestOwners(queries)).result()

describe('nearestOwners, by hand', () => {
  const pool = onLine('p', { anna: [0, 9], ben: [4, 5], cleo: [8] })
  const queries = onLine('q', { x: [1], ben: [4.5], y: [6.5] })
  test('of each patient the nearest film, rising, never of one’s own', () => {
    const { nearest, owners } = found(queries, pool)
    expect(owners).toEqual(['x', 'ben', 'y'])
    expect(nearest.map((list) => list.map(({ owner, distance }) => `${owner} ${distance}`))).toEqual([
      ['anna 1', 'ben 3', 'cleo 7'],
      ['cleo 3.5', 'anna 4.5'],
      ['ben 1.5', 'cleo 1.5', 'anna 2.5'],
    ])
  })
  test('in whatever blocks and order films come, and as many as are kept', () => {
    const part = (from: number, to: number): OwnedRows => ({
      ids: pool.ids.slice(from, to),
      values: pool.values.slice(from, to),
      owners: pool.owners.slice(from, to),
    })
    const whole = found(queries, pool)
    expect(found(queries, part(3, 5), part(1, 3), part(0, 1))).toEqual(whole)
    const two = nearestOwners(queries, 2).offer(part(2, 5)).offer(part(0, 2)).result()
    expect(two.nearest).toEqual(whole.nearest.map((list) => list.slice(0, 2)))
  })
  test('refusals', () => {
    expect(() => nearestOwners({ ...queries, owners: ['x'] })).toThrow(/1 owners for 3 films/)
    expect(() => found(queries, { ...pool, owners: [] })).toThrow(/0 owners for 5 films/)
    expect(() => found(queries, { ids: ['a'], values: Float64Array.of(1, 2), owners: ['a'] })).toThrow(/2 features/)
  })
})

const leanOf = (samples: OwnedRows, training: OwnedRows, heldOut: OwnedRows, permutations = 199): TrainingLean => {
  const all = [training, heldOut]
  const real: OwnedRows = {
    ids: [...training.ids, ...heldOut.ids],
    values: Float64Array.from([...training.values, ...heldOut.values]),
    owners: [...training.owners, ...heldOut.owners],
  }
  return trainingLean(
    {
      samples: found(samples, ...all),
      real: found(real, ...all),
      training: training.owners,
      heldOut: heldOut.owners,
    },
    rng('deals'),
    { permutations },
  )
}

describe('trainingLean, by hand', () => {
  // leans of held-out films: 3 to t1, 2 to h2: .6; 5 to t2, 2 to h1: 5/7
  const training = onLine('t', { t1: [0], t2: [10] })
  const heldOut = onLine('h', { h1: [3], h2: [5] })
  test('the share of pairs in which the generated film leans more to training, ties a half', () => {
    // at 0: 0; at 3: 1; at 7: .6, as much as the first of the control
    const { value } = leanOf(onLine('s', { a: [0], b: [3], c: [7] }), training, heldOut)
    expect(value).toBe((2 + 0 + 1.5) / 6)
  })
  test('p is the share of deals that give as much: two of four patients train in six ways', () => {
    const samples = onLine('s', { a: [0], b: [10] })
    const { value, expected, p } = leanOf(samples, training, heldOut, 3000)
    expect(value).toBe(1)
    // whoever is held out: both samples lie on patients of training once, in the deal at hand
    expect(p).toBeGreaterThan(1 / 6 - 0.03)
    expect(p).toBeLessThan(1 / 6 + 0.03)
    expect(expected).toBeLessThan(0.8)
  })
  test('a copy of a film that is in both parts leans to neither', () => {
    const both = leanOf(onLine('s', { a: [3] }), onLine('t', { t1: [3], t2: [9] }), onLine('h', { h1: [3], h2: [5] }))
    expect(both.value).toBe(0.25) // ½ against 0 and 2/3… of the control: h1 lies on t1, h2 at 2 from both
  })
  test('refusals', () => {
    const samples = onLine('s', { a: [1] })
    expect(() => leanOf(samples, training, { ...heldOut, owners: ['t1', 'h2'] })).toThrow(/in both parts/)
    const lists = { samples: found(samples, training), real: found(training, training) }
    const given = { ...lists, training: training.owners, heldOut: ['h1'] }
    expect(() => trainingLean(given, rng(1))).toThrow(/no control/)
    expect(() => trainingLean({ ...given, heldOut: [] }, rng(1))).toThrow(/no patient/)
  })
})

/** `count` patients of `each` films in three dimensions; films of one lie within a twentieth of what patients spread. */
const cohort = (random: Rng, prefix: string, count: number, each: number): OwnedRows => {
  const centres = random.fork('centres').normals(3 * count)
  const own = random.fork('films').normals(3 * count * each)
  return {
    ids: Array.from({ length: count * each }, (_, i) => `${prefix}${i}`),
    values: Float64Array.from(own, (v, i) => centres[3 * Math.floor(i / (3 * each)) + (i % 3)]! + 0.05 * v),
    owners: Array.from({ length: count * each }, (_, i) => `${prefix} patient ${Math.floor(i / each)}`),
  }
}
const moved = (films: OwnedRows, by: number): OwnedRows => ({ ...films, values: films.values.map((v) => v + by) })
const alone = (values: ArrayLike<number>): OwnedRows => {
  const ids = Array.from({ length: values.length / 3 }, (_, i) => `s${i}`)
  return { ids, owners: ids, values: Float64Array.from(values) }
}

describe('sets that copied nothing, a hundred of each', () => {
  const SETS = 100
  type Made = { readonly samples: OwnedRows; readonly training: OwnedRows; readonly heldOut: OwnedRows }
  const alarms = (make: (random: Rng) => Made) => {
    let [lean, independent] = [0, 0]
    for (let set = 0; set < SETS; set++) {
      const { samples, training, heldOut } = make(rng('sets').fork(set))
      const found_ = leanOf(samples, training, heldOut, 99)
      if (found_.p <= 0.05) lean++
      const { z } = memorisationReport(
        {
          samplesToTraining: nearestFilms(samples).offer(training).result(),
          samplesToHeldOut: nearestFilms(samples).offer(heldOut).result(),
          heldOutToTraining: nearestFilms(heldOut).offer(training).result(),
        },
        { copies: { p: 1, least: 0 }, lean: found_ },
        { rate: 0.2 },
      )
      if (z < -1.645) independent++
    }
    return { lean: lean / SETS, independent: independent / SETS }
  }
  const parts = (random: Rng) => ({
    training: cohort(random.fork('training'), 't', 16, 10),
    heldOut: cohort(random.fork('held out'), 'h', 8, 10),
  })

  test('other patients, of several films each: films taken as independent raise it far too often', () => {
    const found_ = alarms((random) => ({
      ...parts(random),
      samples: { ...cohort(random.fork('others'), 'o', 8, 10) },
    }))
    expect(found_.lean).toBeLessThan(0.12) // .05 and three standard errors of a hundred
    expect(found_.independent).toBeGreaterThan(0.25)
  })
  test('films near the mean of all are near to training, and to held-out films as well', () => {
    const found_ = alarms((random) => ({
      ...parts(random),
      samples: alone(
        random
          .fork('near the mean')
          .normals(180)
          .map((v) => 0.4 * v),
      ),
    }))
    expect(found_.lean).toBeLessThan(0.12)
    expect(found_.independent).toBeGreaterThan(0.6)
  })
  test('one film again and again, which some patient must lie nearest to', () => {
    const found_ = alarms((random) => {
      const centre = random.fork('centre').normals(3)
      return {
        ...parts(random),
        samples: alone(
          random
            .fork('around')
            .normals(180)
            .map((v, i) => centre[i % 3]! + 0.05 * v),
        ),
      }
    })
    expect(found_.lean).toBeLessThan(0.12)
    expect(found_.independent).toBeGreaterThan(0.25)
  })
  test('an extractor that lays training films apart: held-out films are the control', () => {
    const found_ = alarms((random) => {
      const { training, heldOut } = parts(random)
      return { training: moved(training, 0.5), heldOut, samples: cohort(random.fork('others'), 'o', 60, 1) }
    })
    expect(found_.lean).toBeLessThan(0.12)
  })
})

test('films that are half of a training film each lean to training, whichever of ten cohorts it is', () => {
  for (let set = 0; set < 10; set++) {
    const random = rng('copiers').fork(set)
    const training = cohort(random.fork('training'), 't', 30, 4)
    const own = random.fork('own').normals(training.values.length)
    const samples = alone(training.values.map((v, i) => 0.9 * v + 0.1 * own[i]!))
    const { value, low, p } = leanOf(samples, training, cohort(random.fork('held out'), 'h', 20, 4))
    expect(p).toBeLessThan(0.02)
    expect(value).toBeGreaterThan(0.6)
    expect(low).toBeGreaterThan(0.5)
  }
})
