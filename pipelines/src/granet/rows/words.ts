// The words that rows G1 to G35 are written in: names of settings that the compiler knows, and the paper's metrics.
import type { fitAligner } from '@radiograft/align/stages'
import type { nearestAbnormal, nearestNormal } from '@radiograft/blend/stages'
import type { split } from '@radiograft/data-io/stages'
import type { detect, fitDetector } from '@radiograft/detectors/stages'
import type { fitAbnormalToNormal, fitRealistic } from '@radiograft/gan-models/stages'
import { ofTest, type Choice, type Measure } from '../../rows/PaperRow.ts'
import type { fitAlternating } from '../alternate/fitAlternating.ts'

type Of<Id extends string, S extends { readonly params: object }> = `${Id}.${keyof S['params'] & string}`

/** A parameter of a node of the pipeline, `<node>.<parameter>`. */
export type SettingName =
  | 'read.size' // of the phantom and of real films alike
  | Of<'split', typeof split>
  | Of<'fit-aligner', typeof fitAligner>
  | Of<'nearest-normal', typeof nearestNormal>
  | Of<'nearest-abnormal', typeof nearestAbnormal>
  | Of<'fit-realistic' | 'fit-realistic-abnormal', typeof fitRealistic>
  | Of<'fit-abnormal-to-normal', typeof fitAbnormalToNormal>
  | Of<'fit-detector', typeof fitDetector>
  | Of<'detect', typeof detect>
  | Of<'fit-alternating', typeof fitAlternating>

/** chosen`batch ${'fit-realistic.batch'}` */
export const chosen = (parts: TemplateStringsArray, ...settings: ReadonlyArray<SettingName>): Choice => ({
  parts,
  settings,
})

/** Metrics A and B of the paper (G23). */
const AP = 'ap-rsna-0.40:0.75'
export const AP_WITHOUT_MISSES = 'ap-rsna-0.40:0.60-noFN'

export const ap = (arm: string, label: string = arm): Measure => ofTest(arm, AP, label)

/** A difference of two arms, `a − b`. */
export const gain = (arm: string, metric: string = AP): Measure => ({ ...ofTest(arm, metric, arm), as: 'gain' })
