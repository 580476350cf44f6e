import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'

/** Rows of each set, subset by subset. */
export type KernelSubsets = readonly { readonly real: ArrayLike<number>; readonly fake: ArrayLike<number> }[]

/**
 * Subsets without replacement for `kernelDistanceOnSubsets`. The real rows of subset s depend on the generator, s and the number of
 * real rows alone, so two generators of films are measured against the same real films.
 * @param options.count @default 100
 * @param options.size at most the smaller set @default 1000
 * @throws MetricError when size is not a whole number from 2 to the smaller set, or count is not 1 or more
 */
export const kernelSubsets = (
  rows: { readonly real: number; readonly fake: number },
  rng: Rng,
  { count = 100, size = 1000 }: { readonly count?: number; readonly size?: number } = {},
): KernelSubsets => {
  const most = Math.min(rows.real, rows.fake)
  if (!(Number.isInteger(size) && size >= 2 && size <= most))
    throw new MetricError(
      'size',
      `must be a whole number from 2 to ${most}, got ${size}: or use kernelDistance, of all films`,
    )
  if (!(Number.isInteger(count) && count > 0)) throw new MetricError('count', `must be 1 or more, got ${count}`)
  const draw = (set: 'real' | 'fake', s: number): Int32Array =>
    rng.fork('subset').fork(s).fork(set).permutation(rows[set]).slice(0, size)
  return Array.from({ length: count }, (_, s) => ({ real: draw('real', s), fake: draw('fake', s) }))
}
