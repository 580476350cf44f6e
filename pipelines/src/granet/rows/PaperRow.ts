// What a line of "Rows G1 to G35" is made of, and the words that `rows.ts` is written in.
import type { SettingName } from './settings.ts'

/** What this run did, with places for the values that its stages had. */
export interface Choice {
  readonly parts: ReadonlyArray<string>
  readonly settings: ReadonlyArray<SettingName>
}

/** Counted from the cohort, its split and its pairs: `cohortFacts`. */
export type CountName = 'films' | 'boxes' | 'parts' | 'patients' | 'donors' | 'hosts'

/** One metric of the run. */
export interface Measure {
  readonly label: string
  /** as metrics name it; null: whichever arms have it, each by its name */
  readonly arm: string | null
  readonly part: string
  readonly metric: string
  /** metrics of the same arm and part that follow in brackets, without interval */
  readonly more?: ReadonlyArray<string>
  /** `gain` carries a sign, `share` is in per cent. @default a number */
  readonly as?: 'gain' | 'share'
  /** decimals. @default as many as the value's size asks for */
  readonly digits?: number
  /** what it takes, where that is not an arm */
  readonly needs?: string
  /** shown where it is there, and no row waits for it. @default false */
  readonly extra?: true
}

/** A metric that the run has. */
export interface Found {
  readonly measure: Measure
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** bounds that hold for all contrasts of the metric together, where the run has them */
  readonly together?: { readonly low: number; readonly high: number }
}

export interface PaperRow {
  readonly id: string
  readonly says: string
  /** what is wrong or silent, or empty */
  readonly flag: string
  readonly here: Choice
  /** what the paper prints, or empty */
  readonly paper: string
  readonly counts?: ReadonlyArray<CountName>
  readonly measures?: ReadonlyArray<Measure>
  /** one text of all that was found, in place of a list */
  readonly sum?: (found: ReadonlyArray<Found>, seeds: number) => string
  /** what the row wants and this pipeline does not make, beside what it does */
  readonly lacks?: string
  /** what is counted is what was run, and no figure @default false */
  readonly carriedOut?: true
  /** which of its figures are of one fit alone, whatever the seeds; empty: all of them */
  readonly oneFit?: string
}

/** chosen`batch ${'fit-realistic.batch'}` */
export const chosen = (parts: TemplateStringsArray, ...settings: ReadonlyArray<SettingName>): Choice => ({
  parts,
  settings,
})

/** Metrics A and B of the paper (G23). */
const AP = 'ap-rsna-0.40:0.75'
export const AP_WITHOUT_MISSES = 'ap-rsna-0.40:0.60-noFN'

const test = { part: 'test' } as const

export const ap = (arm: string, label: string = arm): Measure => ({ ...test, label, arm, metric: AP })

/** A difference of two arms, `a − b`. */
export const gain = (arm: string, metric: string = AP): Measure => ({ ...test, label: arm, arm, metric, as: 'gain' })

export const ofTest = (arm: string, metric: string, label: string): Measure => ({ ...test, label, arm, metric })
