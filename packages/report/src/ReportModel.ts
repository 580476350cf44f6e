// What the page knows of a network that the run made, beside its stage: what its model card is written from.

/** Films of one part of the split that a network has seen, counted; no id of a film or patient. */
export interface SeenFilms {
  /** what has seen them, such as `aligner`, `realistic-generator` */
  readonly product: string
  /** `training`, `tuning` or `donor` */
  readonly role: string
  /** `train`, `validation`, `test`; empty for films of no part */
  readonly part: string
  readonly films: number
  /** null where it is not known who is on which film */
  readonly patients: number | null
  /** films with the finding; null where no labels were at hand */
  readonly positives: number | null
}

export interface ReportModel {
  /** label of the stage that made it */
  readonly stage: string
  /** its output port */
  readonly port: string
  /** as its file calls it; empty where it does not */
  readonly architecture: string
  /** null where the file's header cannot be read */
  readonly parameters: number | null
  readonly seed: number
  /** what it was computed with */
  readonly runtime: { readonly backend: string; readonly version: string; readonly precision: string } | null
  readonly machine: {
    readonly cpu: string
    readonly threads: number
    readonly arch: string
    readonly platform: string
  }
  readonly seen: ReadonlyArray<SeenFilms>
  /** arms whose metrics judge it: of the networks behind their numbers it was made last */
  readonly arms: ReadonlyArray<string>
  /** labels of stages that made a network out of what this one gives */
  readonly builtOn: ReadonlyArray<string>
  /** names of figures that draw its training */
  readonly curves: ReadonlyArray<string>
  /** layouts of the films behind it, such as `phantom` */
  readonly layouts: ReadonlyArray<string>
}
