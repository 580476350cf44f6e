// Entry of `compare-arms`.
import { rng } from '@radiograft/random'
import type { MetricRow, RunOf } from '@radiograft/pipeline'
import { compareScores } from '../compareScores.ts'
import { partsAndContrasts } from './armParams.ts'
import type { compareArms } from './compareArms.ts'

export const run: RunOf<typeof compareArms> = ({ params, inputs, ctx }) => {
  const { parts, contrasts } = partsAndContrasts(params, inputs.arms.length)
  const arms = parts.map((part, i) => ({ ...part, rows: inputs.arms[i]! }))
  const metrics: ReadonlyArray<MetricRow> = compareScores(arms, contrasts, rng(ctx.seed), params).map((row) => ({
    ...row,
    part: 'test',
    unit: '',
  }))
  return { metrics }
}
