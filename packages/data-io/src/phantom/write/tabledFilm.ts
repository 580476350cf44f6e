/** Written films as tables know them. Used by `writePhantomFolder.ts`, which keeps nothing else of a film, and by the layouts. */
import type { PhantomFilmDescription } from '../cohorts/describeFilm.ts'
import type { RsnaClass } from '../cohorts/knobs.ts'
import type { FindingType } from '../findings/registry.ts'
import type { RenderedFilm } from '../renderFilm.ts'

/** A film without its pixels: what tables are made of. */
export interface TabledFilm {
  readonly description: PhantomFilmDescription
  /** What the rendered film shows; the cohort's class unless a lesion fell outside of the film. */
  readonly class: RsnaClass
  /** Pixels along a side. */
  readonly size: number
  readonly findings: readonly TabledFinding[]
}

export interface TabledFinding {
  readonly type: FindingType
  /** [x0, y0, x1, y1] in pixels of the film, right and bottom excluded. */
  readonly box: readonly [number, number, number, number]
}

/**
 * A rendered film without its pixels. Where no draw of an opacity lies on the film (only a jitter far beyond the real one
 * does that) the film shows none, and tables that promised one without a box would contradict themselves.
 */
export function tabled({ description, size, findings }: RenderedFilm): TabledFilm {
  const gone = description.class === 'Lung Opacity' && !findings.some(({ type }) => type === 'opacity')
  const shown: RsnaClass = findings.length > 0 ? 'No Lung Opacity / Not Normal' : 'Normal'
  return {
    description,
    class: gone ? shown : description.class,
    size,
    findings: findings.map(({ type, box }) => ({ type, box })),
  }
}

/** Boxes of the findings of some types, no two alike. */
export function boxesOf(film: TabledFilm, types: readonly FindingType[]): readonly TabledFinding['box'][] {
  const boxes = film.findings.filter(({ type }) => types.includes(type)).map(({ box }) => box)
  return [...new Map(boxes.map((box) => [box.join(), box])).values()]
}
