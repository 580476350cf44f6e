/** Sliced Wasserstein distances of many resamples. Each direction is projected and sorted once for all of them; `measurePatches` gives its intervals by it. */
import { MetricError } from '../MetricError.ts'
import type { Features } from './features.ts'
import type { UnitDraw } from './resampleUnits.ts'
import { projectedOn } from './slicedWasserstein.ts'

export interface OwnedRows extends Features {
  /** unit of each row */
  readonly owner: Int32Array
}

/**
 * In each draw the mean over directions of ∫|F(t) − G(t)| dt, F and G the distribution functions of the projected rows with the draw's
 * weights: for equal weights and numbers of rows, `slicedWasserstein`.
 * @throws MetricError when both sets together have more than 2²² rows
 */
export const sliceReplicates = (
  real: OwnedRows,
  fake: OwnedRows,
  directions: Features,
  draws: readonly UnitDraw[],
): Float64Array => {
  if (real.rows + fake.rows > most)
    throw new MetricError(
      'real, fake',
      `${real.rows + fake.rows} rows: take fewer patches a film, ${most} rows at most`,
    )
  // real units first, fake ones after them with negative mass, so that one running sum is F − G
  const unitsOfReal = draws[0]?.[0]?.length ?? 0
  const masses = draws.map(([u, v]) => {
    const [all, others] = [rowsDrawn(real, u!), rowsDrawn(fake, v!)]
    return Float64Array.from({ length: u!.length + v!.length }, (_, i) =>
      i < u!.length ? u![i]! / all : -v![i - u!.length]! / others,
    )
  })
  const distances = new Float64Array(draws.length)
  for (let k = 0; k < directions.rows; k++) {
    const values = new Float64Array(real.rows + fake.rows)
    values.set(projectedOn(directions, k, real))
    values.set(projectedOn(directions, k, fake), real.rows)
    const order = sortedOrder(values)
    const gaps = order.map((row, i) => (i + 1 < order.length ? values[order[i + 1]!]! - values[row]! : 0))
    const units = Int32Array.from(order, (row) =>
      row < real.rows ? real.owner[row]! : unitsOfReal + fake.owner[row - real.rows]!,
    )
    masses.forEach((mass, r) => {
      let [between, distance] = [0, 0]
      for (let i = 0; i < units.length; i++) {
        between += mass[units[i]!]!
        distance += Math.abs(between) * gaps[i]!
      }
      distances[r]! += distance / directions.rows
    })
  }
  return distances
}

const rowsDrawn = ({ owner }: OwnedRows, weights: Uint16Array): number =>
  owner.reduce((sum, unit) => sum + weights[unit]!, 0)

/** Rows that fit beside 31 bits of a value into the 53 of a double. */
const most = 2 ** 22

/**
 * Rows in order of their values. Value and row are packed into one double and sorted as numbers, ten times faster than by a comparing
 * function; values nearer than 2⁻³¹ of the range may change places, which moves a distance by no more.
 */
const sortedOrder = (values: Float64Array): Float64Array => {
  let [low, high] = [Infinity, -Infinity]
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  const scale = high > low ? (2 ** 31 - 1) / (high - low) : 0
  const keys = values.map((v, row) => Math.floor((v - low) * scale) * most + row)
  return keys.toSorted().map((key) => key % most)
}
