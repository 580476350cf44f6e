// How what a stage made on a port is to be shown: the flags of `show`, and the terminal.
import type { Paint } from '../text/paint.ts'
import type { Drawing } from './drawPicture.ts'

export interface PortOptions {
  /** undefined for the kind's own number */
  readonly rows: number | undefined
  readonly all: boolean
  readonly films: ReadonlyArray<string>
  readonly as: 'text' | 'csv' | 'json'
  /** where a picture goes; undefined for the run folder's show/ */
  readonly out: string | undefined
  readonly drawing: Drawing
  readonly folder: string
  readonly columns: number
  readonly paint: Paint
}
