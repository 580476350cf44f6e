// A folder of films after its check, whatever its layout: every film with its file, patient, labels and boxes. Made by
// `checkFolder`; read by `readFilm`, `streamFilms`, the read-films stage, and `radiograft data`.
import type { Box } from '@radiograft/geometry'
import type { CohortEntry } from '../cohort/Cohort.ts'
import type { FolderProblem } from './FolderError.ts'

export type Layout = 'rsna' | 'nih' | 'chexpert' | 'classes'
export type FilmFormat = 'dicom' | 'png' | 'jpeg' | 'tiff'

/**
 * What a table says of a finding: 1 present, 0 absent, −1 uncertain (CheXpert). A finding that a table leaves blank has no
 * entry: blank and absent are kept apart.
 */
export type Mention = -1 | 0 | 1

export interface LabelledBox {
  /** in pixels of the film as it is on disk; x1, y1 exclusive */
  readonly box: Box
  /** as the layout spells it, such as `Lung Opacity`, `Atelectasis` */
  readonly label: string
}

export interface FolderFilm extends CohortEntry {
  /** absolute path; lies inside the folder, links followed */
  readonly path: string
  readonly format: FilmFormat
  /** size on disk, in pixels */
  readonly rows: number
  readonly columns: number
  /** by finding; blank ones have no entry */
  readonly mentions: Readonly<Record<string, Mention>>
  /**
   * `Normal` for a film without findings, else as the layout spells it (RSNA's class, NIH's `A|B`, the folder's name); the
   * finding where the layout says normal and `target` is 1
   */
  readonly class: string
  /** 1 where the finding in question is present, or uncertain and counted so; a blank one is 0 */
  readonly target: 0 | 1
  readonly boxes: ReadonlyArray<LabelledBox>
}

export interface FilmFolder {
  readonly layout: Layout
  /** absolute */
  readonly folder: string
  /** the file that says what films show, relative to the folder; empty where folders do. For messages */
  readonly labelsFile: string
  /** ascending by id, at least one */
  readonly films: ReadonlyArray<FolderFilm>
  /** every finding that the layout's tables speak of, in the order of the tables */
  readonly findings: ReadonlyArray<string>
  /** the finding that `target` is about */
  readonly finding: string
  /** whether there are boxes at all: false for NIH's layout without its table of boxes */
  readonly hasBoxes: boolean
  /** false where some film stands for its own patient: splits are then by film (row G29) */
  readonly patientsKnown: boolean
  /** what was left out because the caller chose so */
  readonly left: {
    /** with `skipBad`: films that cannot be used, and why */
    readonly bad: ReadonlyArray<FolderProblem>
    /** with `laterals: 'drop'`: ids of lateral films */
    readonly laterals: ReadonlyArray<string>
    /** with `unboxed: 'drop'`: ids of positives without a box */
    readonly unboxed: ReadonlyArray<string>
    /** with `uncertain: 'drop'`: ids of films whose finding is uncertain */
    readonly uncertain: ReadonlyArray<string>
  }
}

export interface FolderOptions {
  /** Leaves out films that cannot be used and lists them, in place of failing with the list. @default false */
  readonly skipBad?: boolean
  /** Lateral films end the check, or are left out and counted. @default 'refuse' */
  readonly laterals?: 'refuse' | 'drop'
  /**
   * The finding that is the target. @default rsna `Lung Opacity`, nih and chexpert `Pneumonia`, classes: the one class
   * beside the normal one, which must be named where there are several
   */
  readonly finding?: string
  /** false: nobody asks for the target, and of several findings any is taken. @default true */
  readonly needsFinding?: boolean
  /** What an uncertain mention of the finding counts as (row C1: positive). @default 'positive' */
  readonly uncertain?: 'positive' | 'negative' | 'drop'
  /** Positives without a box: kept, or left out where boxes are what is learned. @default 'keep' */
  readonly unboxed?: 'keep' | 'drop'
}
