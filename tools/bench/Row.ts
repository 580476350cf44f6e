// A row of the benchmark: one of our programs, its peers, and what is claimed of them. Declared in networks/rows.ts and
// rows/table.ts, measured by measureRow.ts. A side is a program that speaks the protocol of side.ts and side.py.
import type { Machine } from './machine.ts'

export type Settings = Readonly<Record<string, string | number | boolean>>

export interface Side {
  /** relative to tools/bench: a .ts or a .py file */
  readonly program: string
  readonly settings?: Settings
  /** settings that are tried one after another, each in a process of its own; the quickest is kept for the rounds */
  readonly choices?: ReadonlyArray<Settings>
  /** tried after them, over the quickest */
  readonly refinements?: ReadonlyArray<Settings>
}

export interface Peer extends Side {
  /** as the table names it: 'PyTorch', 'scikit-learn' */
  readonly name: string
  /** the claim: median of our time over the peer's is at most this */
  readonly limit: number
  /** relative, for the numbers that both sides computed @default the row's */
  readonly tolerance?: number
}

export interface Row {
  /** kebab-case: what the user types */
  readonly name: string
  /** heading of its table */
  readonly group: string
  /** what is timed, in words */
  readonly title: string
  /** 'step', 'film', 'solve' */
  readonly unit: string
  /** seconds a unit, or units a second; the ratio is always one of times */
  readonly shown: 'seconds' | 'rate'
  /** of all sides; a side's own win */
  readonly settings?: Settings
  readonly ours: Side
  /** none: time and memory alone */
  readonly peers: ReadonlyArray<Peer>
  /** over ours, for `--smoke`: the smallest sizes there are. Rows that come out equal are run once. */
  readonly smoke: Settings
  /** a program that is run to its end before all sides, with the same settings: it fills the folder `scratch` */
  readonly prepare?: string
  /** relative, for the numbers that both sides computed @default 1e-3 */
  readonly tolerance?: number
  /** what a round of the slower side should take about; a slower unit is one round @default 3 */
  readonly roundSeconds?: number
  /** @default 5 */
  readonly rounds?: number
  /** why the row cannot run on this machine, or undefined @default it runs everywhere */
  readonly cannotRun?: (machine: Machine) => string | undefined
  /** what limits it, shown beside the row. @param ratios the median of each peer */
  readonly because?: (ratios: ReadonlyArray<number>, machine: Machine) => string | undefined
}
