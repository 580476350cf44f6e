// `measure-memorisation` and `block-copies`: an honest generator, one that replays training films, one film planted among honest ones.
import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { LeakageError, type Films, type MetricRow } from '@radiograft/pipeline'
import {
  cohortTables,
  collectFilms,
  defaultsOf,
  filmIds,
  filmsInMemory,
  stageContext,
} from '@radiograft/pipeline/testing'
import { IncomparableFiguresError } from '../distribution/IncomparableFiguresError.ts'
import { blockCopies } from './blockCopies.ts'
import { run as block } from './blockCopies.run.ts'
import { measureMemorisation } from './measureMemorisation.ts'
import { run as measure } from './measureMemorisation.run.ts'
import { featureRows } from './testing/featureRows.ts'
import { smoothFilm } from './testing/smoothFilms.ts'

const SIDE = 16
const ids = Array.from({ length: 220 }, (_, i) => `r-${String(i).padStart(3, '0')}`)
const TRAINING = 120
const { split } = cohortTables(ids, { partOf: (i) => (i < TRAINING ? 'train' : 'test') })
const realFilm = (seed: number | string, i: number): Float32Array => smoothFilm(SIDE, `real ${seed} ${i}`)
const real = (seed: number | string): Films => filmsInMemory(ids, SIDE, (_, i) => realFilm(seed, i))
const honest = (seed: number | string, count = 60): Films =>
  filmsInMemory(filmIds(count), SIDE, (id) => smoothFilm(SIDE, `honest ${seed} ${id}`))
/** A film of another dose: other brightness and contrast, other noise. */
const again = (film: Float32Array, seed: string): Float32Array => {
  const noise = rng(seed).normals(film.length)
  return film.map((v, p) => 0.15 + 0.7 * v + 0.01 * noise[p]!)
}
const replayed = (seed: number | string): Films =>
  filmsInMemory(filmIds(60), SIDE, (id, i) => again(realFilm(seed, 2 * i), id))

const provenance = [
  split.slice(0, TRAINING).map(({ film, patient }) => ({ product: 'gan', film, patient, role: 'training' as const })),
]
const inputsOf = (films: Films, generated: Films) => ({
  real: films,
  split,
  generated,
  realFeatures: [],
  generatedFeatures: [],
  provenance,
})
const report = async (inputs: Parameters<typeof measure>[0]['inputs'], given: object = {}) => {
  const ctx = stageContext()
  const params = defaultsOf(measureMemorisation, { arm: 'gan', side: 8, ...given })
  const out = await measure({ params, inputs, ctx })
  const row = (metric: string): MetricRow => out.metrics.find((one) => one.metric === metric)!
  return { ...out, row, warnings: ctx.warnings }
}
type Report = Awaited<ReturnType<typeof report>>
const exporting = async (
  generated: Films,
  { scores, neighbours, metrics }: Pick<Report, 'scores' | 'neighbours' | 'metrics'>,
  given: object = {},
) => {
  const ctx = stageContext()
  const params = defaultsOf(blockCopies, { generator: 'PGGAN of 32 pixels', ...given })
  const out = await block({ params, inputs: { generated, scores, neighbours, provenance, metrics: [metrics] }, ctx })
  const card = new Map(out.card.cells.map(([what, value]) => [what, value]))
  return { ...out, films: await collectFilms(out.exported), card, warnings: ctx.warnings }
}

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

