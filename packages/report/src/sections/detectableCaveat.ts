// When the smallest difference that would be found comes out too small to be believed: it is 2.8 standard errors, and where
// both arms find next to nothing, or every film says the same, resampling has nothing to vary.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { hasNoSpread } from '../exhibits/intervalText.ts'
import { rowKey } from './metricGroups.ts'

/** Values of both arms below it, with intervals that touch 0, are at the floor: ours, of scores and shares from 0 to 1. */
const FLOOR = 0.05

export type Caveat = '' | 'at the floor' | 'no spread'

/** What each mark means, in words. */
export const caveatMeaning: Readonly<Record<Exclude<Caveat, ''>, string>> = {
  'at the floor': `At the floor: the values of both arms lie below ${FLOOR} and their intervals touch 0. Resampling has little to vary there, so the difference that would show comes out too small, and holds for no arms that find something.`,
  'no spread':
    'Where a difference has no spread, the smallest one that would show cannot be given either: a 0 there does not mean that any would be found.',
}

/** Of a difference `a − b`; empty for any other row, and where nothing is wrong. */
export const detectableCaveat = (metrics: ReadonlyArray<MetricRow>): ((row: MetricRow) => Caveat) => {
  const rows = new Map(metrics.map((row) => [rowKey(row), row]))
  const low = (row: MetricRow | undefined): boolean =>
    row !== undefined && row.unit === '' && Math.abs(row.value) < FLOOR && row.low <= 0 && row.high >= 0
  return (row) => {
    const sides = row.arm.split(BETWEEN)
    if (sides.length !== 2) return ''
    if (sides.every((arm) => low(rows.get(rowKey({ ...row, arm }))))) return 'at the floor'
    return hasNoSpread(row) ? 'no spread' : ''
  }
}
