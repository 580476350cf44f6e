// What measuring a row gives: kept as JSON beside the table that is written from it.
import type { Settings } from './Row.ts'

/** One of a side's settings, tried before the rounds. */
export interface Trial {
  readonly setting: Settings
  /** of a unit; absent when it failed */
  readonly seconds?: number
  readonly failed?: string
}

/** What was chosen of a side's settings. */
export interface Choice {
  readonly setting: Settings
  readonly tried: ReadonlyArray<Trial>
  /** what the search was for, all that the choice depends on but the side's versions */
  readonly searched: string
  /** share of the processors that others took during the search; absent where that is not known, or nothing was tried */
  readonly searchOthers?: number
}

export interface SideResult extends Choice {
  /** a unit, the median over rounds */
  readonly seconds: number
  /** the most memory that its processes were seen to hold in the rounds, MB of 2^20 bytes */
  readonly memoryMb: number
  /** seconds until the first unit was done, once the program is loaded */
  readonly first: number
  readonly versions: Readonly<Record<string, string>>
}

export interface PeerResult extends SideResult {
  readonly name: string
  /** our time over the peer's, round by round */
  readonly ratios: ReadonlyArray<number>
}

export interface RowResult {
  readonly name: string
  readonly ours: SideResult
  readonly peers: ReadonlyArray<PeerResult>
  /** units a round */
  readonly units: number
  readonly rounds: number
  /** share of the processors that others took meanwhile; absent where that is not known */
  readonly others?: number
  /** measured with --any-load */
  readonly anyLoad: boolean
  /** ISO, the day */
  readonly date: string
}

/** Above this share of the processors a row is measured again, and marked when it stays. */
export const MOST_OTHERS = 0.02

/** Whether others are known to have left the processors to us. */
export const isCalm = (others: number | undefined): boolean => others !== undefined && others <= MOST_OTHERS

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
