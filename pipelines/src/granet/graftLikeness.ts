// One graft whose truth is known, scored four ways (phantom answer 3). PSNR over the grafted pixels.
import { graftFilm } from '@radiograft/blend'
import type { Box } from '@radiograft/geometry'
import { psnr } from '@radiograft/metrics'

/** A film that receives, a film that lends, and what the recipient really looks like with the donor's content. */
export interface GraftPair {
  /** the recipient's id; with its patient it is one unit of the bootstrap */
  readonly film: string
  readonly patient: string
  readonly donorFilm: string
  /** [size²] in [0, 1] each, all in one pose */
  readonly recipient: Float32Array
  readonly donor: Float32Array
  readonly truth: Float32Array
  /** the donor without what it lends, where that is known: donor − donorTwin is then the lent content alone */
  readonly donorTwin?: Float32Array
  /** where to graft, in pixels */
  readonly boxes: ReadonlyArray<Box>
}

export type GraftMethod = 'none' | 'paste' | 'poisson' | 'delta'

export interface GraftLikeness {
  readonly films: Readonly<Partial<Record<GraftMethod, Float32Array>>>
  /** dB to the truth over the grafted pixels */
  readonly psnr: Readonly<Partial<Record<GraftMethod, number>>>
}

/** Equal films have no finite PSNR: 99 dB stands for it, so that means stay finite. */
const decibel = (a: Float32Array, truth: Float32Array, mask: Uint8Array): number => Math.min(psnr(a, truth, mask), 99)

/** @throws BlendError when sizes differ, MetricError when no pixel lies inside the boxes */
export const graftLikeness = (pair: GraftPair, size: number): GraftLikeness => {
  const { recipient, donor, donorTwin, truth, boxes } = pair
  const { pasted, blended, mask } = graftFilm({ film: recipient, donor, boxes, height: size, width: size })
  const delta =
    donorTwin && recipient.map((v, i) => (mask[i] ? Math.min(Math.max(v + donor[i]! - donorTwin[i]!, 0), 1) : v))
  const films = { none: recipient, paste: pasted, poisson: blended, ...(delta ? { delta } : {}) }
  return {
    films,
    psnr: Object.fromEntries(Object.entries(films).map(([name, film]) => [name, decibel(film, truth, mask)])),
  }
}
