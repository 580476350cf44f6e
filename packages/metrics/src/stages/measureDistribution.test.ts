// `measure-distribution` on normal features, whose distances are known.
import { describe, expect, test } from '@jest/globals'
import { LeakageError, type FeatureRow, type MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import type { Features } from '../distribution/features.ts'
import { normalRows } from '../distribution/fixtures/samples.ts'
import { frechetDistance } from '../distribution/frechetDistance.ts'
import { IncomparableFiguresError } from '../distribution/IncomparableFiguresError.ts'
import { onProjection, principalProjection } from '../distribution/principalProjection.ts'
import { measureDistribution } from './measureDistribution.ts'
import { run } from './measureDistribution.run.ts'
import { featureRows } from './testing/featureRows.ts'

const TRAINING = 80
const HELD_OUT = 60
const columns = [1, 1, 1, 1]

const real = (seed: string, deviations: readonly number[]): { training: Features; heldOut: Features } => ({
  training: normalRows(`${seed} training`, TRAINING, deviations),
  heldOut: normalRows(`${seed} held out`, HELD_OUT, deviations),
})
const filmsOf = ({ training, heldOut }: ReturnType<typeof real>): ReadonlyArray<FeatureRow> => [
  ...featureRows('train', training),
  ...featureRows('test', heldOut),
]
const tablesOf = (rows: ReadonlyArray<FeatureRow>) =>
  cohortTables(
    rows.map(({ film }) => film),
    { partOf: (i) => (rows[i]!.film.startsWith('train') ? 'train' : 'test') },
  )

const measure = async (
  films: ReadonlyArray<FeatureRow>,
  generated: Readonly<Record<string, ReadonlyArray<FeatureRow>>>,
  given: object = {},
  seen: string | null = null,
  tables = tablesOf(films),
) => {
  const ctx = stageContext({ seed: 3 })
  const params = defaultsOf(measureDistribution, { names: Object.keys(generated), resamples: 60, ...given })
  const provenance = seen === null ? [] : [[{ product: 'gan', film: 'x', patient: seen, role: 'training' as const }]]
  const inputs = { real: films, ...tables, generated: Object.values(generated), provenance }
  const out = await run({ params, inputs, ctx })
  const row = (arm: string, metric: string, part = 'test'): MetricRow =>
    out.metrics.find((one) => one.arm === arm && one.part === part && one.metric.startsWith(metric))!
  return { ...out, row, warnings: ctx.warnings }
}

describe('figures', () => {
  test('KID of a shifted normal law holds its exact value in four of five intervals or more, and is above that of the same law in all', async () => {
    // d = 1: E(xy + 1)³ is 4 for N(0, 1) twice, 1 + 3δ² + 3(1 + δ²)² + (δ³ + 3δ)² for N(δ, 1) twice, 1 + 3(1 + δ²) across
    const exact = 4 + (1 + 0.75 + 3 * 1.25 ** 2 + 1.625 ** 2) - 2 * (1 + 3 * 1.25)
    expect(exact).toBe(3.578125)
    let [held, ordered] = [0, 0]
    for (let seed = 0; seed < 5; seed++) {
      const films = filmsOf(real(`${seed}`, [1]))
      const { row } = await measure(films, {
        same: featureRows('g', normalRows(`same ${seed}`, 70, [1])),
        shifted: featureRows('g', normalRows(`shifted ${seed}`, 70, [1], 0.5)),
      })
      const { value, low, high } = row('shifted', 'kid')
      if (low <= exact && exact <= high) held++
      if (row('same', 'kid').value < value) ordered++
    }
    expect(held).toBeGreaterThanOrEqual(4)
    expect(ordered).toBe(5)
  })

  test('FID is taken on directions of the training films alone, at equal numbers of films', async () => {
    const sets = real('0', [3, 2, 1, 0.2])
    const fake = normalRows('fake', 40, [3, 2, 1, 0.2], 1)
    const { row, figures } = await measure(filmsOf(sets), { gan: featureRows('g', fake) }, { dims: 2 })
    const single = (features: Features): Features => ({ ...features, values: Float32Array.from(features.values) })
    const projection = principalProjection(single(sets.training), 2)
    const [a, b] = [sets.heldOut, fake].map((features) => onProjection(single(features), projection))
    expect(row('gan', 'fid').metric).toBe('fid-principal2-test-n60x40')
    expect(row('gan', 'fid').value).toBe(frechetDistance(a!, b!))
    expect(row('gan', 'fid').n).toBe(40)
    const line = figures.cells.find(
      ([arm, part, metric]) => arm === 'gan' && part === 'test' && `${metric}`.startsWith('fid'),
    )
    expect(line!.slice(6)).toEqual([60, 40, 2, 'test', '', 'none', ''])
  })

  test('every arm and reference is of as many films as the smallest', async () => {
    const films = filmsOf(real('0', columns))
    const generated = {
      few: featureRows('g', normalRows('few', 30, columns)),
      many: featureRows('g', normalRows('many', 75, columns)),
    }
    const { metrics } = await measure(films, generated)
    const names = new Set(metrics.map(({ metric }) => metric))
    expect([...names]).toEqual(
      ['kid', 'fid-principal4', 'precision-k3', 'recall-k3'].map((name) => `${name}-test-n60x30`),
    )
    expect(new Set(metrics.filter(({ part }) => part === 'test').map(({ arm }) => arm))).toEqual(
      new Set(['few', 'many', 'real-floor', 'memoriser']),
    )
    expect(new Set(metrics.map(({ n }) => n))).toEqual(new Set([30]))
    const capped = await measure(films, generated, { films: 20 })
    expect(capped.metrics[0]!.metric).toBe('kid-test-n20')
  })

  test('a memoriser is nearer to training films than their own kind allows, and no nearer to held-out ones; five seeds', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const sets = real(`${seed}`, columns)
      const replay = featureRows('g', { ...sets.training, values: sets.training.values.slice(0, 4 * 70), rows: 70 })
      const honest = featureRows('g', normalRows(`honest ${seed}`, 70, columns))
      const { row } = await measure(filmsOf(sets), { honest, replay })
      for (const arm of ['replay', 'memoriser']) expect(row(arm, 'kid', 'train').value).toBeLessThan(-0.02)
      expect(row('replay', 'fid', 'train').value).toBeLessThan(0.5 * row('honest', 'fid', 'train').value)
      expect(row('honest', 'kid', 'train').high).toBeGreaterThan(0)
      expect(row('replay', 'kid').high).toBeGreaterThan(0)
    }
  })
})