describe('block-copies', () => {
  const planted = filmsInMemory(filmIds(60), SIDE, (id, i) =>
    i === 42 ? again(realFilm(0, 17), 'planted') : smoothFilm(SIDE, `honest 0 ${id}`),
  )

  test('a training film planted among samples is blocked, and named with what it copies; the rest is marked', async () => {
    const found = await report(inputsOf(real(0), planted))
    const { films, blocked, card, warnings, exported } = await exporting(planted, found)
    expect(blocked.cells.map((cells) => cells.slice(0, 3))).toContainEqual(['film-42', 'pixels-8x8', 'r-017'])
    const kept = films.map(({ id }) => id)
    expect(kept).not.toContain('synthetic-film-42')
    expect(kept).toHaveLength(60 - blocked.cells.length)
    expect(kept).toContain('synthetic-film-41')
    expect(kept).toEqual(kept.toSorted())
    expect(films.find(({ id }) => id === 'synthetic-film-41')!.pixels).toEqual(smoothFilm(SIDE, 'honest 0 film-41'))
    expect(exported).toMatchObject({ height: SIDE, width: SIDE, storage: 'uint16' })
    expect(found.row('near-copies-blocked').value).toBe(blocked.cells.length)
    expect(warnings).toHaveLength(1)
    expect(card.get('films')).toBe(kept.length)
    expect(card.get('generator')).toBe('PGGAN of 32 pixels')
    expect([card.get('films its training saw'), card.get('patients among them')]).toEqual([120, 120])
    expect(card.get('check: near copies of training films')).toBe(`${blocked.cells.length} of 60 blocked`)
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toBe('passed')
  })

  test('honest films lose one in a hundred at the most likely; marks are not doubled', async () => {
    const marked = filmsInMemory(
      filmIds(60).map((id) => `synthetic-${id}`),
      SIDE,
      (id) => smoothFilm(SIDE, `honest 3 ${id}`),
    )
    const found = await report(inputsOf(real(3), marked))
    const { films } = await exporting(marked, found)
    expect(films.length).toBeGreaterThanOrEqual(56)
    expect(films[0]!.id).toMatch(/^synthetic-film-/)
  })

  test('a card of a memoriser says failed; without metrics and provenance it says so', async () => {
    const generated = honest(0)
    const found = await report(inputsOf(real(0), generated))
    const failed = found.metrics.map((row) => (row.metric.startsWith('memorised') ? { ...row, value: 1 } : row))
    const { card } = await exporting(generated, { ...found, metrics: failed })
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^failed/)
    const bare = await exporting(generated, { ...found, metrics: [] })
    expect(bare.card.get('check: memorisation')).toBe('not given')
  })

  test('of a memoriser nothing is exported, and its card and its blocked films say why', async () => {
    const bad = await report(inputsOf(real(0), replayed(0)))
    const { films, exported, blocked, card, warnings } = await exporting(replayed(0), bad)
    expect(films).toEqual([])
    expect(exported).toMatchObject({ height: SIDE, width: SIDE })
    expect(blocked.cells).toHaveLength(60)
    expect([card.get('films'), card.get('check: near copies of training films')]).toEqual([0, '60 of 60 blocked'])
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^failed: more films copy/)
    expect(warnings).toEqual(['all 60 films are near copies of training films: none is exported'])
  })

  test('of copies of a few films over and over the card says that it cannot be told', async () => {
    const generated = filmsInMemory(filmIds(60), SIDE, (id, i) => again(realFilm(0, i % 2), id))
    const bad = await report(inputsOf(real(0), generated))
    expect(bad.row('near-copy-share-pixels-8x8').value).toBe(1)
    expect(bad.row('memorised-pixels-8x8').value).toBeNaN()
    expect(bad.warnings).toEqual([expect.stringMatching(/cannot be told in pixels-8x8: 60 films are near copies/)])
    const { films, card } = await exporting(generated, bad)
    expect(films).toEqual([])
    expect(card.get('check: memorised-pixels-8x8 (gan)')).toMatch(/^cannot be told/)
  })

  test('refusals: films that were not looked at, another table', async () => {
    const found = await report(inputsOf(real(0), honest(0)))
    await expect(exporting(honest(0, 61), found)).rejects.toThrow(
      /1 generated films were not looked at, such as film-60/,
    )
    const bare = { ...found, scores: found.scores.filter(({ metric }) => metric.startsWith('distance')) }
    await expect(exporting(honest(0), bare)).rejects.toThrow(/scores: hold no near-copy-/)
    const copied = await report(inputsOf(real(0), planted))
    const other = { ...copied.neighbours, columns: ['film'] }
    await expect(exporting(planted, { ...copied, neighbours: other })).rejects.toThrow(/is not the table of/)
    await expect(exporting(planted, { ...copied, neighbours: found.neighbours })).rejects.toThrow(
      /does not say what film-42 copies/,
    )
    const denied = { ...copied.neighbours, cells: copied.neighbours.cells.map((cells) => cells.with(2, 'no')) }
    await expect(exporting(planted, { ...copied, neighbours: denied })).rejects.toThrow(/does not say what film-/)
  })
})
