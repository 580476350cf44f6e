/**
 * Film i of a cohort: pixels, twin, findings with masks and boxes, true θ. A pure function of its options:
 * neither the number of films nor their order matters. Used by `renderCohort.ts` and by whoever needs one film.
 */
import { describeFilm, type PhantomFilmDescription } from './cohorts/describeFilm.ts'
import type { PhantomKnobs } from './cohorts/knobs.ts'
import { planFilm } from './cohorts/planFilm.ts'
import type { Theta } from './film.ts'
import type { Bits } from './imaging/quantise.ts'
import { renderScene, type RenderedScene } from './renderScene.ts'
import { settleLasting } from './settleLasting.ts'

export interface RenderFilmOptions extends PhantomKnobs {
  readonly seed: number
  readonly index: number
  /** Pixels along a side: 32, 64, 128, 256, 512 or 1024. */
  readonly size: number
  /** @default 8 */
  readonly bits?: Bits | undefined
  /** The film whose findings this one shows instead of its own, in place and size: the truth of a graft. @default index */
  readonly findingsOf?: number | undefined
  /** Redraw findings that cannot be seen; off, a moved finding is the same draw in both films. @default true */
  readonly redraw?: boolean | undefined
  /** Difficulty δ of the findings in [0, 1]. @default 0.4 */
  readonly delta?: number | undefined
}

/** Options shared by all films of a rendering. */
export type SharedRenderOptions = Omit<RenderFilmOptions, 'index'>

/** A rendered film. Findings of type 'opacity' are the cohort's targets, the others are distractors. */
export interface RenderedFilm extends RenderedScene {
  readonly description: PhantomFilmDescription
  /** Brings the film to canonical pose (affine_grid convention, output → input). */
  readonly theta: Theta
}

export function renderFilm(options: RenderFilmOptions): RenderedFilm {
  const { seed, index, size, bits = 8, delta = 0.4, noise = 1, redraw = true, findingsOf = index } = options
  const plan = planFilm(seed, index, options)
  const source = findingsOf === index ? plan : planFilm(seed, findingsOf, options)
  // what lasts from the source's first film moves as that film drew it
  const moved = source === plan ? plan.findings : source.findings.map((own) => ({ drawnFor: source, ...own }))
  const findings = redraw ? settleLasting(moved, delta) : moved
  const scene = renderScene(plan.patient, plan.film, findings, { size, bits, delta, noise: noise > 0, redraw })
  const description = describeFilm(index, plan)
  return { ...scene, description, theta: description.theta }
}
