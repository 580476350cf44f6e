// Entry of `split`. The seed is the pipeline's, the same in every fold, so folds cut one circle of patients.
import type { RunOf } from '@radiograft/pipeline'
import { splitCohort } from '../split/splitCohort.ts'
import type { split } from './split.ts'

export const run: RunOf<typeof split> = ({ params, inputs, ctx }) => ({
  split: splitCohort({ ...inputs, ...params, seed: ctx.seed }),
})
