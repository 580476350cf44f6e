/**
 * What a layout is to `writePhantomFolder`: where a film's file lies and what the tables say of all films. One file a
 * layout implements it; `phantomLayouts.ts` lists them. The readers' layouts are strangers to these: that both agree is
 * what the tests of writing and reading back are for.
 */
import type { TabledFilm } from './tabledFilm.ts'

export type PhantomEncoding = 'dicom' | 'png' | 'jpeg'

export interface PhantomLayout {
  /** Encodings of its films; the first is the default. */
  readonly encodings: readonly [PhantomEncoding, ...PhantomEncoding[]]
  /** Path of a film relative to the folder, with `/`, without its ending. */
  readonly stemOf: (film: TabledFilm) => string
  /** Text of each table by name; films in id order. */
  readonly tables: (films: readonly TabledFilm[], ending: string) => Readonly<Record<string, string>>
}
