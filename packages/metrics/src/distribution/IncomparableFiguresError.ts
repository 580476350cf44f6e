/** Two figures, or the features under them, that say nothing beside each other: of other extractors, dimensions, protocols or sizes. */
export class IncomparableFiguresError extends Error {
  readonly _tag = 'IncomparableFiguresError'
  /** what differs */
  readonly field: string
  readonly first: string
  readonly second: string

  constructor(field: string, first: string, second: string) {
    super(
      `${field}: ${first} and ${second}: such figures are not compared. Compute both with the same extractor, dimensions, ` +
        'resize filter, protocol and number of films.',
    )
    this.name = 'IncomparableFiguresError'
    this.field = field
    this.first = first
    this.second = second
  }
}
