/** A file beside the page. */
export interface Tile {
  /** relative to the page, counted, never a film's name: `films/0001-2.png` */
  readonly path: string
  readonly bytes: Uint8Array
}
