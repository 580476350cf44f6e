// An honest generator, one that replays training films, copies in one space; each film with its neighbours.
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { LeakageError, type Films } from '@radiograft/pipeline'
import { cohortTables, filmIds, filmsInMemory } from '@radiograft/pipeline/testing'
import { IncomparableFiguresError } from '../distribution/IncomparableFiguresError.ts'
import { featureRows } from './testing/featureRows.ts'
import {
  SIDE,
  TRAINING,
  again,
  honest,
  ids,
  inputsOf,
  real,
  realFilm,
  replayed,
  report,
  split,
} from './testing/memorisation.ts'
import { smoothFilm } from './testing/smoothFilms.ts'

describe('measure-memorisation', () => {
  test('an honest generator passes, one that replays training films in another dose does not; five seeds', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const good = await report(inputsOf(real(seed), honest(seed)))
      expect(good.row('memorised-pixels-8x8').value).toBe(0)
      expect(good.row('near-copy-share-pixels-8x8').value).toBeLessThan(0.1)
      expect(Math.abs(good.row('nearer-to-training-pixels-8x8').value - 0.5)).toBeLessThan(0.15)
      const bad = await report(inputsOf(real(seed), replayed(seed)))
      const nearer = good.row('nearer-to-training-pixels-8x8')
      expect(nearer.low < nearer.value && nearer.value < nearer.high && nearer.high - nearer.low < 0.3).toBe(true)
      if (good.row('near-copy-share-pixels-8x8').value === 0)
        expect(good.row('near-copy-share-pixels-8x8').high).toBeCloseTo(1 - 0.025 ** (1 / 60), 9)
      expect(bad.row('memorised-pixels-8x8').value).toBe(1)
      expect(bad.row('near-copy-share-pixels-8x8').value).toBe(1)
      expect(bad.row('nearer-to-training-pixels-8x8').value).toBe(1)
      expect(bad.row('near-copy-chance-pixels-8x8').value).toBe(0.001)
      // of 60 films and 100 patients, whatever the resamples: all of them are so
      const of60 = { low: expect.closeTo(0.025 ** (1 / 60), 9), high: 1 }
      expect(bad.row('near-copy-share-pixels-8x8')).toMatchObject(of60)
      expect(bad.row('nearer-to-training-pixels-8x8')).toMatchObject(of60)
      expect(Math.abs(good.row('leans-to-training-pixels-8x8').value - 0.5)).toBeLessThan(0.2)
      expect(good.row('lean-chance-pixels-8x8').value).toBeGreaterThan(0.005)
      const { value, low, high } = bad.row('leans-to-training-pixels-8x8')
      expect([value, high]).toEqual([1, 1])
      expect(low).toBeGreaterThan(0.5)
      expect(bad.row('lean-chance-pixels-8x8').value).toBe(0.001)
    }
  })

  test('real films of other patients, ten of each, are no copies, however near one patient’s films lie together', async () => {
    const patientOf = (film: string): string => `${film.slice(0, 1)} ${Math.floor(Number(film.slice(2)) / 10)}`
    const tables = cohortTables(ids, { partOf: (i) => (i < TRAINING ? 'train' : 'test'), patientOf })
    const filmOf = (seed: number) => (film: string) => again(smoothFilm(SIDE, `${seed} ${patientOf(film)}`), film)
    let [alarms, copies, independent] = [0, 0, 0]
    for (let seed = 0; seed < 20; seed++) {
      const others = Array.from({ length: 80 }, (_, i) => `o-${String(i).padStart(3, '0')}`)
      const inputs = {
        ...inputsOf(filmsInMemory(ids, SIDE, filmOf(seed)), filmsInMemory(others, SIDE, filmOf(seed))),
        split: tables.split,
        provenance: [],
      }
      const { row } = await report(inputs, { permutations: 199, resamples: 100 })
      if (row('lean-chance-pixels-8x8').value <= 0.05) alarms++
      if (row('near-copy-chance-pixels-8x8').value <= 0.05) copies++
      // what the films taken one by one would say: half of them nearer or farther, with the error of as many
      const { value } = row('nearer-to-training-pixels-8x8')
      if (value - 0.5 > 1.645 * Math.sqrt(181 / (12 * 100 * 80))) independent++
    }
    expect(Math.max(alarms, copies)).toBeLessThanOrEqual(4) // .05 of twenty, and three standard errors
    expect(independent).toBeGreaterThanOrEqual(6)
  })

  test('each extractor is a space of its own', async () => {
    const [films, generated] = [real(0), honest(0)]
    const features = (collection: Films, seed: string, extractor: string) =>
      featureRows(
        'x',
        { values: Float64Array.from(rng(seed).normals(3 * collection.size)), rows: collection.size, columns: 3 },
        { extractor },
      ).map((row, i) => ({ ...row, film: collection.ids[i]! }))
    const [one, other] = ['one', 'other'].map((name) => ({
      real: features(films, 'real', name),
      generated: name === 'one' ? features(generated, 'g', name) : features(films, 'real', name).slice(0, 60).map((row, i) => ({ ...row, film: generated.ids[i]! })), // prettier-ignore
    }))
    const wired = (...of: ReadonlyArray<typeof one>) => ({
      ...inputsOf(films, generated),
      realFeatures: of.map((space) => space!.real),
      generatedFeatures: of.map((space) => space!.generated),
    })
    const both = await report(wired(one, other))
    expect(both.metrics.flatMap(({ metric }) => /^memorised-(.*)/.exec(metric)?.[1] ?? [])).toEqual([
      'pixels-8x8',
      'features-one',
      'features-other',
    ])
    // copies in the second alone
    expect(['pixels-8x8', 'features-one', 'features-other'].map((of) => both.row(`memorised-${of}`).value)).toEqual([
      0, 0, 1,
    ])
    // the level is parted among the spaces, with deals enough to reach its parts: 1 in 3,158 here
    const strict = await report(wired(one, other), { level: 0.0019 })
    expect(strict.row('near-copy-chance-features-other').value).toBeLessThan(0.00032)
    expect(strict.row('memorised-features-other').value).toBe(1)
    const least = Math.min(...['near-copy-chance', 'lean-chance'].map((of) => both.row(`${of}-features-one`).value))
    expect(0.5 / 6 < least && least <= 0.5 / 2).toBe(true)
    const parted = await report(wired(one, other), { level: 0.5 })
    expect(parted.row('memorised-features-one').value).toBe(0)
    expect(both.row('leans-to-training-features-one')).toEqual(
      (await report(wired(one))).row('leans-to-training-features-one'),
    )
    await expect(report(wired(one, one))).rejects.toThrow(/two are features-one: give each extractor once/)
    const crossed = { ...wired(one), generatedFeatures: [other!.generated] }
    await expect(report(crossed)).rejects.toThrow(IncomparableFiguresError)
  })

  test('each film stands with its nearest training and held-out film, in pixels and in features', async () => {
    const [films, generated] = [real(0), replayed(0)]
    const features = (collection: Films, noise: number) =>
      featureRows('x', {
        values: Float64Array.from(collection.ids.flatMap((_, i) => [Math.floor(i / noise), i % noise, (i * 7) % 5])),
        rows: collection.size,
        columns: 3,
      }).map((row, i) => ({ ...row, film: collection.ids[i]! }))
    const { scores, neighbours, figure, row, metrics } = await report({
      ...inputsOf(films, generated),
      realFeatures: [features(films, 3)],
      generatedFeatures: [features(generated, 1000)],
    })
    expect(scores).toHaveLength(60 * 2 * 3)
    const score = (metric: string) => scores.find((one) => one.film === 'film-07' && one.metric === metric)?.value
    expect(score('near-copy-pixels-8x8')).toBe(1)
    expect(score('distance-to-training-pixels-8x8')!).toBeLessThan(score('distance-to-held-out-pixels-8x8')!)
    const of = (space: string) => neighbours.cells.filter(([, own]) => own === space)
    expect(of('pixels-8x8')).toHaveLength(60) // all are near copies
    expect(of('features-test').filter(([, , near]) => near === 'no')).toHaveLength(20)
    const line = neighbours.cells.find(([film, space]) => film === 'film-07' && space === 'pixels-8x8')!
    expect(line.slice(2, 4)).toEqual(['yes', 'r-014'])
    expect(Number(line[4])).toBeLessThan(Number(line[5]))
    expect(line[7]).toMatch(/^r-(1[2-9]|2)\d/)
    expect(row('memorised-features-test')).toBeDefined()
    expect(metrics.every(({ arm, n }) => arm === 'gan' && n === 60)).toBe(true)
    const svg = new TextDecoder().decode(figure.bytes)
    expect(svg).toMatch(/generated to training \(n = 60\)[^]*held-out to training \(n = 100\)/)
    expect(svg).toMatch(/features-test/)
  })

  test('distances are root mean squares of standardised pixels, by hand', async () => {
    // of two greys in equal parts a film is −1 and 1: equal up to brightness and contrast 0, halves across each other √2, mirrored 2
    const across = (left: number, right: number) =>
      Float32Array.from({ length: 64 }, (_, p) => (p % 8 < 4 ? left : right))
    const down = (top: number, bottom: number) => Float32Array.from({ length: 64 }, (_, p) => (p < 32 ? top : bottom))
    const films = filmsInMemory(ids, 8, (_, i) =>
      i === 0 ? across(0.2, 0.4) : i < TRAINING ? down(0.3, 0.4) : across(0.9, 0.1),
    )
    const generated = filmsInMemory(filmIds(2), 8, (_, i) => (i === 0 ? across(0.5, 0.9) : down(0.8, 0.7)))
    const { neighbours, row } = await report(inputsOf(films, generated))
    const [copy, other] = ['film-00', 'film-01'].map((film) => neighbours.cells.find(([id]) => id === film)!)
    expect(copy!.slice(2, 5)).toEqual(['yes', 'r-000', expect.closeTo(0, 6)])
    expect(copy![8]).toBeCloseTo(2, 6) // held-out films are its mirror
    expect(other!.slice(2, 5)).toEqual(['no', 'r-000', expect.closeTo(Math.SQRT2, 6)])
    expect(row('near-copy-below-pixels-8x8').value).toBeCloseTo(Math.SQRT2, 6)
  })

  test('films that the generator saw beyond the training part are training films too', async () => {
    const validation = split.map((row, i) => (i < 20 ? { ...row, part: 'validation' as const } : row))
    const generated = filmsInMemory(filmIds(60), SIDE, (id, i) => again(realFilm(0, i % 20), id))
    const inputs = { ...inputsOf(real(0), generated), split: validation }
    expect((await report(inputs)).row('memorised-pixels-8x8').value).toBe(1)
    expect((await report({ ...inputs, provenance: [] })).row('near-copy-share-pixels-8x8').value).toBeLessThan(0.5)
  })

  test('with few held-out films near copies are called at the rate that they can show', async () => {
    const few = { ...inputsOf(real(0), honest(0)), split: split.slice(0, TRAINING + 9) }
    const { row, warnings } = await report(few)
    expect(row('near-copy-rate').value).toBeCloseTo(0.1, 12)
    expect(warnings[0]).toMatch(/9 held-out films cannot show a rate of 0.01/)
    const { row: enough } = await report(inputsOf(real(0), honest(0)))
    expect(enough('near-copy-rate').value).toBe(0.01)
  })

  test('refusals', async () => {
    const inputs = inputsOf(real(0), honest(0))
    const changed = (given: object, params: object = {}) => report({ ...inputs, ...given }, params)
    const leak = [{ product: 'gan', film: 'x', patient: `patient of ${ids[TRAINING]}`, role: 'training' as const }]
    await expect(changed({ provenance: [leak] })).rejects.toThrow(LeakageError)
    await expect(changed({ generated: honest(0, 0) })).rejects.toThrow(/generated: holds no film/)
    await expect(changed({ split: split.slice(TRAINING), provenance: [] })).rejects.toThrow(/training: holds no film/)
    await expect(changed({ split: split.slice(0, TRAINING) })).rejects.toThrow(/heldOut: holds no film/)
    await expect(changed({ realFeatures: [[]] })).rejects.toThrow(/1 and 0 are wired/)
    await expect(changed({}, { side: 32 })).rejects.toThrow(/32 is above 16 x 16/)
  })
})
