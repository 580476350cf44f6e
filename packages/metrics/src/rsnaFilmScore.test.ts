import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import type { ScoredBox } from './matchFilm.ts'
import { rsnaFilmScore } from './rsnaFilmScore.ts'
import { iouThresholds } from './iouThresholds.ts'
import { rsnaProtocol, rsnaTable1, rsnaTable2, type RsnaOptions } from './rsnaProtocol.ts'

const pred = (score: number, ...box: [number, number, number, number]): ScoredBox => ({ box, score })
const score = (preds: readonly ScoredBox[], truth: readonly Box[], options?: RsnaOptions) =>
  rsnaFilmScore(preds, truth, options).score

const unit: Box = [0, 0, 100, 100]

describe('protocols', () => {
  test('names carry thresholds, step, false negatives and order', () => {
    expect(rsnaTable1.name).toBe('ap-rsna-0.40:0.75')
    expect(rsnaTable2.name).toBe('ap-rsna-0.40:0.60-noFN')
    expect(rsnaProtocol({ thresholds: [0.5] }).name).toBe('ap-rsna-0.50')
    expect(rsnaProtocol({ thresholds: [0.4, 0.5, 0.6] }).name).toBe('ap-rsna-0.40:0.60:0.10')
    expect(rsnaProtocol({ thresholds: [0.4, 0.5, 0.75] }).name).toBe('ap-rsna-0.40,0.50,0.75')
    expect(rsnaProtocol({ order: 'ground-truth-first' }).name).toBe('ap-rsna-0.40:0.75-gt-first')
    expect(rsnaProtocol({ countFalseNegatives: false, silence: 'skip' }).name).toBe('ap-rsna-0.40:0.60-noFN-skip')
  })

  test('thresholds are the doubles nearest to hundredths, not sums of .05', () => {
    expect(iouThresholds(0.4, 0.75, 0.05)).toEqual([0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75])
    expect(rsnaProtocol({ thresholds: [0.1 + 0.2, 0.4 + 0.05 * 3] }).thresholds).toEqual([0.3, 0.55])
  })

  test.each([[[]], [[0.5, 0.4]], [[0.5, 0.5]], [[0]], [[1.01]], [[0.123]], [[Number.NaN]]])(
    '%p is refused',
    (thresholds) => {
      expect(() => rsnaProtocol({ thresholds })).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
    },
  )
})

describe('which films count', () => {
  test('perfect predictions score 1', () => {
    expect(rsnaFilmScore([pred(0.9, ...unit)], [unit])).toEqual({ score: 1, perThreshold: Array(8).fill(1) })
  })
  test('no truth, any prediction: 0 and counted', () => {
    expect(score([pred(0.01, ...unit)], [])).toBe(0)
    expect(score([pred(0.01, ...unit)], [], rsnaTable2)).toBe(0)
  })
  test('no truth, no prediction: not counted', () => {
    expect(rsnaFilmScore([], [])).toEqual({ score: null, perThreshold: [] })
    expect(score([], [], rsnaTable2)).toBeNull()
  })
  test('truth, no prediction: 0; without false negatives 0/0 is 0, or left out on request', () => {
    expect(score([], [unit])).toBe(0)
    expect(score([], [unit], rsnaTable2)).toBe(0)
    expect(score([], [unit], { ...rsnaTable2, silence: 'skip' })).toBeNull()
  })
  test('silence is a matter of 0/0 only: with false negatives it changes nothing', () => {
    expect(score([], [unit], { silence: 'skip' })).toBe(0)
  })
})

