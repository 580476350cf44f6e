/**
 * Multi-scale structural similarity of two films (Wang 2003), in float64. `diversity` averages it over pairs, which is how collapsed
 * generators are found (P8). Films too small for five scales are compared at three, and the name says so.
 */
import { MetricError } from '../MetricError.ts'

export interface SsimScales {
  /** `ms-ssim-5scales`, or `ms-ssim-3scales-renormalised` */
  readonly name: string
  /** exponent of each scale, the finest first; the five of the paper, as printed, sum to 1.0001, the three to 1 */
  readonly weights: readonly number[]
}

export interface MultiScaleSsim {
  readonly name: string
  /** in [0, 1]; 1 for equal films */
  readonly value: number
}

const wang = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
const window = 11
const sigma = 1.5

/**
 * Five scales where the smaller side has 161 pixels or more, so that the window of 11 fits the coarsest film; from 41 on the first three
 * with their weights divided by their sum.
 * @throws MetricError when a side is below 41
 */
export const ssimScales = (height: number, width: number): SsimScales => {
  const side = Math.min(height, width)
  if (side > (window - 1) * 2 ** 4) return { name: 'ms-ssim-5scales', weights: wang }
  if (side <= (window - 1) * 2 ** 2)
    throw new MetricError(
      'films',
      `${height} x ${width}: three scales need 41 pixels a side; compare larger films, or use slicedWasserstein or kernelDistance of features`,
    )
  const three = wang.slice(0, 3)
  const sum = three.reduce((s, w) => s + w, 0)
  return { name: 'ms-ssim-3scales-renormalised', weights: three.map((w) => w / sum) }
}

/**
 * Π_s mean(cs_s)^w_s · mean(ssim_last)^w_last, cs = (2σ_ab + C₂)/(σ_a² + σ_b² + C₂), ssim = cs·(2μ_aμ_b + C₁)/(μ_a² + μ_b² + C₁), with
 * C₁ = (.01 L)², C₂ = (.03 L)² and a normal window of 11 x 11 pixels (σ 1.5), only where it lies inside the film. Means below 0 are 0
 * (a power of them is no number). The next scale is the mean of 2 x 2 pixels; an odd last row or column is
 * averaged with itself alone.
 * @param a [height, width] pixels
 * @param b the same size
 * @param options.dataRange L, white − black @default 1
 * @throws MetricError when lengths differ or a side is below 41
 */
export const multiScaleSsim = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { height, width }: { readonly height: number; readonly width: number },
  { dataRange = 1 }: { readonly dataRange?: number } = {},
): MultiScaleSsim => {
  for (const [name, film] of [
    ['a', a],
    ['b', b],
  ] as const) {
    if (film.length !== height * width)
      throw new MetricError(name, `has ${film.length} pixels, not ${height} x ${width}`)
  }
  const { name, weights } = ssimScales(height, width)
  let x: Float64Array = Float64Array.from(a)
  let y: Float64Array = Float64Array.from(b)
  let [h, w, value] = [height, width, 1]
  weights.forEach((weight, scale) => {
    const last = scale === weights.length - 1
    const { cs, ssim } = structure(x, y, h, w, dataRange)
    value *= Math.max(0, last ? ssim : cs) ** weight
    if (!last) {
      ;[x, y] = [halved(x, h, w), halved(y, h, w)]
      ;[h, w] = [Math.ceil(h / 2), Math.ceil(w / 2)]
    }
  })
  return { name, value }
}

/** Means of cs and ssim over the places where the window lies inside. */
const structure = (
  x: Float64Array,
  y: Float64Array,
  h: number,
  w: number,
  dataRange: number,
): { readonly cs: number; readonly ssim: number } => {
  const [c1, c2] = [(0.01 * dataRange) ** 2, (0.03 * dataRange) ** 2]
  const times = (p: Float64Array, q: Float64Array): Float64Array => p.map((v, i) => v * q[i]!)
  const [mx, my, xx, yy, xy] = [x, y, times(x, x), times(y, y), times(x, y)].map((film) => blurred(film, h, w)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let [csSum, ssimSum] = [0, 0]
  for (let i = 0; i < mx.length; i++) {
    const [u, v] = [mx[i]!, my[i]!]
    const cs = (2 * (xy[i]! - u * v) + c2) / (Math.max(0, xx[i]! - u * u) + Math.max(0, yy[i]! - v * v) + c2)
    csSum += cs
    ssimSum += (cs * (2 * u * v + c1)) / (u * u + v * v + c1)
  }
  return { cs: csSum / mx.length, ssim: ssimSum / mx.length }
}

const taps = Array.from({ length: window }, (_, i) => Math.exp(-((i - (window - 1) / 2) ** 2) / (2 * sigma ** 2)))
const tapSum = taps.reduce((s, t) => s + t, 0)
const gaussian = Float64Array.from(taps, (t) => t / tapSum)

/** [h, w] to [h − 10, w − 10]: along rows, then along columns. */
const blurred = (film: Float64Array, h: number, w: number): Float64Array => {
  const [outH, outW] = [h - window + 1, w - window + 1]
  const along = new Float64Array(h * outW)
  for (let r = 0; r < h; r++)
    for (let c = 0; c < outW; c++) {
      let sum = 0
      for (let t = 0; t < window; t++) sum += gaussian[t]! * film[r * w + c + t]!
      along[r * outW + c] = sum
    }
  const out = new Float64Array(outH * outW)
  for (let r = 0; r < outH; r++)
    for (let t = 0; t < window; t++) {
      const g = gaussian[t]!
      for (let c = 0; c < outW; c++) out[r * outW + c]! += g * along[(r + t) * outW + c]!
    }
  return out
}

const halved = (film: Float64Array, h: number, w: number): Float64Array => {
  const [outH, outW] = [Math.ceil(h / 2), Math.ceil(w / 2)]
  const out = new Float64Array(outH * outW)
  for (let r = 0; r < outH; r++)
    for (let c = 0; c < outW; c++) {
      const [r1, c1] = [Math.min(2 * r + 1, h - 1), Math.min(2 * c + 1, w - 1)]
      out[r * outW + c] =
        (film[2 * r * w + 2 * c]! + film[2 * r * w + c1]! + film[r1 * w + 2 * c]! + film[r1 * w + c1]!) / 4
    }
  return out
}
