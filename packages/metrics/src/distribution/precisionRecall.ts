/**
 * Improved precision and recall (Kynkäänniemi 2019): the share of fakes that lie in the manifold of the reals, and of reals in that of
 * the fakes. A generator that copies one film has a recall of 0; one that copies many has both near 1, which is why
 * a memoriser stands beside the figures (P10).
 */
import { insideBalls } from '@radiograft/geometry'
import { MetricError } from '../MetricError.ts'
import { checkPair, type Features } from './features.ts'

export interface PrecisionRecall {
  /** mean of `fakeInside` */
  readonly precision: number
  /** mean of `realInside` */
  readonly recall: number
  /** 1 where the fake film is realistic: it lies in the manifold of the reals */
  readonly fakeInside: Uint8Array
  /** 1 where the real film could be generated: it lies in the manifold of the fakes */
  readonly realInside: Uint8Array
}

/**
 * A film lies in a set's manifold where it is no farther from some film of the set than that film's k-th nearest other film of the
 * set: min over i of ‖x − m_i‖ / NN_k(m_i) ≤ 1. At the radius counts as inside.
 * @param options.k @default 3, the paper's
 * @throws MetricError when a set has k rows or fewer, columns differ or a number is not finite
 */
export const precisionRecall = (
  real: Features,
  fake: Features,
  { k = 3 }: { readonly k?: number } = {},
): PrecisionRecall => {
  checkPair(real, fake)
  checkNeighbours(real, fake, k)
  const fakeInside = insideBalls(fake, real, k)
  const realInside = insideBalls(real, fake, k)
  return { precision: share(fakeInside), recall: share(realInside), fakeInside, realInside }
}

/** @throws MetricError when k is not a whole number from 1 to the smaller set less 1 */
export const checkNeighbours = (real: Features, fake: Features, k: number): void => {
  const most = Math.min(real.rows, fake.rows) - 1
  if (!(Number.isInteger(k) && k > 0 && k <= most))
    throw new MetricError(
      'k',
      `must be a whole number from 1 to ${most}, for ${real.rows} real and ${fake.rows} fake films, got ${k}`,
    )
}

const share = (inside: Uint8Array): number => inside.reduce((sum, v) => sum + v, 0) / inside.length
