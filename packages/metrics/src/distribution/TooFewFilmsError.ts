/** A covariance of as many films as dimensions or fewer is singular, and a distance by it is made of its bias. */
export class TooFewFilmsError extends Error {
  readonly _tag = 'TooFewFilmsError'
  readonly set: 'real' | 'fake'
  readonly rows: number
  readonly columns: number

  constructor(set: 'real' | 'fake', rows: number, columns: number) {
    super(
      `${set}: ${rows} films for ${columns} dimensions: the Fréchet distance needs more films than dimensions. ` +
        'Use kernelDistance, which has no bias, or frechetDistance of projectedFeatures, in 64 dimensions or fewer.',
    )
    this.name = 'TooFewFilmsError'
    this.set = set
    this.rows = rows
    this.columns = columns
  }
}
