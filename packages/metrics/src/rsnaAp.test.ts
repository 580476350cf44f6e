import { expect, test } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { meanOfCounted, rsnaAp, rsnaApAt, type RsnaFilm } from './rsnaAp.ts'
import { rsnaTable2 } from './rsnaProtocol.ts'

const unit: Box = [0, 0, 100, 100]
const hit: RsnaFilm = { preds: [{ box: unit, score: 0.8 }], truth: [unit] }
const missed: RsnaFilm = { preds: [], truth: [unit] }
const falseAlarm: RsnaFilm = { preds: [{ box: unit, score: 0.3 }], truth: [] }
const quiet: RsnaFilm = { preds: [], truth: [] }
const half: RsnaFilm = { preds: [{ box: [0, 0, 100, 58], score: 0.6 }], truth: [unit] }

const times = (n: number, film: RsnaFilm): RsnaFilm[] => Array.from({ length: n }, () => film)

test('mean over counted films, per film and per threshold', () => {
  const ap = rsnaAp([hit, missed, falseAlarm, quiet, half])
  expect(ap.name).toBe('ap-rsna-0.40:0.75')
  expect(ap.perFilm).toEqual([1, 0, 0, null, 0.5]) // IoU .58 passes .40 … .55
  expect(ap.value).toBe(1.5 / 4)
  expect(ap.counted).toBe(4)
  expect(ap.perThreshold[3]).toEqual({ threshold: 0.55, value: 2 / 4 })
  expect(ap.perThreshold[4]).toEqual({ threshold: 0.6, value: 1 / 4 })
})

test('no counted film: null, not NaN', () => {
  expect(rsnaAp([quiet]).value).toBeNull()
  expect(rsnaAp([]).perThreshold[0]).toEqual({ threshold: 0.4, value: null })
  expect(meanOfCounted([null, 3, null, 1])).toBe(2)
})

test('a score threshold keeps what reaches it, and may uncount a film', () => {
  expect(rsnaApAt([hit, falseAlarm], 0.3).value).toBe(1 / 2)
  expect(rsnaApAt([hit, falseAlarm], 0.31).value).toBe(1)
  expect(rsnaApAt([hit, half], 0.7, rsnaTable2).perFilm).toEqual([1, 0])
  expect(() => rsnaApAt([hit], Number.NaN)).toThrow(/threshold/)
})

/** 1,415 positives, of which 45 % are found perfectly (636.75: 636 whole films and one at 6/8), 5,007 negatives. */
const foldZero = (rate: number) => [
  ...times(636, hit),
  { preds: [{ box: [0, 0, 100, 66] as Box, score: 1 }], truth: [unit] }, // IoU .66: six of eight thresholds
  ...times(1415 - 637, missed),
  ...times(Math.round(5007 * rate), falseAlarm),
  ...times(5007 - Math.round(5007 * rate), quiet),
]

test('false alarms on negatives dominate: fold 0 with positives at .45', () => {
  const table = [0, 0.05, 0.1, 0.2, 0.3].map((rate) => rsnaAp(foldZero(rate)).value?.toFixed(3))
  expect(table).toEqual(['0.450', '0.382', '0.332', '0.264', '0.218'])
})
