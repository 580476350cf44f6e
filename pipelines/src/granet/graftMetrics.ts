// Likeness of grafts to the truth as metric rows: each way with its interval, and the paired gain of each over the one before.
import { pairedPatientBootstrap, patientBootstrap, type Interval } from '@radiograft/metrics'
import type { MetricRow } from '@radiograft/pipeline'
import type { Rng } from '@radiograft/random'
import type { GraftMethod } from './graftLikeness.ts'

/** From worst to best: the order that must hold. */
const ladder: ReadonlyArray<GraftMethod> = ['none', 'paste', 'poisson', 'delta']

export const graftMetrics = (
  patients: ReadonlyArray<string>,
  scores: ReadonlyArray<Readonly<Partial<Record<GraftMethod, number>>>>,
  rng: Rng,
  options: { readonly resamples?: number } = {},
): ReadonlyArray<MetricRow> => {
  const methods = ladder.filter((method) => scores.every((score) => score[method] !== undefined))
  const values = (method: GraftMethod): number[] => scores.map((score) => score[method]!)
  const row = (metric: string, { value, low, high }: Interval): MetricRow => ({
    arm: 'graft',
    part: 'phantom',
    metric,
    value,
    low,
    high,
    n: scores.length,
    unit: 'dB',
  })
  return [
    ...methods.map((method) =>
      row(`psnr-${method}`, patientBootstrap({ patients, values: values(method) }, rng.fork(method), options)),
    ),
    ...methods.slice(1).map((method, i) => {
      const before = methods[i]!
      const arms = { patients, a: values(method), b: values(before) }
      const name = `gain-${method}-over-${before}`
      return row(`psnr-${name}`, pairedPatientBootstrap(arms, rng.fork(name), options))
    }),
  ]
}
