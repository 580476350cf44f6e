// What a stage costs where no earlier run says, as a plan counts it: seconds on two cores in fp32, and the films that it writes.

/** A collection of films that a stage reads or writes. */
export interface FilmShape {
  readonly count: number
  /** side in pixels */
  readonly side: number
}

/** What a price may depend on. */
export interface PriceGiven {
  /** of the stage, or of an earlier computation by another version of it: a parameter may be wanting */
  readonly params: Readonly<Record<string, unknown>>
  /** the films that it reads; of a reader, those of its dataset with the side unknown */
  readonly films: FilmShape
  /** parameters of the stage that fitted the network it reads */
  readonly network: Readonly<Record<string, unknown>>
}

export interface StagePrice {
  readonly seconds: (given: PriceGiven) => number
  /** films that it writes, by port; other ports write what it reads */
  readonly films?: Readonly<Record<string, (given: PriceGiven) => FilmShape>>
  /** of the films that it writes. @default 2 */
  readonly bytesPerPixel?: number
}

/** A parameter, where it is a number. */
export const priceNumber = (params: Readonly<Record<string, unknown>>, name: string, otherwise: number): number => {
  const value = params[name]
  return typeof value === 'number' ? value : otherwise
}
