// Films with one lesion at one site, the task of answers 6 and 8: whether a reader sees it, where and what it looks like being
// known. The lesion is that of film 9 of the cohort, moved in place and size to healthy films of other patients, all in the
// canonical pose, for otherwise the site would move with the patient.
import { renderFilm } from '@radiograft/data-io'

export const SITE_SEED = 7
/** A single opacity of the patient's right lung, .22 W wide and .46 W high. */
const SITE = 9

export interface SitedFilm {
  /** [size²] grey levels of 255 */
  readonly film: Float64Array
  /** the same without the lesion */
  readonly twin: Float64Array
}

/**
 * @param index a film of class `Normal`, so that the lesion is its only finding
 * @param delta difficulty of the lesion, 0 to 1
 */
export const sitedFilm = (index: number, size: number, delta: number): SitedFilm => {
  const at = { seed: SITE_SEED, index, size, jitter: 0 } as const
  const { pixels, twin } = renderFilm({ ...at, findingsOf: SITE, redraw: false, delta })
  return { film: Float64Array.from(pixels), twin: Float64Array.from(twin) }
}

/** The film without the lesion alone, which is rendered in less time. */
export const healthyFilm = (index: number, size: number): Float64Array =>
  Float64Array.from(renderFilm({ seed: SITE_SEED, index, size, jitter: 0 }).pixels)
