// Figure: a finished picture: PNG or SVG bytes, a title, a caption, and the row id that it answers. The report lays
// figures out and never computes.
import { valueKind } from '../Kind.ts'

export interface Figure {
  readonly title: string
  /** what a reader should see in it, with units */
  readonly caption: string
  /** row id of the acceptance list, such as `G15`, or empty */
  readonly row: string
  readonly mediaType: 'image/png' | 'image/svg+xml'
  readonly bytes: Uint8Array
}

export const Figure = valueKind<Figure>()('figure', { layout: 'figure' })
