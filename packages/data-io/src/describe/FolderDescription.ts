// What there is in a folder of films, as counts: the record that `radiograft data` prints and writes. It holds no patient's
// id and no age or sex of a single film.
import type { FilmFormat, Layout } from '../folder/FilmFolder.ts'
import type { OneVariableAuc } from './oneVariableAuc.ts'

/** Films that share a value, by target. */
export interface ValueCount {
  /** such as `AP`; `unknown` where nothing says */
  readonly value: string
  readonly negatives: number
  readonly positives: number
}

export interface Shortcut {
  readonly variable: 'view' | 'age' | 'sex' | 'brightness'
  /** what a high score is: `AP`, `older`, `M`, `brighter` */
  readonly high: string
  /** undefined where it is unknown for all films, or known for those of one target only */
  readonly alone: OneVariableAuc | undefined
  /** positives against normal films; undefined where there are no others, or none are normal */
  readonly againstNormal: OneVariableAuc | undefined
  /** films of which it is not known: not in the AUC */
  readonly unknown: number
}

/** How unlike positives and the others are in something that is no finding. */
export interface Difference {
  /** as the end of a sentence that begins with "differ in": `file format`, `size` */
  readonly of: string
  /** AUC of the best guess from it alone: ½ + ½ Σ |share among positives − share among the others| / 2 */
  readonly auc: number
  /** lower end of its 95 % interval, films taken as independent */
  readonly low: number
  /** the values that differ most: shares among the others and among positives */
  readonly values: ReadonlyArray<{ readonly value: string; readonly others: number; readonly positives: number }>
}

export interface BoxFacts {
  readonly boxes: number
  /** how many films have 1, 2, 3, … boxes */
  readonly perFilm: ReadonlyArray<number>
  /** medians in pixels of the films as they are on disk */
  readonly width: number
  readonly height: number
  /** medians as parts of the film's width and height */
  readonly widthShare: number
  readonly heightShare: number
  /** positives for the finding that have no box of it */
  readonly positivesWithout: number
  readonly byLabel: Readonly<Record<string, number>>
}

export interface PatientFacts {
  /** false where some film stands for its own patient (row G29) */
  readonly known: boolean
  /** films whose patient no table names */
  readonly unknownFilms: number
  readonly patients: number
  /** patients with at least one positive film */
  readonly withPositive: number
  /** most films of one patient */
  readonly most: number
  /** how many patients have so many films: `1`, `2`, `3`, `4`, `5 to 9`, `10 to 19`, `20 and more` */
  readonly histogram: ReadonlyArray<{ readonly films: string; readonly patients: number }>
}

export interface AgeFacts {
  readonly known: number
  readonly unknown: number
  /** lower quartile, median, upper quartile, in years; empty where fewer than five are known */
  readonly others: ReadonlyArray<number>
  readonly positives: ReadonlyArray<number>
}

export interface FolderDescription {
  readonly layout: Layout
  readonly folder: string
  /** the finding that positives have */
  readonly finding: string
  readonly films: number
  readonly positives: number
  readonly formats: Readonly<Partial<Record<FilmFormat, number>>>
  /** most common first */
  readonly sizes: ReadonlyArray<{ readonly rows: number; readonly columns: number; readonly films: number }>
  readonly patients: PatientFacts
  /** most common first */
  readonly classes: ReadonlyArray<{ readonly class: string; readonly films: number; readonly positives: number }>
  readonly findings: ReadonlyArray<{
    readonly finding: string
    readonly present: number
    readonly absent: number
    readonly uncertain: number
    /** films of which the tables say nothing */
    readonly blank: number
  }>
  /** undefined where there is no table of boxes */
  readonly boxes: BoxFacts | undefined
  readonly views: ReadonlyArray<ValueCount>
  readonly sexes: ReadonlyArray<ValueCount>
  readonly ages: AgeFacts
  /** the layout's own split; undefined where it has none */
  readonly splits:
    | {
        readonly parts: ReadonlyArray<{ readonly part: string; readonly films: number; readonly positives: number }>
        /** patients with films in several parts */
        readonly patientsInSeveral: number
      }
    | undefined
  readonly shortcuts: ReadonlyArray<Shortcut>
  readonly differences: ReadonlyArray<Difference>
  readonly left: {
    readonly bad: ReadonlyArray<{ readonly film: string; readonly why: string }>
    readonly laterals: number
    readonly unboxed: number
    readonly uncertain: number
  }
}

export interface DuplicateGroup {
  /** the same file to the byte; the same pixels in another file; films that look the same (`findDuplicates`) */
  readonly by: 'file' | 'pixels' | 'look'
  /** smallest correlation by which a film was put into the group; 1 for the same pixels */
  readonly correlation: number
  /** ascending by film */
  readonly films: ReadonlyArray<{
    readonly film: string
    /** the patient's pseudonym; empty where no table names the patient */
    readonly patient: string
    readonly class: string
    readonly target: 0 | 1
  }>
  /** `several`: at least two patients are named, and a split by patient may put one film on both sides */
  readonly patients: 'one' | 'several' | 'unknown'
  /** at least two films have different targets: one label is wrong, or they are no duplicates */
  readonly targetsDiffer: boolean
}

/** What only decoding shows. */
export interface PixelFacts {
  readonly films: number
  /** by bits a pixel as stored */
  readonly bits: Readonly<Record<string, number>>
  /** stored with white as zero (MONOCHROME1) */
  readonly inverted: number
  /** shown through a window of their own header; the others by all their grey levels */
  readonly windowed: number
  /** how far the mean grey value alone tells the target */
  readonly brightness: Shortcut
  readonly differences: ReadonlyArray<Difference>
  /** several patients first, then unknown ones, then groups within a patient */
  readonly duplicates: ReadonlyArray<DuplicateGroup>
  /** films of a single grey value */
  readonly blank: ReadonlyArray<string>
  /** with `skipBad`: films that only decoding showed to be damaged */
  readonly damaged: ReadonlyArray<{ readonly film: string; readonly why: string }>
}
