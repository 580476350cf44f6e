// The entries end to end on a few films whose answers can be worked out by hand.
import { describe, expect, test } from '@jest/globals'
import type { BoxRow, MetricRow, Part } from '@radiograft/pipeline'
import { cohortTables, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { run as compareArms } from './compareArms.run.ts'
import { run as compareCoco } from './compareCoco.run.ts'
import { run as evaluateDetections } from './evaluateDetections.run.ts'
import { run as measurePseudoNormal } from './measurePseudoNormal.run.ts'

const ctx = stageContext({ seed: 3 })
const parts: ReadonlyArray<Part> = ['train', 'validation', 'validation', 'test', 'test', 'test', 'test']
const ids = parts.map((part, i) => `${part}-${i}`)
const having = new Set([0, 1, 3, 4]) // film 4's box is missed, 5 has a false alarm, 6 is quiet
const tables = cohortTables(ids, {
  partOf: (i) => parts[i]!,
  having: (i) => having.has(i),
  patientOf: (_, i) => `p${i}`,
})
const boxes: BoxRow[] = [...having].map((i) => ({ film: ids[i]!, x0: 2, y0: 2, x1: 6, y1: 6, label: 'opacity' }))
const detection = (i: number, score: number, by = 0) => ({
  film: ids[i]!,
  score,
  x0: 2 + by,
  y0: 2,
  x1: 6 + by,
  y1: 6,
})
const detections = [
  detection(1, 0.9),
  detection(2, 0.3), // a false alarm on validation: the best threshold is above it
  detection(3, 0.8),
  detection(5, 0.97),
  detection(6, 0.3),
]
const who = { boxes, ...tables }
const value = (rows: ReadonlyArray<MetricRow>, metric: string, arm?: string) =>
  rows.find((row) => row.metric === metric && (arm === undefined || row.arm === arm))?.value

describe('evaluate-detections', () => {
  const evaluate = (seen: string) => {
    const provenance = [[{ product: 'detector', film: 'x', patient: seen, role: 'training' as const }]]
    return evaluateDetections({ params: { resamples: 200 }, inputs: { detections, ...who, provenance }, ctx })
  }

  test('tunes on validation alone, scores test: a hit, a miss, a false alarm, a quiet film that is not counted', async () => {
    const { scores, operating } = await evaluate('p0')
    expect(value(operating, 'score-threshold')).toBe(0.9) // of .35 … .90, which score alike, the highest
    // at .90 the hit of film 3 (.8) is gone and the false alarm of film 5 (.97) stays
    const ap = scores.filter((row) => row.metric === 'ap-rsna-0.40:0.75')
    expect(ap.map((row) => [row.film, row.value])).toEqual([
      ['test-3', 0],
      ['test-4', 0],
      ['test-5', 0],
    ])
    expect(scores.filter((row) => row.metric === 'false-alarm-rate').map((row) => row.value)).toEqual([1, 0])
  })

  test('COCO AP beside it, of all detections: two boxes, one found by the second surest of three', async () => {
    const { operating } = await evaluate('p0')
    // film 5's false alarm (.97), film 3's hit (.8), film 6's false alarm (.3): precision ½ at the 51 recalls up to ½
    const row = operating.find(({ metric }) => metric === 'ap-coco-0.50:0.95')!
    expect(row.value).toBeCloseTo((51 / 101) * (1 / 2), 12)
    expect(row).toMatchObject({ part: 'test', n: 4 })
    expect(row.low).toBe(0) // a resample without film 3's patient
    expect(row.high).toBeGreaterThan(0.5) // one with film 3's alone
    expect(value(operating, 'ap-coco-0.50')).toBeCloseTo(row.value, 12)
  })

  test('refuses a product that has seen a test patient, without naming the patient', () => {
    const leak = (): unknown => evaluate('p4')
    expect(leak).toThrow(/film test-4 \(detector has seen film x of the same patient\)/)
    expect(leak).not.toThrow(/p4/)
  })
})

describe('compare-arms', () => {
  const rows = (values: ReadonlyArray<number>) =>
    values.map((v, i) => ({ film: ids[3 + i]!, patient: `p${3 + i}`, metric: 'm', value: v }))
  const compare = (contrasts: string[], names = ['a', 'b']) =>
    compareArms({
      params: { names, contrasts, resamples: 500, seeds: [], tested: ['m'] },
      inputs: { arms: [rows([0.5, 0.7, 0.9]), rows([0.4, 0.6, 0.8])] },
      ctx,
    })

  test('means, and a paired difference without spread where every film gains the same', async () => {
    const { metrics } = await compare(['a − b', 'a − nobody'])
    expect(value(metrics, 'm', 'a')).toBeCloseTo(0.7, 12)
    const paired = metrics.find((row) => row.arm === 'a − b' && row.metric === 'm')!
    expect([paired.value, paired.low, paired.high].map((v) => v.toFixed(9))).toEqual(Array(3).fill('0.100000000'))
    expect(metrics.some((row) => row.arm === 'a − nobody')).toBe(false)
  })

  test('seeds of one arm are paired, and their spread is in the interval', async () => {
    const names = ['a', 'a', 'b', 'b']
    const over = (seeds: number[]) =>
      compareArms({
        params: { names, seeds, contrasts: ['a − b'], resamples: 2000, tested: ['m'] },
        inputs: { arms: [rows([0.5, 0.7, 0.9]), rows([0.7, 0.9, 1.1]), rows([0.4, 0.6, 0.8]), rows([0.4, 0.6, 0.8])] },
        ctx,
      })
    const { metrics } = await over([1, 2, 1, 2])
    // gains .1 and .3 on every film: se √(.02 / 2) = .1 with 1 degree of freedom, .2 ± 12.7062·.1
    const paired = metrics.find((row) => row.arm === 'a − b' && row.metric === 'm')!
    expect([paired.value, paired.low, paired.high].map((v) => v.toFixed(9))).toEqual([
      '0.200000000',
      '-1.070620474',
      '1.470620474',
    ])
    expect(paired.n).toBe(3)
    expect(value(metrics, 'm', 'a')).toBeCloseTo(0.8, 12)
    expect(value(metrics, 'm-p', 'a − b')).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(2), 9) // Cauchy's, at .2 / .1
    expect(() => over([1, 2, 1, 3])).toThrow(/a lacks seed 3 of b; b lacks seed 2 of a/)
    expect(() => over([1, 2])).toThrow(/2 seeds for 4 arms/)
  })

  test('asks for one name an arm', () => {
    expect(() => compare([], ['a'])).toThrow(/1 names for 2 arms/)
  })
})

