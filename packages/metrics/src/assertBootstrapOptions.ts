import { MetricError } from './MetricError.ts'

/** What every bootstrap asks of its options. @throws MetricError when one is out of range */
export const assertBootstrapOptions = (options: {
  readonly resamples: number
  readonly confidence: number
  readonly family: number
}): void => {
  const { resamples, confidence, family } = options
  if (!(confidence > 0 && confidence < 1))
    throw new MetricError('confidence', `must be inside (0, 1), got ${confidence}`)
  if (!(Number.isInteger(resamples) && resamples > 1)) throw new MetricError('resamples', `must be 2 or more`)
  if (!(Number.isInteger(family) && family > 0)) throw new MetricError('family', `must be 1 or more, got ${family}`)
}
