import { describe, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { compareFigures } from './compareFigures.ts'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import type { Features } from './features.ts'
import { extractor, normalRows, setOf } from './fixtures/samples.ts'
import { frechetMeasure } from './frechetMeasure.ts'
import { frechetOfMoments } from './frechetDistance.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'
import { kernelMeasure } from './kernelMeasure.ts'
import { manifoldMeasure } from './manifoldMeasure.ts'
import { measureFeatures } from './measureFeatures.ts'
import { moments } from './moments.ts'
import { precisionRecall } from './precisionRecall.ts'
import { ownersOf } from './resampleUnits.ts'
import { takeRows } from './takeRows.ts'

const measures: readonly FeatureMeasure[] = [
  frechetMeasure(),
  frechetMeasure({ dims: 2 }),
  kernelMeasure,
  manifoldMeasure('precision'),
  manifoldMeasure('recall', { k: 5 }),
]
const real = setOf(normalRows('real', 40, [1, 2, 1]), 'real', 2)
const fake = setOf(normalRows('fake', 36, [1, 1.5, 1], 0.4), 'fake', 3)
const owned = (set: typeof real): OwnedFeatures => ({ ...set, owners: ownersOf(set.units) })
const ones = [new Uint16Array(20).fill(1), new Uint16Array(12).fill(1)]

describe.each(measures.map((measure) => [measure.protocol, measure] as const))('%s', (_, measure) => {
  test('every unit once is the value', () => {
    expect(measure.resampler(owned(real), owned(fake))(ones)).toBeCloseTo(measure.value(real, fake), 10)
  })
  test('an interval about the value; the order of films changes nothing', () => {
    const figure = measureFeatures(measure, real, fake, rng(1), { resamples: 200 })
    expect(figure.value).toBe(measure.value(real, fake))
    expect(figure.low).toBeLessThan(figure.value)
    expect(figure.high).toBeGreaterThan(figure.value)
    const order = Array.from({ length: 40 }, (__, i) => (i * 7) % 40)
    const turned = { ...real, ...takeRows(real, order), units: order.map((row) => real.units[row]!) }
    const again = measureFeatures(measure, turned, fake, rng(1), { resamples: 200 })
    for (const bound of ['low', 'value', 'high', 'se'] as const) expect(again[bound]).toBeCloseTo(figure[bound], 9)
  })
})

test.each([frechetMeasure(), kernelMeasure])('ten copies of each film are no more patients: $protocol', (measure) => {
  const copies = (set: typeof real, units: (unit: string, copy: number) => string) => {
    const rows = Array.from({ length: 10 * set.rows }, (_, i) => i % set.rows)
    return { ...set, ...takeRows(set, rows), units: rows.map((row, i) => units(set.units[row]!, i)) }
  }
  const se = (units: (unit: string, copy: number) => string): number =>
    measureFeatures(measure, copies(real, units), copies(fake, units), rng(1), { resamples: 60 }).se
  expect(se((unit) => unit)).toBeGreaterThan(2 * se((unit, copy) => `${unit} ${copy}`))
})

describe('a resample is what its films give', () => {
  const draw = [
    Uint16Array.from({ length: 20 }, (_, i) => [0, 1, 2, 1, 0, 3][i % 6]!),
    Uint16Array.from({ length: 12 }, (_, i) => [2, 0, 1, 1, 0][i % 5]!),
  ]
  const rowsOf = (set: typeof real, weights: Uint16Array): number[] => {
    const { owner } = ownersOf(set.units)
    return Array.from(owner).flatMap((unit, row) => Array.from({ length: weights[unit]! }, () => row))
  }
  const [a, b] = [rowsOf(real, draw[0]!), rowsOf(fake, draw[1]!)]

  test('fid: of the repeated rows', () => {
    const expected = frechetOfMoments(moments(takeRows(real, a)), moments(takeRows(fake, b)))
    expect(frechetMeasure().resampler(owned(real), owned(fake))(draw)).toBeCloseTo(expected, 10)
  })
  test('kid: of pairs of different films, so that copies add no k(x, x)', () => {
    const k = (x: Features, i: number, y: Features, j: number): number => {
      let product = 0
      for (let c = 0; c < 3; c++) product += x.values[3 * i + c]! * y.values[3 * j + c]!
      return (product / 3 + 1) ** 3
    }
    const mean = (x: Features, rows: number[], y: Features, others: number[]): number => {
      const all = rows.flatMap((i) => others.flatMap((j) => (x === y && i === j ? [] : [k(x, i, y, j)])))
      return all.reduce((s, v) => s + v, 0) / all.length
    }
    const expected = mean(real, a, real, a) + mean(fake, b, fake, b) - 2 * mean(real, a, fake, b)
    expect(kernelMeasure.resampler(owned(real), owned(fake))(draw)).toBeCloseTo(expected, 9)
  })
  test('precision and recall: judged films as often as drawn, manifolds of each drawn film once', () => {
    const once = (rows: number[]): number[] => [...new Set(rows)]
    const of = (which: 'precision' | 'recall') => manifoldMeasure(which).resampler(owned(real), owned(fake))(draw)
    const precision = precisionRecall(takeRows(real, once(a)), takeRows(fake, b)).precision
    const recall = precisionRecall(takeRows(real, a), takeRows(fake, once(b))).recall
    expect(of('precision')).toBeCloseTo(precision, 12)
    expect(of('recall')).toBeCloseTo(recall, 12)
    expect(precision).not.toBe(manifoldMeasure('precision').value(real, fake))
  })
  test('recall by hand: at the radius is inside, and fewer films drawn are larger balls', () => {
    const column = (...values: number[]): OwnedFeatures => {
      const features = { values: Float64Array.from(values), rows: values.length, columns: 1 }
      return { ...features, owners: ownersOf(values.map((v) => `${v}`)) }
    }
    const resampled = manifoldMeasure('recall', { k: 1 }).resampler(column(0, 1, 3), column(4, 5, 9))
    // radii 1, 1, 4: 3 lies at the edge of [3, 5]; without 5 it is [−1, 9], which holds all
    expect(resampled([Uint16Array.of(1, 1, 1), Uint16Array.of(1, 1, 1)])).toBe(1 / 3)
    expect(resampled([Uint16Array.of(1, 1, 1), Uint16Array.of(2, 0, 1)])).toBe(1)
    expect(resampled([Uint16Array.of(2, 1, 0), Uint16Array.of(1, 2, 0)])).toBe(0)
  })
})

test('a figure says what it is', () => {
  const figure = measureFeatures(frechetMeasure({ dims: 2 }), real, fake, rng(1), { resamples: 20 })
  expect(figure).toMatchObject({
    metric: 'fid-projected2-test-n40x36',
    protocol: 'fid-projected2',
    n: { real: 40, fake: 36 },
    units: { real: 20, fake: 12 },
    dims: 2,
    confidence: 0.95,
    extractor: { name: 'test', sha256: 'a'.repeat(64), resizeFilter: 'none' },
  })
  expect(measureFeatures(kernelMeasure, real, real, rng(1), { resamples: 20 })).toMatchObject({
    metric: 'kid-test-n40',
    dims: 3,
  })
})

test('a biased measure’s interval is shifted to its value, not to its resamples', () => {
  // plain percentiles of FID would lie above the value: all of the resampled values here do but few
  const [x, y] = [
    setOf(normalRows('x', 40, [1, 1, 1, 1, 1, 1]), 'x'),
    setOf(normalRows('y', 40, [1, 1, 1, 1, 1, 1]), 'y'),
  ]
  const resampled = frechetMeasure().resampler(owned(x), owned(y))
  const mean = Array.from({ length: 50 }, (_, s) => {
    const weights = [0, 1].map((set) => {
      const w = new Uint16Array(40)
      for (const unit of rng(s).fork(set).ints(40, 0, 40)) w[unit]! += 1
      return w
    })
    return resampled(weights)
  }).reduce((sum, v) => sum + v / 50, 0)
  const { value, low, high } = measureFeatures(frechetMeasure(), x, y, rng(3), { resamples: 200 })
  expect(mean).toBeGreaterThan(1.3 * value)
  expect(low).toBeGreaterThanOrEqual(0)
  expect(low < value && value < high).toBe(true)
})

describe('compareFigures', () => {
  const figure = measureFeatures(frechetMeasure(), real, fake, rng(1), { resamples: 20 })
  test('a difference of the same', () => {
    expect(compareFigures(figure, { ...figure, value: figure.value - 2 })).toBeCloseTo(2, 12)
  })
  test('never across extractors, hashes, filters, dimensions, protocols, or n where it biases', () => {
    const others = {
      extractor: { ...figure, extractor: { ...extractor, name: 'other' } },
      sha256: { ...figure, extractor: { ...extractor, sha256: 'b'.repeat(64) } },
      'resize filter': { ...figure, extractor: { ...extractor, resizeFilter: 'nearest' } },
      dims: { ...figure, dims: 64 },
      protocol: { ...figure, protocol: 'kid' },
      n: { ...figure, n: { real: 40, fake: 35 } },
    }
    for (const [field, other] of Object.entries(others)) {
      let error: unknown
      try {
        compareFigures(figure, other)
      } catch (caught) {
        error = caught
      }
      expect(error).toBeInstanceOf(IncomparableFiguresError)
      expect(error).toMatchObject({ _tag: 'IncomparableFiguresError', field })
    }
    const kid = measureFeatures(kernelMeasure, real, fake, rng(1), { resamples: 20 })
    expect(compareFigures(kid, { ...kid, n: { real: 40, fake: 35 } })).toBe(0)
  })
  test('nor are features of two extractors measured', () => {
    const other = { ...fake, extractor: { ...extractor, sha256: null } }
    expect(() => measureFeatures(kernelMeasure, real, other, rng(1))).toThrow(IncomparableFiguresError)
    expect(() => measureFeatures(kernelMeasure, real, setOf(normalRows('f', 9, [1, 1]), 'f'), rng(1))).toThrow(
      /dims: 3 and 2/,
    )
  })
})

test('refusals', () => {
  const few = { ...real, units: real.units.slice(1) }
  expect(() => measureFeatures(kernelMeasure, few, fake, rng(1))).toThrow(/39 units for 40 rows/)
  const one = { ...real, units: real.units.map(() => 'p') }
  expect(() => measureFeatures(kernelMeasure, one, fake, rng(1))).toThrow(/one unit/)
  expect(() => measureFeatures(kernelMeasure, real, fake, rng(1), { confidence: 1 })).toThrow(/inside \(0, 1\)/)
  expect(() => measureFeatures(frechetMeasure({ dims: 4 }), real, fake, rng(1))).toThrow(/from 1 to 3/)
})