describe('compare-coco', () => {
  const compare = (given: { seenBy?: number[]; split?: number; seeds?: number[]; names?: string[] }) => {
    const provenance = [[{ product: 'detector', film: 'x', patient: 'p3', role: 'training' as const }]]
    const good = detections.filter(({ film }) => film !== ids[5])
    return compareCoco({
      params: {
        names: given.names ?? ['good', 'bad', 'bad'],
        contrasts: ['good − bad'],
        resamples: 200,
        seeds: given.seeds ?? [],
        tested: ['ap-coco-0.50:0.95'],
        seenBy: given.seenBy ?? [],
      },
      inputs: {
        detections: given.names ? [good, detections] : [good, detections, []],
        boxes,
        split: Array.from({ length: given.split ?? 1 }, () => tables.split),
        provenance: given.seenBy ? provenance : [],
      },
      ctx,
    })
  }

  test('AP of each arm, the paired difference, and its p', async () => {
    const { metrics } = await compare({ names: ['good', 'bad'] })
    expect(value(metrics, 'ap-coco-0.50:0.95', 'good')).toBeCloseTo(51 / 101, 12)
    expect(value(metrics, 'ap-coco-0.50:0.95', 'good − bad')).toBeCloseTo(51 / 202, 12)
    const own = metrics.filter(({ arm }) => arm === 'good − bad').map(({ metric }) => metric)
    expect(own).toEqual([
      'ap-coco-0.50:0.95',
      'ap-coco-0.50:0.95-smallest-detectable',
      'ap-coco-0.50:0.95-p',
      'ap-coco-0.50:0.95-p-holm',
      'ap-coco-0.50:0.95-simultaneous',
      'ap-coco-0.50',
      'ap-coco-0.50-smallest-detectable',
    ])
  })

  test('folds are pooled into one curve: the films of a silent fold are missed twice', async () => {
    const { metrics } = await compare({})
    // 4 boxes, one found after one false alarm: precision ½ at the 26 recalls up to ¼
    expect(value(metrics, 'ap-coco-0.50:0.95', 'bad')).toBeCloseTo((26 / 101) * (1 / 2), 12)
  })

  test('refusals: seeds, splits, and a model that has seen its own test film', () => {
    expect(() => compare({ seeds: [1, 1, 2] })).toThrow(/good lacks seed 2 of bad/)
    expect(() => compare({ split: 2 })).toThrow(/2 splits for 3 detections/)
    expect(() => compare({ seenBy: [5] })).toThrow(/5 is none of the 3 detections/)
    expect(() => compare({ seenBy: [1] })).toThrow(/film test-3 \(detector has seen/)
  })
})

describe('measure-pseudo-normal', () => {
  const inMemory = (pixelsOf: (i: number) => Float32Array) => filmsInMemory(ids, 8, (_, i) => pixelsOf(i))
  /** 8 × 8 films of one grey, another inside [2, 6)². */
  const square = (inside: number, outside: number) =>
    Float32Array.from({ length: 64 }, (_, p) => {
      const [y, x] = [Math.floor(p / 8), p % 8]
      return y >= 2 && y < 6 && x >= 2 && x < 6 ? inside : outside
    })

  test('energy inside over outside, PSNR outside, gain over copying, identity on normals: by hand', async () => {
    const films = inMemory((i) => (having.has(i) ? square(0.75, 0.5) : square(0.5, 0.5)))
    const twins = inMemory(() => square(0.5, 0.5))
    // halfway to the twin inside; off by 1/64 outside, and by 1/64 everywhere on normal films
    const generated = inMemory((i) =>
      having.has(i) ? square(0.625, 0.5 + 1 / 64) : square(0.5 + 1 / 64, 0.5 + 1 / 64),
    )
    const masks = inMemory(() => square(1, 0))
    const { metrics } = await measurePseudoNormal({
      params: { resamples: 200, arm: 'generator' },
      inputs: { films, generated, ...who, provenance: [], twins, masks },
      ctx,
    })
    expect(value(metrics, 'residual-energy-ratio-boxes')).toBeCloseTo((1 / 8) ** 2 / (1 / 64) ** 2, 6)
    expect(value(metrics, 'residual-energy-ratio-lesion')).toBeCloseTo(64, 6)
    expect(value(metrics, 'psnr-outside-boxes')).toBeCloseTo(20 * Math.log10(64), 6)
    expect(value(metrics, 'psnr-gain-over-copying')).toBeCloseTo(20 * Math.log10(2), 6)
    expect(value(metrics, 'identity-mae-normals')).toBeCloseTo(1 / 64, 9)
    expect(metrics.find((row) => row.metric === 'psnr-gain-over-copying')).toMatchObject({ n: 2, unit: 'dB' })
  })

  test('a generator that copies its input exactly is measured: no residual, ratio 1, gain 0, nobody harmed', async () => {
    const films = inMemory((i) => (having.has(i) ? square(0.75, 0.5) : square(0.5, 0.5)))
    const twins = inMemory(() => square(0.5, 0.5))
    const masks = inMemory(() => square(1, 0))
    const measure = (generated: typeof films) =>
      measurePseudoNormal({
        params: { resamples: 200, arm: 'generator' },
        inputs: { films, generated, ...who, provenance: [], twins, masks },
        ctx,
      })
    const { metrics } = await measure(films)
    const row = (rows: ReadonlyArray<MetricRow>, metric: string) => rows.find((one) => one.metric === metric)!
    for (const where of ['boxes', 'lesion'])
      expect(row(metrics, `residual-energy-ratio-${where}`)).toMatchObject({ value: 1, low: 1, high: 1, n: 2 })
    expect(row(metrics, 'residual-energy-in-boxes').value).toBe(0)
    expect(row(metrics, 'psnr-gain-over-copying')).toMatchObject({ value: 0, low: 0, high: 0 })
    expect(row(metrics, 'psnr-outside-boxes').value).toBe(99)
    expect(row(metrics, 'identity-mae-normals').value).toBe(0)
    // it copies all but one film, whose residual lies inside alone: a resample without that film counts as 1, not as nothing
    const mixed = await measure(inMemory((i) => (having.has(i) && i !== 3 ? square(0.75, 0.5) : square(0.5, 0.5))))
    expect(row(mixed.metrics, 'residual-energy-ratio-boxes')).toMatchObject({
      value: Infinity,
      low: 1,
      high: Infinity,
    })
  })
})
