import type { DistributionFigure } from './distributionFigure.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'

/**
 * value(a) − value(b) of one protocol in one feature space: a generator against another, or against the floor.
 * @throws IncomparableFiguresError when protocol, extractor, its hash, the resize filter or dims differ, or n where the measure is biased by it
 */
export const compareFigures = (a: DistributionFigure, b: DistributionFigure): number => {
  const n = ({ n: { real, fake } }: DistributionFigure): string => `${real ?? 'no'} real and ${fake ?? 'no'} fake films`
  const fields: readonly (readonly [string, string, string])[] = [
    ['protocol', a.protocol, b.protocol],
    ['extractor', a.extractor.name, b.extractor.name],
    ['sha256', `${a.extractor.sha256}`, `${b.extractor.sha256}`],
    ['resize filter', a.extractor.resizeFilter, b.extractor.resizeFilter],
    ['dims', `${a.dims}`, `${b.dims}`],
    ...(a.biasedByN || b.biasedByN ? [['n', n(a), n(b)] as const] : []),
  ]
  for (const [field, first, second] of fields) {
    if (first !== second) throw new IncomparableFiguresError(field, first, second)
  }
  return a.value - b.value
}
