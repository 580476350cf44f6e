import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { cocoAp, type CocoFilm } from './cocoAp.ts'
import { cocoProtocol, cocoRule, type CocoArea } from './cocoProtocol.ts'
import { matchFilm, type ScoredBox } from './matchFilm.ts'
import { poolMatches } from './poolMatches.ts'
import { rsnaAp } from './rsnaAp.ts'
import { rsnaFilmScore, scoreMatches } from './rsnaFilmScore.ts'
import { rsnaProtocol, rsnaRule } from './rsnaProtocol.ts'

const unit: Box = [0, 0, 100, 100]
const far: Box = [300, 300, 400, 400]
const pred = (score: number, box: Box): ScoredBox => ({ box, score })
const ap = (...films: CocoFilm[]) => cocoAp(films).value
const only = (thresholds: number[]) => ({ thresholds })

describe('by hand', () => {
  test('a weak false alarm on an empty film changes nothing, a surer one halves precision; RSNA sees both', () => {
    const found = { preds: [pred(0.9, unit)], truth: [unit] }
    const alarm = (score: number) => ({ preds: [pred(score, unit)], truth: [] })
    expect(ap(found, alarm(0.5))).toBe(1)
    expect(ap(found, alarm(0.95))).toBeCloseTo(1 / 2, 12)
    expect(rsnaAp([found, alarm(0.5)]).value).toBe(1 / 2)
  })

  test('one truth box of two found: recall ½, so 51 of 101 recalls have precision 1', () => {
    const { value, averageRecall, ap50, ap75, name } = cocoAp([{ preds: [pred(0.9, unit)], truth: [unit, far] }])
    for (const v of [value, ap50, ap75]) expect(v).toBeCloseTo(51 / 101, 12)
    expect(averageRecall).toBe(1 / 2)
    expect(name).toBe('ap-coco-0.50:0.95')
  })

  test('precision at a recall is the highest at that recall or beyond', () => {
    // falling: alarm, hit, alarm, hit: precision ½ at recall ½, ½ at 1; a third alarm is beyond the last hit
    const preds = [0.9, 0.8, 0.7, 0.6, 0.5].map((s, i) => pred(s, [far, unit, far, [0, 200, 100, 300], far][i] as Box))
    expect(ap({ preds, truth: [unit, [0, 200, 100, 300]] })).toBeCloseTo(1 / 2, 12)
    // alarm, hit, hit: ½ at recall ½, ⅔ at recall 1, and so ⅔ from 0 on
    expect(ap({ preds: preds.filter((_, i) => i !== 2), truth: [unit, [0, 200, 100, 300]] })).toBeCloseTo(2 / 3, 12)
  })

  test('IoU of exactly t is a hit, and of 1 at t = 1: ≥', () => {
    const half = [{ preds: [pred(1, [0, 0, 100, 50])], truth: [unit] }]
    expect(cocoAp(half, only([0.5])).value).toBe(1)
    expect(cocoAp(half, only([0.51])).value).toBe(0)
    expect(rsnaAp(half, only([0.5])).value).toBe(0)
    expect(cocoAp([{ preds: [pred(1, unit)], truth: [unit] }], only([1])).value).toBe(1)
    // 1 is 1 − 1e-10: an IoU of 1 − 1e-11 passes, one of 1 − 1e-9 does not
    const short = (by: number) => [{ preds: [pred(1, [0, 0, 100, 100 * (1 - by)])], truth: [unit] }]
    expect([cocoAp(short(1e-11), only([1])).value, cocoAp(short(1e-9), only([1])).value]).toEqual([1, 0])
  })

  test('the surer prediction takes the truth box first, although the other lies closer', () => {
    const film = { preds: [pred(0.8, unit), pred(0.9, [0, 0, 100, 60])], truth: [unit] }
    expect(cocoAp([film], only([0.5])).value).toBe(1) // .9 hits, .8 is beyond recall 1
    expect(cocoAp([film], only([0.7])).value).toBe(1 / 2) // .9 misses first
  })

  test('equal scores stay as written: films in their order, predictions in theirs', () => {
    const found = { preds: [pred(0.5, unit)], truth: [unit] }
    const alarm = { preds: [pred(0.5, unit)], truth: [] }
    expect(ap(found, alarm)).toBe(1)
    expect(ap(alarm, found)).toBeCloseTo(1 / 2, 12)
    expect(ap({ preds: [pred(0.5, unit), pred(0.5, far)], truth: [unit] })).toBe(1)
    expect(ap({ preds: [pred(0.5, far), pred(0.5, unit)], truth: [unit] })).toBeCloseTo(1 / 2, 12)
  })

  test('crowds: hit as often as one likes by what lies inside, counted neither for nor against; a real box goes first', () => {
    const group: Box = [0, 0, 400, 400]
    const inside = [0.9, 0.8, 0.7].map((s, i) => pred(s, [10 * i, 0, 10 * i + 40, 40]))
    const film = { preds: [...inside, pred(0.6, far)], truth: [group, far], crowd: [true, false] }
    expect(ap(film)).toBe(1) // IoU with the group is .01, but all of each lies in it; far is hit although it does too
    expect(cocoAp([{ ...film, crowd: [false, false] }]).value).toBeCloseTo((51 / 101) * (1 / 4), 12)
    expect(cocoAp([{ preds: inside, truth: [group], crowd: [true] }]).value).toBeNull()
    expect(() => ap({ ...film, crowd: [true] })).toThrow(/1 flags for 2/)
  })

  test('areas: bounds belong to both ranges, and outside nothing counts', () => {
    const on = (side: number): CocoFilm => ({
      preds: [pred(0.9, [0, 0, side, side]), pred(0.95, [500, 0, 500 + side, side])],
      truth: [[0, 0, side, side]],
    })
    const of = (side: number, area: CocoArea) => cocoAp([on(side)], { area }).value
    expect([of(32, 'small'), of(32, 'medium'), of(96, 'medium'), of(96, 'large')]).toEqual(Array(4).fill(1 / 2))
    expect([of(33, 'small'), of(31, 'medium'), of(97, 'medium'), of(95, 'large')]).toEqual(Array(4).fill(null))
    // a false alarm of another size is not held against it
    const mixed = {
      preds: [pred(0.95, [0, 0, 200, 200]), pred(0.9, [0, 300, 20, 320])],
      truth: [[0, 300, 20, 320] as Box],
    }
    expect([cocoAp([mixed]).value, cocoAp([mixed], { area: 'small' }).value]).toEqual([1 / 2, 1])
  })

  test('only the surest so many predictions of a film', () => {
    const film = { preds: [pred(0.5, unit), pred(0.9, far)], truth: [unit] }
    expect(cocoAp([film], { maxDetections: 1 })).toMatchObject({
      name: 'ap-coco-0.50:0.95-max1',
      value: 0,
      averageRecall: 0,
    })
  })

  test('no truth: null, as no prediction can be judged; a film without predictions is a miss', () => {
    expect(cocoAp([{ preds: [pred(1, unit)], truth: [] }])).toMatchObject({
      value: null,
      averageRecall: null,
      ap50: null,
    })
    expect(ap()).toBeNull()
    expect(ap({ preds: [], truth: [unit] })).toBe(0)
    expect(cocoAp([{ preds: [pred(1, unit)], truth: [unit] }], only([0.6])).ap50).toBeNull()
  })

  test('names and refusals', () => {
    expect(cocoProtocol({ area: 'small', thresholds: [0.5] }).name).toBe('ap-coco-0.50-small')
    expect(() => cocoProtocol({ maxDetections: 0 })).toThrow(expect.objectContaining({ _tag: 'MetricError' }))
    expect(() => cocoProtocol({ area: 'huge' as CocoArea })).toThrow(/all, small, medium, large/)
    expect(() => ap({ preds: [pred(Number.NaN, unit)], truth: [] })).toThrow(/NaN/)
  })
})

