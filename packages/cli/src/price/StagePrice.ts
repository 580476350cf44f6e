// What a price is made of, and what all prices share. Used by the price lists.

/** A collection of films that a stage reads or writes. */
export interface FilmShape {
  readonly count: number
  /** side in pixels */
  readonly side: number
}

/** What a price may depend on. */
export interface Given {
  readonly params: Readonly<Record<string, unknown>>
  /** the films that it reads; of a reader, those of its dataset with the side unknown */
  readonly films: FilmShape
  /** parameters of the stage that fitted the network it reads */
  readonly network: Readonly<Record<string, unknown>>
}

export interface StagePrice {
  readonly seconds: (given: Given) => number
  /** films that it writes, by port; other ports write what it reads */
  readonly films?: Readonly<Record<string, (given: Given) => FilmShape>>
  /** of the films that it writes. @default 2 */
  readonly bytesPerPixel?: number
}

/** Seconds to start a process, load the runtime and compile. */
export const overhead = 6

/** A parameter, where it is a number. */
export const number = (params: Readonly<Record<string, unknown>>, name: string, otherwise: number): number => {
  const value = params[name]
  return typeof value === 'number' ? value : otherwise
}
