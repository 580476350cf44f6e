// What every part of GRANet's pipeline is wired to.
import type { Boxes, Cohort, Films, Labels, Ref, Split } from '@radiograft/pipeline'

/** Who is on which film, what of, and who trains, tunes and judges. */
interface Who {
  readonly labels: Ref<typeof Labels>
  readonly cohort: Ref<typeof Cohort>
  readonly split: Ref<typeof Split>
}

/** Films in one frame with their boxes. */
export interface Study {
  readonly films: Ref<typeof Films>
  readonly boxes: Ref<typeof Boxes>
  readonly who: Who
}

/** Parameters that all generators of a run share. */
export interface GanParams {
  readonly size: number
  readonly filters: number
  readonly blocks: number
  readonly batch: number
  readonly skip: boolean
  readonly l1Weight: number
  readonly steps: number
  readonly replica: number
}
