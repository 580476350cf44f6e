// Films: one id and one picture a row, pixels in [0, 1]. Read by position through a bounded cache, so that memory does
// not grow with their number; written as a stream in ascending order of id.
import { valueKind } from '../Kind.ts'

export interface Film {
  readonly id: string
  /** [height · width], row-major, in [0, 1] */
  readonly pixels: Float32Array
}

/** What an entry reads: a collection with positioned reads. */
export interface Films {
  readonly size: number
  /** ascending */
  readonly ids: ReadonlyArray<string>
  readonly height: number
  readonly width: number
  /** Position of an id; throws `UnknownFilmError` naming it. */
  indexOf(id: string): number
  /** Pixels of the films at these positions, in the order asked for: one Float32Array [height · width] in [0, 1] each. */
  rows(indices: ReadonlyArray<number>): Promise<ReadonlyArray<Float32Array>>
  /** All films in order of id, a bounded number in memory at a time. */
  stream(): AsyncIterable<Film>
}

/** What an entry writes. `uint8` keeps 8-bit films exactly; `uint16` is the choice for computed films. */
export interface FilmsOut {
  readonly height: number
  readonly width: number
  readonly storage: 'uint8' | 'uint16' | 'float32'
  /** in ascending order of id, each id once */
  readonly films: Iterable<Film> | AsyncIterable<Film>
}

export const Films = valueKind<Films, FilmsOut>()('films', { layout: 'films' })
