// What a line of a pipeline's acceptance list is made of, and the words that such a list is written in.

/** What this run did, with places for the values that its stages had. */
export interface Choice {
  readonly parts: ReadonlyArray<string>
  /** parameters of nodes, `<node>.<parameter>` */
  readonly settings: ReadonlyArray<string>
}

/** One metric of the run. */
export interface Measure {
  readonly label: string
  /** as metrics name it; null: whichever arms have it, each by its name */
  readonly arm: string | null
  readonly part: string
  /** its name, or how it begins and `*`: names of distribution figures end in numbers that the run alone knows */
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
  /** counts of the films at hand, by the names that the pipeline gives them */
  readonly counts?: ReadonlyArray<string>
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

/** A metric of the test part. */
export const ofTest = (arm: string, metric: string, label: string): Measure => ({ part: 'test', label, arm, metric })
