import { describe, expect, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { rsnaApAt, type RsnaFilm } from './rsnaAp.ts'
import { rsnaTable2 } from './rsnaProtocol.ts'
import { defaultGrid, tunedAp, tuneThreshold } from './tuneThreshold.ts'

const unit: Box = [0, 0, 100, 100]
const film = (id: string, score: number, positive: boolean): RsnaFilm => ({
  id,
  preds: [{ box: unit, score }],
  truth: positive ? [unit] : [],
})

/** `films` films of `preds` random boxes; every second one has two true boxes. */
const crowd = (films: number, preds: number): RsnaFilm[] => {
  const random = rng('crowd')
  const box = (): Box => {
    const [x, y, w, h] = random.ints(4, 10, 40) as unknown as [number, number, number, number]
    return [x, y, x + w, y + h]
  }
  return Array.from({ length: films }, (_, i) => ({
    id: `film ${i}`,
    preds: Array.from({ length: preds }, () => ({ box: box(), score: random.int(0, 60) / 64 })),
    truth: i % 2 ? [box(), box()] : [],
  }))
}

test('the best threshold keeps the hits and drops the false alarms; of equals the highest', () => {
  const films = [film('a', 0.8, true), film('b', 0.6, true), film('c', 0.3, false)]
  const tuned = tuneThreshold(films, [0.2, 0.4, 0.5, 0.7])
  // .2: two hits, one false alarm 2/3; .4 and .5: 2/2; .7: 1/2
  expect(tuned.curve.map((point) => point.value)).toEqual([2 / 3, 1, 1, 1 / 2])
  expect(tuned).toMatchObject({ threshold: 0.5, value: 1 })
  expect(tuneThreshold(films, [0.5, 0.4, 0.2, 0.7]).threshold).toBe(0.5) // whatever the grid's order
  expect(tuneThreshold([film('a', 0.6, true)], [0.6]).value).toBe(1) // a score equal to the threshold is kept
})

describe('the one-pass curve is rsnaApAt at every grid value', () => {
  test.each([
    ['confidence first', {}],
    ['ground truth first', { order: 'ground-truth-first' as const }],
    ['Table 2', rsnaTable2],
  ])('%s', (_, options) => {
    const films = crowd(30, 25)
    for (const { threshold, value } of tuneThreshold(films, defaultGrid, options).curve) {
      expect(value).toBe(rsnaApAt(films, threshold, options).value)
    }
  })
})

test('250 films of 100 predictions on a grid of 40 take well under a second', () => {
  const films = crowd(250, 100)
  const grid = Array.from({ length: 40 }, (_, k) => k / 40)
  const from = performance.now()
  tuneThreshold(films, grid)
  expect(performance.now() - from).toBeLessThan(1000)
})

test('tuning and reporting parts may not share a film', () => {
  const parts = {
    tune: [film('a', 0.8, true), film('b', 0.3, false)],
    report: [film('c', 0.7, true), film('d', 0.5, false)],
  }
  const { tuned, ap } = tunedAp(parts, [0.2, 0.4, 0.6])
  expect(tuned.threshold).toBe(0.6)
  expect(ap.value).toBe(1)
  expect(() => tunedAp({ ...parts, report: [film('a', 0.1, true)] })).toThrow(/1 of its films were tuned on/)
  const unnamed: RsnaFilm = { preds: [], truth: [unit] }
  expect(() => tunedAp({ tune: [unnamed], report: [unnamed] })).toThrow(/tuned on/)
})

test('refusals', () => {
  expect(() => tuneThreshold([film('a', 1, true)], [])).toThrow(/grid/)
  expect(() => tuneThreshold([{ preds: [], truth: [] }], [0.5])).toThrow(/none is counted/)
})
