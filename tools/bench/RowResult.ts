// What measuring a row gives: kept as JSON beside the table that is written from it.
import type { Settings } from './Row.ts'

export interface SideResult {
  /** a unit, the median over rounds */
  readonly seconds: number
  /** the most memory its processes held, their compiler included, MB of 2^20 bytes */
  readonly memoryMb: number
  /** seconds until the first unit was done */
  readonly first: number
  readonly versions: Readonly<Record<string, string>>
}

/** One of a peer's settings, tried before the rounds. */
export interface Trial {
  readonly setting: Settings
  /** of a unit; absent when it failed */
  readonly seconds?: number
  readonly failed?: string
}

export interface PeerResult extends SideResult {
  readonly name: string
  readonly setting: Settings
  readonly tried: ReadonlyArray<Trial>
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
  /** share of the processors that others took meanwhile; absent where the system does not tell */
  readonly others?: number
  /** measured with --any-load */
  readonly anyLoad: boolean
  /** ISO, the day */
  readonly date: string
}

/** Above this share of the processors a row is measured again, and marked when it stays. */
export const MOST_OTHERS = 0.02

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
