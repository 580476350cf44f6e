/**
 * The modes of one side of a rectangle and how they die away from it, for `solveFrame`. The eigenvectors are those of
 * `solveBox`: sines where both ends are held, cosines where both are free, quarter waves where one is.
 */

export interface SideModes {
  /** pixels along the side, and modes */
  readonly across: number
  /** modes are even or odd about the middle by turns, so that half of each is kept */
  readonly symmetric: boolean
  readonly kept: number
  /** [across, kept] mode after mode, lowest first, of height 1 */
  readonly vectors: Float64Array
  /** θ a mode: it falls by e^(−θ) a pixel, 4 sinh² θ/2 = its eigenvalue */
  readonly decays: Float64Array
  /** coefficients [across] of values along the side, such that Σ coefficient · vector gives them back */
  readonly analyse: (values: Float64Array) => Float64Array
}

export const sideModes = (n: number, freeFirst: boolean, freeLast: boolean): SideModes => {
  const symmetric = freeFirst === freeLast
  const bothFree = freeFirst && freeLast
  const kept = symmetric ? Math.ceil(n / 2) : n
  // Angles are whole multiples of π / unit: one short table instead of n² sines, and exact at every angle's period.
  const unit = bothFree ? 2 * n : symmetric ? n + 1 : 2 * n + 1
  const period = 2 * unit
  const waves = Float64Array.from({ length: period }, (_, i) =>
    bothFree ? Math.cos((Math.PI * i) / unit) : Math.sin((Math.PI * i) / unit),
  )
  const vectors = new Float64Array(n * kept)
  const decays = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const turns = bothFree ? k : symmetric ? k + 1 : 2 * k + 1
    // 2 − 2 cos φ = 4 sin² φ/2 = 4 sinh² θ/2
    decays[k] = 2 * Math.asinh(Math.sin(((bothFree ? 2 : 1) * turns * Math.PI) / (2 * unit)))
    const step = ((bothFree ? 2 : freeFirst ? -1 : 1) * turns + period) % period
    let angle = (turns * (bothFree ? 1 : freeFirst ? n : 1)) % period
    for (let j = 0; j < kept; j++) {
      vectors[k * kept + j] = waves[angle]!
      angle += step
      if (angle >= period) angle -= period
    }
  }
  const share = symmetric ? (bothFree ? 2 / n : 2 / (n + 1)) : 4 / (2 * n + 1)
  const analyse = (values: Float64Array): Float64Array => {
    const [even, odd] = symmetric ? folded(values, kept) : [values, values]
    const coefficients = new Float64Array(n)
    for (let k = 0; k < n; k++) {
      const half = k % 2 === 0 ? even : odd
      const at = k * kept
      let [sum0, sum1] = [0, 0]
      let j = 0
      for (; j + 1 < kept; j += 2) {
        sum0 += vectors[at + j]! * half[j]!
        sum1 += vectors[at + j + 1]! * half[j + 1]!
      }
      if (j < kept) sum0 += vectors[at + j]! * half[j]!
      coefficients[k] = (bothFree && k === 0 ? share / 2 : share) * (sum0 + sum1)
    }
    return coefficients
  }
  return { across: n, symmetric, kept, vectors, decays, analyse }
}

/** The even and the odd part of values about their middle, first half; the middle itself counts once. */
const folded = (values: Float64Array, kept: number): readonly [even: Float64Array, odd: Float64Array] => {
  const [even, odd] = [new Float64Array(kept), new Float64Array(kept)]
  for (let j = 0; j < kept; j++) {
    const mirror = values.length - 1 - j
    even[j] = mirror === j ? values[j]! : values[j]! + values[mirror]!
    odd[j] = mirror === j ? 0 : values[j]! - values[mirror]!
  }
  return [even, odd]
}

/**
 * How much of each of the first `modes` modes is left `d` pixels inside, into `out`, with `depth` pixels to the other end.
 * That end is held at zero: sinh (depth + 1 − d) θ / sinh (depth + 1) θ; or free: cosh (depth + ½ − d) θ / cosh (depth + ½) θ.
 */
export const profileInto = (
  out: Float64Array,
  decays: Float64Array,
  modes: number,
  d: number,
  depth: number,
  otherFree: boolean,
): void => {
  const whole = 2 * (otherFree ? depth + 0.5 : depth + 1)
  const left = whole - 2 * d
  let k = 0
  // θ rises with k: the modes that get so far are the lowest, and of these the lowest feel the other end
  for (; k < modes && d * decays[k]! < 40 && left * decays[k]! < 40; k++) {
    const theta = decays[k]!
    if (theta === 0) out[k] = otherFree ? 1 : left / whole
    else if (otherFree) out[k] = (Math.exp(-theta * d) * (1 + Math.exp(-left * theta))) / (1 + Math.exp(-whole * theta))
    else out[k] = (Math.exp(-theta * d) * Math.expm1(-left * theta)) / Math.expm1(-whole * theta)
  }
  for (; k < modes && d * decays[k]! < 40; k++) out[k] = Math.exp(-d * decays[k]!)
  for (; k < modes; k++) out[k] = 0
}
