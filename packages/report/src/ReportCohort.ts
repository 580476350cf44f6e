// What the page knows of the films of a data set: what its data card is written from. Counts only; no id of a film or
// patient.

/** How many of each: `{ PA: 120, AP: 80, '': 40 }`; the empty name stands for what is not known. */
export type Counts = Readonly<Record<string, number>>

/** Films of the whole cohort, or of one part of a split. */
export interface CohortCount {
  readonly films: number
  /** null where it is not known for every film who is on it */
  readonly patients: number | null
  /** null where no labels were at hand */
  readonly positives: number | null
  readonly classes: Counts
  readonly views: Counts
  readonly sexes: Counts
  /** in years, of films whose age is known; null where none is */
  readonly age: {
    readonly films: number
    readonly least: number
    readonly median: number
    readonly most: number
  } | null
}

export interface ReportSplit {
  /** label of the stage that made it */
  readonly stage: string
  /** `patient`, or `film` where each film had to stand for a patient of its own */
  readonly unit: string
  /** the test part is a hold-out that no fold trains on */
  readonly sealed: boolean
  /** patients who lie in more than one part: 0, or the split is by film or wrong; null where patients are not known */
  readonly patientsInSeveralParts: number | null
  readonly parts: ReadonlyArray<CohortCount & { readonly part: string }>
}

export interface ReportCohort {
  /** name of the data set in the pipeline */
  readonly dataset: string
  readonly layout: string
  /** whom the films are owed to, for its layout; empty where nothing is known */
  readonly attribution: string
  /** label of the stage that read or rendered the films */
  readonly stage: string
  readonly whole: CohortCount
  readonly splits: ReadonlyArray<ReportSplit>
  /** what the data set's tables say, finding by finding */
  readonly findings: ReadonlyArray<{
    readonly finding: string
    readonly present: number
    readonly absent: number
    readonly uncertain: number
  }>
  /** of the films as the run has them; null where it has none */
  readonly size: { readonly height: number; readonly width: number; readonly storage: string } | null
  /** what was done to each film to make it square; null where films are not read from files */
  readonly preparation: {
    readonly formats: Counts
    /** sides of the films on disk, in pixels */
    readonly least: number
    readonly most: number
    /** films of bits a pixel */
    readonly bits: Counts
    /** films whose white was air, and was turned */
    readonly inverted: number
    /** films that were padded to a square */
    readonly padded: number
    /** films of which all grey levels were kept; of the others a window was */
    readonly wholeDepth: number
  } | null
  /** films left out, by reason; null where nothing was to be left out */
  readonly left: ReadonlyArray<{ readonly why: string; readonly films: number }> | null
}
