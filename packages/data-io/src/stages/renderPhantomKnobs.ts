// The parameters of `render-phantom` as the phantom's own knobs: a parameter always has a value, so what is drawn film by
// film has one that says so. Used by the stage's entry and by checkSplits, which describes the cohort without rendering.
import type { ParamValues } from '@radiograft/pipeline'
import type { PhantomKnobs } from '../phantom/cohorts/knobs.ts'
import type { renderPhantom } from './renderPhantom.ts'

export type RenderPhantomParams = ParamValues<(typeof renderPhantom)['params']>

export const knobsOf = ({
  cohort,
  view,
  boxes,
  jitter,
  noise,
  coupling,
  markerCoupling,
  distractors,
  devices,
}: RenderPhantomParams): PhantomKnobs => ({
  cohort,
  view: view === 'drawn' ? undefined : view,
  boxes: boxes === 0 ? undefined : boxes,
  jitter,
  noise,
  coupling,
  markerCoupling,
  distractors,
  devices,
})
