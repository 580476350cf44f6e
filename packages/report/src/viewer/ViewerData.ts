// What the page holds for its script: films, boxes and outcomes as JSON, in places of lists rather than under names, so
// that no name of the data ever is a key. The section writes it, the script reads it.

/** A number, or null where it is not given (JSON has no NaN). */
export type Given = number | null

export interface LayerData {
  readonly layer: string
  readonly frame: string
  readonly width: number
  readonly height: number
  /** value of a black and of a white pixel */
  readonly low: Given
  readonly high: Given
  /** line of the block of pictures, or the path of a file beside the page */
  readonly source: number | string
}

export interface MarkData {
  readonly set: string
  readonly frame: string
  readonly outcome: string
  /** x0, y0, x1, y1 in pixels of the frame */
  readonly box: readonly [Given, Given, Given, Given]
  readonly score: Given
}

export interface CaseData {
  readonly arm: string
  readonly outcome: string
  readonly score: Given
  readonly error: Given
  readonly metric: string
}

export interface FilmData {
  readonly film: string
  readonly class: string
  readonly part: string
  /** 1 where the finding is there, 0 where not */
  readonly target: Given
  readonly layers: ReadonlyArray<LayerData>
  readonly marks: ReadonlyArray<MarkData>
  readonly cases: ReadonlyArray<CaseData>
}

export interface ViewerData {
  /** by name, code unit order */
  readonly films: ReadonlyArray<FilmData>
  /** every layer of any film, in order */
  readonly layers: ReadonlyArray<string>
  /** every arm that judged a film */
  readonly arms: ReadonlyArray<string>
  /** whose boxes there are: the truth, then the arms, then others */
  readonly sets: ReadonlyArray<string>
}

/** The set of true boxes. */
export const TRUTH = 'truth'

/** Anchors in the page, ours. */
export const VIEWER = 'viewer'
export const ROOT = 'viewer-root'
export const NOTE = 'viewer-note'
export const TABLE = 'viewer-table'
export const FILMS = 'viewer-films'
export const PICTURES = 'viewer-pictures'
