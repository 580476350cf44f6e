// Entry of `compare-arms`.
import { rng } from '@radiograft/random'
import type { MetricRow, RunOf } from '@radiograft/pipeline'
import { compareScores, type ArmScores } from '../compareScores.ts'
import { MetricError } from '../MetricError.ts'
import type { compareArms } from './compareArms.ts'

export const run: RunOf<typeof compareArms> = ({ params, inputs, ctx }) => {
  if (params.names.length !== inputs.arms.length)
    throw new MetricError('names', `${params.names.length} names for ${inputs.arms.length} arms: give one each`)
  const arms: ArmScores[] = [...new Set(params.names)].map((arm) => ({
    arm,
    rows: inputs.arms.flatMap((rows, i) => (params.names[i] === arm ? rows : [])),
  }))
  const contrasts = params.contrasts
    .map((text) => text.split(' − '))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair.every((name) => params.names.includes(name)))
  const metrics: ReadonlyArray<MetricRow> = compareScores(arms, contrasts, rng(ctx.seed), params).map((row) => ({
    ...row,
    part: 'test',
    unit: '',
  }))
  return { metrics }
}