describe('contrasts', () => {
  const films = filmsOf(real('0', columns))
  const generated = {
    late: featureRows('g', normalRows('late', 60, columns, 0.3)),
    early: featureRows('g', normalRows('early', 60, columns, 1.2)),
  }

  test('a later network at most half as far as an earlier one: a ratio with its interval', async () => {
    const { row } = await measure(films, generated, { contrasts: ['late / early', 'late − early', 'late − nobody'] })
    const [late, early] = [row('late', 'kid'), row('early', 'kid')]
    expect(row('late / early', 'kid').value).toBeCloseTo(late.value / early.value, 12)
    expect(row('late / early', 'kid').high).toBeLessThan(0.5)
    expect(row('late / early', 'kid').low).toBeGreaterThan(-0.1)
    expect(row('late − early', 'kid').value).toBeCloseTo(late.value - early.value, 12)
    expect(row('late − early', 'kid').high).toBeLessThan(0)
    expect(row('late − nobody', 'kid')).toBeUndefined()
  })

  test('references are arms; a ratio to what is not clear of 0 is left out, with the reason', async () => {
    const { row, figures } = await measure(films, generated, {
      contrasts: ['early − real-floor', 'early / real-floor'],
    })
    expect(row('early − real-floor', 'kid').low).toBeGreaterThan(0)
    expect(row('early / real-floor', 'kid')).toBeUndefined()
    expect(row('early / real-floor', 'fid').value).toBeGreaterThan(1)
    const line = figures.cells.find(([arm, , metric]) => arm === 'early / real-floor' && `${metric}`.startsWith('kid'))
    expect(line!.at(-1)).toBe('real-floor is not clear of 0: read the difference')
  })
})

