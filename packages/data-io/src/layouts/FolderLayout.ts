// What a layout is to checkFolder: how to tell it, which files are its films, and what its tables say of each. Films and
// rows are found apart from each other and joined by id in the check, so that a layout holds nothing against anything.
// Implemented once a layout, listed in layouts.ts.
import type { LabelledBox, Layout, Mention } from '../folder/FilmFolder.ts'
import type { Report } from '../folder/report.ts'

/** A file that is a film by its name. */
export interface FoundFilm {
  readonly id: string
  /** relative to the folder, with `/` */
  readonly file: string
  /** for messages: as short as tells it from others */
  readonly name: string
}

/** All that the tables say of one film. */
export interface FilmRow {
  readonly id: string
  /** for messages: `line 5 of the labels` */
  readonly where: string
  /** undefined where no table says who it is */
  readonly patient: string | undefined
  /** `PA`, `AP`, another view of DICOM's, or empty */
  readonly view: string
  /** `F`, `M`, `O` or empty */
  readonly sex: string
  /** years, −1 when unknown */
  readonly age: number
  readonly class: string
  readonly mentions: Readonly<Record<string, Mention>>
  /** in pixels of `boxSpace` where the layout has one, else of the film on disk */
  readonly boxes: ReadonlyArray<LabelledBox>
}

export interface FolderTables {
  /** the file that says what films show, relative to the folder; empty where folders do */
  readonly labelsFile: string
  /** the same for messages: `the labels` */
  readonly name: string
  /** rows of the labels */
  readonly rows: number
  readonly films: ReadonlyMap<string, FilmRow>
  /** in the order of the tables */
  readonly findings: ReadonlyArray<string>
  /** undefined where there are several and none is the one */
  readonly finding: string | undefined
  readonly hasBoxes: boolean
  /** columns and rows of the films that boxes were drawn on, where that is not the film on disk */
  readonly boxSpace: readonly [columns: number, rows: number] | undefined
}

export interface FolderLayout {
  readonly layout: Layout
  /** one line for a folder that is of no layout: what is looked for */
  readonly looksFor: string
  /** what such a folder holds, as the end of a sentence that begins with "Expected: " */
  readonly expected: string
  /** Whether the names in a folder are this layout's. Files are not opened. */
  readonly detect: (folder: string) => boolean
  /** @param root absolute, links followed */
  readonly findFilms: (root: string, report: Report) => Promise<ReadonlyArray<FoundFilm>>
  /** @param found for layouts whose folders are their table */
  readonly readTables: (root: string, report: Report, found: ReadonlyArray<FoundFilm>) => Promise<FolderTables>
}