interface FixtureFilm {
  preds: [number, number, number, number, number][]
  truth: Box[]
  crowd: (0 | 1)[]
}
interface Result {
  thresholds: number[]
  maxDetections: number
  ap: Record<CocoArea, number>
  ar: Record<CocoArea, number>
  apAt: number[]
  recallAt: number[]
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/coco.json', import.meta.url), 'utf8')) as {
  cases: { films: FixtureFilm[]; results: Result[] }[]
  weighted: { films: FixtureFilm[]; weights: number[]; apAt: number[]; recallAt: number[] }[]
}
const filmOf = ({ preds, truth, crowd }: FixtureFilm): CocoFilm => ({
  preds: preds.map(([x0, y0, x1, y1, s]) => pred(s / 100, [x0, y0, x1, y1])),
  truth,
  crowd: crowd.map((flag) => flag === 1),
})

/** Within 1e-9, where pycocotools' −1 is our null. */
const near = (ours: readonly (number | null)[], theirs: readonly number[]) => {
  expect(ours.map((v) => v === null)).toEqual(theirs.map((v) => v === -1))
  expect(Math.max(...ours.map((v, i) => Math.abs((v ?? -1) - theirs[i]!)))).toBeLessThan(1e-9)
}

describe('against pycocotools (tools/oracles/metrics_coco.py)', () => {
  test('AP and AR, every area range, threshold and limit', () => {
    for (const { films, results } of fixture.cases) {
      const own = films.map(filmOf)
      for (const { thresholds, maxDetections, ap: aps, ar, apAt, recallAt } of results) {
        for (const area of ['all', 'small', 'medium', 'large'] as const) {
          const got = cocoAp(own, { thresholds, maxDetections, area })
          near([got.value, got.averageRecall], [aps[area], ar[area]])
          if (area !== 'all') continue
          near(
            got.perThreshold.map(({ value }) => value),
            apAt,
          )
          near(
            got.perThreshold.map(({ recall }) => recall),
            recallAt,
          )
        }
      }
    }
  })

  test('the cases tell crowds, ties, limits, areas and the two rules apart', () => {
    const changed = (of: (film: CocoFilm) => CocoFilm) =>
      fixture.cases.filter(({ films, results }) => {
        const got = cocoAp(films.map(filmOf).map(of)).value
        return Math.abs((got ?? -1) - results[0]!.ap.all) > 1e-9
      }).length
    expect(changed((film) => film)).toBe(0)
    expect(changed(({ preds, truth }) => ({ preds, truth }))).toBeGreaterThan(10)
    expect(changed((film) => ({ ...film, preds: film.preds.toReversed() }))).toBeGreaterThan(10)
    expect(changed((film) => (film.truth.length === 0 ? { ...film, preds: [] } : film))).toBeGreaterThan(10)
    const results = fixture.cases.flatMap((one) => one.results)
    expect(new Set(results.map(({ maxDetections }) => maxDetections)).size).toBeGreaterThan(4)
    for (const area of ['small', 'medium', 'large'] as const)
      expect(results.filter((r) => r.ap[area] > 0 && r.ap[area] !== r.ap.all).length).toBeGreaterThan(10)
  })

  test('a film of weight n is that film n times', () => {
    for (const { films, weights, apAt, recallAt } of fixture.weighted) {
      const protocol = cocoProtocol()
      const own = films.map(filmOf)
      const tables = own.map(({ preds, truth, crowd }) => matchFilm(preds, truth, cocoRule(protocol), crowd))
      const pool = poolMatches(
        tables,
        10,
        own.map((_, i) => i),
        own.length,
      )
      const got = pool.curve(weights)
      near([...got.apAt], apAt)
      near([...got.recallAt], recallAt)
    }
  })
})

test('one table, both metrics: away from IoU = t the rules agree, and RSNA scores are read off COCO’s table', () => {
  const protocol = rsnaProtocol({ thresholds: [0.41, 0.51, 0.61, 0.71] })
  const unlike = { ...rsnaRule(protocol), hit: 'at-least', ties: 'as-written' } as const
  let differing = 0
  for (const film of fixture.cases.flatMap(({ films }) => films)) {
    const { truth, preds: given } = filmOf(film)
    const preds = given.map((p, i) => ({ ...p, score: p.score + i / 1000 })) // no ties
    if (new Set(truth.map(String)).size < truth.length) continue
    const own = rsnaFilmScore(preds, truth, protocol)
    expect(scoreMatches(matchFilm(preds, truth, unlike), preds.length, protocol)).toEqual(own)
    differing += Number(own.score !== null && own.score > 0 && own.score < 1)
  }
  expect(differing).toBeGreaterThan(100)
})
