// The audits of every run (row G16): whether a classifier sees grafts, whether the view is read for the finding, what the
// generators change, and whether anything has leaked.
import type { Build, Cohort, Metrics, Pairs, Provenance, Ref, Scores } from '@radiograft/pipeline'
import { generate } from '@radiograft/gan-models/stages'
import { judgeAudits } from '../audits/judgeAudits.ts'
import { pasteForensics } from '../audits/pasteForensics.ts'
import { viewStratified } from '../audits/viewStratified.ts'
import type { LesionGrafts, RealisticLesions } from './pseudoAbnormals.ts'
import type { Study } from './Study.ts'

interface Audited extends Study {
  /** as it came, with views */
  readonly cohort: Ref<typeof Cohort>
  /** who lends normal lung */
  readonly nearest: Ref<typeof Pairs>
  readonly grafts: LesionGrafts
  readonly lesionGan: RealisticLesions | undefined
  /** those that answer the question */
  readonly arms: ReadonlyArray<{ readonly name: string; readonly seed: number; readonly scores: Ref<typeof Scores> }>
  /** figures of each generator */
  readonly generators: ReadonlyArray<Ref<typeof Metrics>>
  /** all that any arm of this split has seen */
  readonly provenance: ReadonlyArray<Ref<typeof Provenance>>
}

export const auditsOf = (
  g: Build,
  run: Audited,
  p: { readonly contrasts: ReadonlyArray<string>; readonly resamples: number },
) => {
  const { films, boxes, who, grafts, lesionGan } = run
  const { lesions, contents, nulls } = grafts
  const forensics = g(
    'paste-forensics',
    pasteForensics,
    {
      films,
      boxes,
      pasted: nulls.pasted,
      blended: nulls.blended,
      contents: contents.pairs,
      ...(lesionGan
        ? { generated: g('pseudo-null', generate, { films: nulls.blended, generator: lesionGan.generator }).films }
        : {}),
      ...who,
    },
    { resamples: p.resamples },
  )
  const views = g(
    'view-stratified',
    viewStratified,
    { arms: run.arms.map(({ scores }) => scores), cohort: run.cohort },
    {
      names: run.arms.map(({ name }) => name),
      seeds: run.arms.map(({ seed }) => seed),
      contrasts: p.contrasts,
      resamples: p.resamples,
    },
  )
  const { audits } = g('judge-audits', judgeAudits, {
    metrics: [...run.generators, forensics.metrics],
    provenance: run.provenance,
    split: who.split,
    pairs: run.nearest,
    synthetic: lesions.blended,
  })
  return { audits, forensics, views }
}