describe('confidence-first against ground-truth-first', () => {
  const truth: Box[] = [unit, [0, 0, 100, 60]]
  const preds = [pred(0.9, 0, 0, 100, 70), pred(0.8, 0, 0, 100, 100)]

  test.each([0.65, 0.7])('the counter-example at t = %p: 1 against 1/3', (t) => {
    expect(score(preds, truth, { thresholds: [t] })).toBe(1)
    expect(score(preds, truth, { thresholds: [t], order: 'ground-truth-first' })).toBe(1 / 3)
  })

  test('IoU of exactly .5 at t = .5: > misses, ≥ hits', () => {
    const half = [pred(1, 0, 0, 100, 50)]
    expect(score(half, [unit], { thresholds: [0.5] })).toBe(0)
    expect(score(half, [unit], { thresholds: [0.5], order: 'ground-truth-first' })).toBe(1)
  })

  test('IoU of exactly each threshold is a miss at it and a hit below it', () => {
    for (let k = 40; k <= 75; k += 5) {
      const { perThreshold } = rsnaFilmScore([pred(1, 0, 0, 100, k)], [unit])
      expect(perThreshold).toEqual(rsnaTable1.thresholds.map((t) => (k > Math.round(t * 100) ? 1 : 0)))
    }
  })

  test('equal scores: the order in which they are written does not matter', () => {
    const crowd = [
      pred(0.5, 0, 0, 100, 70),
      pred(0.5, 0, 0, 100, 100),
      pred(0.5, 10, 0, 100, 60),
      pred(0.5, 0, 9, 90, 60),
    ]
    const expected = rsnaFilmScore(crowd, truth)
    const random = rng(3)
    for (let i = 0; i < 24; i++) {
      expect(rsnaFilmScore(random.shuffle(crowd), random.shuffle(truth))).toEqual(expected)
    }
  })
})

test('a box shifted by s has IoU (100 − s) / (100 + s): a step function of t', () => {
  // s = 25: .6 exactly, so a hit at .40 … .55 (4 of 8); s = 30: 70/130 = .538 (3 of 8); s = 43: 57/143 = .399 (none)
  expect(score([pred(1, 25, 0, 125, 100)], [unit])).toBe(4 / 8)
  expect(score([pred(1, 30, 0, 130, 100)], [unit])).toBe(3 / 8)
  expect(score([pred(1, 43, 0, 143, 100)], [unit])).toBe(0)
})

test('duplicates are false positives', () => {
  expect(score([pred(0.9, ...unit), pred(0.8, ...unit)], [unit])).toBe(1 / 2)
  expect(score([pred(0.9, ...unit), pred(0.8, ...unit), pred(0.7, ...unit)], [unit], rsnaTable2)).toBe(1 / 3)
})

test('without false negatives one perfect box of two does as well as both: the protocol rewards silence', () => {
  const truth: Box[] = [unit, [200, 0, 300, 100]]
  expect(score([pred(0.9, ...unit)], truth, rsnaTable2)).toBe(1)
  expect(score([pred(0.9, ...unit)], truth)).toBe(1 / 2)
})

test('a NaN score is refused', () => {
  expect(() => score([pred(Number.NaN, ...unit)], [unit])).toThrow(/NaN/)
})

describe('against exact fractions (tools/oracles/metrics_rsna.py)', () => {
  interface Film {
    preds: [number, number, number, number, number][]
    truth: [number, number, number, number][]
    confidenceFirst: [number, number, number][]
    groundTruthFirst: [number, number, number][]
  }
  const { films, filmsWhereOrdersDiffer } = JSON.parse(
    readFileSync(new URL('./fixtures/rsna.json', import.meta.url), 'utf8'),
  ) as { films: Film[]; filmsWhereOrdersDiffer: number }
  const preds = (film: Film) => film.preds.map(([x0, y0, x1, y1, s]) => pred(s / 100, x0, y0, x1, y1))

  test('the films tell the orders apart', () => expect(filmsWhereOrdersDiffer).toBeGreaterThan(10))

  test.each([
    ['confidenceFirst', 'confidence-first', true],
    ['confidenceFirst', 'confidence-first', false],
    ['groundTruthFirst', 'ground-truth-first', true],
    ['groundTruthFirst', 'ground-truth-first', false],
  ] as const)('%s, %s, FN counted %p', (key, order, countFalseNegatives) => {
    for (const film of films) {
      const expected =
        film.preds.length + film.truth.length === 0
          ? []
          : film[key].map(([tp, fp, fn]) => tp / Math.max(1, tp + fp + (countFalseNegatives ? fn : 0)))
      const { thresholds } = rsnaTable1
      const got = rsnaFilmScore(preds(film), film.truth, { thresholds, order, countFalseNegatives })
      expect(got.perThreshold).toEqual(expected)
    }
  })

  test('a higher threshold never scores more, confidence first', () => {
    for (const film of films) {
      const { perThreshold } = rsnaFilmScore(preds(film), film.truth)
      expect(perThreshold).toEqual(perThreshold.toSorted((a, b) => b - a))
    }
  })
})
