import { ownRowPairs, rowPairs } from '@radiograft/geometry'
import { MetricError } from '../MetricError.ts'
import type { FeatureMeasure, OwnedFeatures } from './featureMeasure.ts'
import { cubicKernel, kernelDistance } from './kernelDistance.ts'

/**
 * KID of all films as a measure. Kernel sums are held by pairs of units, so a resample is one quadratic form. Copies of one film in a resample are no
 * pair, else k(x, x) would come in through them and the estimate would be biased upwards.
 */
export const kernelMeasure: FeatureMeasure = {
  protocol: 'kid',
  biasedByN: false,
  range: [-Infinity, Infinity],
  dims: (columns) => columns,
  value: kernelDistance,
  resampler: (real, fake) => {
    for (const [name, { owners }] of [
      ['real', real],
      ['fake', fake],
    ] as const) {
      if (owners.count > 10_000)
        throw new MetricError(name, `${owners.count} units: their pairs do not fit into memory, draw 10,000 or fewer`)
    }
    const [x, y] = [ownSums(real), ownSums(fake)]
    const across = acrossSums(real, fake)
    return ([u, v]) => {
      const [m, n] = [total(x.films, u!), total(y.films, v!)]
      return withinSum(x, u!) + withinSum(y, v!) - (2 * form(across, u!, v!)) / (m * n)
    }
  },
}

interface OwnSums {
  /** [units, units]: Σ k over ordered pairs of different films, symmetric */
  readonly sums: Float64Array
  /** films of each unit */
  readonly films: Float64Array
}

const ownSums = (set: OwnedFeatures): OwnSums => {
  const { owner, count } = set.owners
  const sums = new Float64Array(count * count)
  const films = new Float64Array(count)
  for (const unit of owner) films[unit]! += 1
  ownRowPairs(set, 'inner-product', (i, j, product) => {
    const k = cubicKernel(product, set.columns)
    sums[owner[i]! * count + owner[j]!]! += k
    sums[owner[j]! * count + owner[i]!]! += k
  })
  return { sums, films }
}

const acrossSums = (real: OwnedFeatures, fake: OwnedFeatures): Float64Array => {
  const sums = new Float64Array(real.owners.count * fake.owners.count)
  const [a, b, width] = [real.owners.owner, fake.owners.owner, fake.owners.count]
  rowPairs(real, fake, 'inner-product', (i, j, product) => {
    sums[a[i]! * width + b[j]!]! += cubicKernel(product, real.columns)
  })
  return sums
}

/** Σ w_u w_v S_uv over the number of pairs of different films, (Σ w c)² − Σ w² c; NaN where one film was drawn alone. */
const withinSum = ({ sums, films }: OwnSums, w: Uint16Array): number => {
  const copies = films.reduce((sum, c, unit) => sum + w[unit]! ** 2 * c, 0)
  return form(sums, w, w) / (total(films, w) ** 2 - copies)
}

const total = (films: Float64Array, w: Uint16Array): number => films.reduce((sum, c, unit) => sum + w[unit]! * c, 0)

/** uᵀ S v */
const form = (sums: Float64Array, u: Uint16Array, v: Uint16Array): number => {
  let found = 0
  for (let i = 0; i < u.length; i++) {
    if (u[i] === 0) continue
    let row = 0
    for (let j = 0; j < v.length; j++) row += v[j]! * sums[i * v.length + j]!
    found += u[i]! * row
  }
  return found
}
