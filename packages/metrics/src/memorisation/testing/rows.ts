// Films as rows of features, as the tests of memorisation make them.
import { rng } from '@radiograft/random'
import type { FeatureRows } from '../FeatureRows.ts'

/** One row a film, `<prefix> 0000`, …. */
export const rows = (prefix: string, values: readonly (readonly number[])[]): FeatureRows => ({
  ids: values.map((_, i) => `${prefix} ${String(i).padStart(4, '0')}`),
  values: Float64Array.from(values.flat()),
})
export const part = ({ ids, values }: FeatureRows, from: number, to: number): FeatureRows => {
  const dimension = values.length / ids.length
  return { ids: ids.slice(from, to), values: values.subarray(from * dimension, to * dimension) }
}
/** Films of one law: n rows of 6 standard normal features. */
export const drawn = (prefix: string, n: number, seed: string): FeatureRows => {
  const normals = rng(seed).normals(n * 6)
  return rows(
    prefix,
    Array.from({ length: n }, (_, i) => Array.from(normals.subarray(6 * i, 6 * i + 6))),
  )
}