describe('small sets', () => {
  test('FID, then precision and recall, then all measures are left out, each with what to read instead', async () => {
    const films = filmsOf(real('0', columns))
    const measured = async (n: number) => {
      const { metrics, figures, warnings } = await measure(films, {
        gan: featureRows('g', normalRows('g', n, columns)),
      })
      const left = figures.cells
        .filter(([arm]) => arm === '')
        .map(([, , metric, , , , , , , , , , why]) => `${metric}: ${why}`)
      expect(warnings).toHaveLength(left.length)
      return { measured: new Set(metrics.map(({ metric }) => metric.split('-')[0])), left }
    }
    const four = await measured(4)
    expect(four.measured).toEqual(new Set(['kid', 'precision', 'recall']))
    expect(four.left[0]).toBe(
      'fid-principal4: needs 5 films of two patients or more in each set, there are 4: read KID, which has no bias, or set dims lower',
    )
    expect((await measured(3)).measured).toEqual(new Set(['kid']))
    const one = await measured(1)
    expect(one.measured.size).toBe(0)
    expect(one.left).toHaveLength(8)
  })

  test('features that are the same on every training film leave FID out and nothing else', async () => {
    const { metrics, figures } = await measure(filmsOf(real('0', [1, 1, 0])), {
      gan: featureRows('g', normalRows('g', 40, [1, 1, 0])),
    })
    expect(new Set(metrics.map(({ metric }) => metric.split('-')[0]))).toEqual(new Set(['kid', 'precision', 'recall']))
    expect(figures.cells.find(([arm]) => arm === '')!.at(-1)).toMatch(/vary in fewer than 3 directions/)
  })
})

describe('refusals', () => {
  const films = filmsOf(real('0', columns))
  const gan = featureRows('g', normalRows('g', 40, columns))

  test('another extractor, other weights, another filter', async () => {
    for (const other of [{ extractor: 'other' }, { sha256: 'a'.repeat(64) }, { resizeFilter: 'area-64' }]) {
      const rows = featureRows('g', normalRows('g', 40, columns), other)
      await expect(measure(films, { gan: rows })).rejects.toThrow(IncomparableFiguresError)
      await expect(measure(films, { gan: [...gan, ...rows] })).rejects.toThrow(IncomparableFiguresError)
    }
    const wide = featureRows('g', normalRows('g', 40, [1, 1]))
    await expect(measure(films, { gan: wide })).rejects.toThrow(/dims: 4 and 2/)
    await expect(measure(films, { gan: [...gan, ...wide] })).rejects.toThrow(/has 8 bytes, not 4 float32 columns/)
  })

  test('a generator that has seen a held-out patient', async () => {
    await expect(measure(films, { gan }, {}, 'patient of test-007')).rejects.toThrow(LeakageError)
    await expect(measure(films, { gan }, {}, 'patient of train-007')).resolves.toBeDefined()
  })

  test('no generator, an empty one, films without patient or features, names', async () => {
    await expect(measure(films, {})).rejects.toThrow(/wired to no generator/)
    await expect(measure(films, { gan: [] })).rejects.toThrow(/generated \(gan\): holds no film/)
    await expect(measure(films.slice(0, TRAINING), { gan })).rejects.toThrow(/real \(test\): holds no film/)
    const tables = tablesOf(films)
    await expect(measure(films, { gan }, {}, null, { ...tables, cohort: tables.cohort.slice(1) })).rejects.toThrow(
      /no patient of film train-000/,
    )
    await expect(measure(films.slice(1), { gan }, {}, null, tables)).rejects.toThrow(/no row of 1 .* such as train-000/)
    await expect(measure(films, { gan }, { names: ['a', 'b'] })).rejects.toThrow(/2 names for 1 generators/)
    await expect(measure(films, { memoriser: gan })).rejects.toThrow(/"memoriser" is empty, stands twice or/)
    await expect(measure(films, { gan }, { contrasts: ['gan over early'] })).rejects.toThrow(/write a difference as/)
  })

  test('a patient of several films is one unit', async () => {
    const tables = cohortTables(
      films.map(({ film }) => film),
      { partOf: (i) => (i < TRAINING ? 'train' : 'test'), patientOf: (film) => film.slice(0, -1) },
    )
    const width = ({ low, high }: MetricRow): number => high - low
    // held-out films of one patient resemble each other
    const twins = films.map((row, i) => (i < TRAINING ? row : { ...films[i - (i % 10)]!, film: row.film }))
    const [alone, grouped] = [await measure(twins, { gan }), await measure(twins, { gan }, {}, null, tables)]
    expect(width(grouped.row('gan', 'kid'))).toBeGreaterThan(1.5 * width(alone.row('gan', 'kid')))
  })
})
