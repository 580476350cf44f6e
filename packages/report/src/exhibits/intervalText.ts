// A 95 % interval in brackets, for tables and cards. One of no width is marked: where all films counted are alike, a
// bootstrap can only draw the same again, which tells nothing of how sure the value is.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { DASH, formatNumber } from '../text/formatNumber.ts'
import { numberData } from './numberData.ts'

type Ends = Pick<MetricRow, 'low' | 'high'>

export const hasNoSpread = ({ low, high }: Ends): boolean => Number.isFinite(low) && low === high

/** Said once where such a mark stands. */
export const noSpreadMeaning =
  'No spread: all films counted are alike, so resampling them cannot show how uncertain the value is; it is no certainty.'
export const shareBoundMeaning =
  'The bound beside it is the exact 95 % one of a share (Clopper and Pearson), films taken as independent.'

/** A share of n films, of the arm itself; differences of shares are none. */
const isShare = ({ metric, arm }: Pick<MetricRow, 'metric' | 'arm'>): boolean =>
  metric.startsWith('false-alarm-rate') && !arm.includes(BETWEEN)

/**
 * How far the true share may lie from 0 of n, or n of n: 1 − (α/2)^(1/n), and (α/2)^(1/n), with α = .05 (Clopper and
 * Pearson, Biometrika 1934, two-sided). NaN where the share is neither, or no share.
 */
export const shareBound = (row: Pick<MetricRow, 'metric' | 'arm' | 'value' | 'n'>): number => {
  if (!isShare(row) || !(row.n > 0)) return NaN
  const all = 0.025 ** (1 / row.n)
  return row.value === 0 ? 1 - all : row.value === 1 ? all : NaN
}

/** The mark; undefined for an interval that has a width. */
const noSpreadMark = (row: MetricRow): Markup | undefined => {
  if (!hasNoSpread(row)) return undefined
  const bound = shareBound(row)
  const may = Number.isNaN(bound)
    ? ''
    : `; the true share may be as ${row.value === 0 ? 'high' : 'low'} as ${formatNumber(bound, 3)}`
  return markup` <span class="caveat">no spread${may}</span>`
}

/** A dash where there is no interval. */
export const intervalText = (row: MetricRow, decimals: number): Markup | string =>
  Number.isFinite(row.low) || Number.isFinite(row.high)
    ? markup`[${numberData(row.low, decimals)}, ${numberData(row.high, decimals)}]${noSpreadMark(row)}`
    : DASH
