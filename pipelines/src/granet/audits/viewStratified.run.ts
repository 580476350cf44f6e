// Entry of `view-stratified`.
import { compareScores, type ArmScores } from '@radiograft/metrics'
import type { MetricRow, RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { AuditError } from './AuditError.ts'
import { scoresByView } from './scoresByView.ts'
import type { viewStratified } from './viewStratified.ts'

export const run: RunOf<typeof viewStratified> = ({ params, inputs, ctx }) => {
  const { arms: wired, cohort } = inputs
  const { names } = params
  if (names.length !== wired.length)
    throw new AuditError('view-stratified', `${names.length} names for ${wired.length} arms: give one each`)
  const arms: ArmScores[] = [...new Set(names)].map((arm) => ({
    arm,
    rows: scoresByView(
      wired.flatMap((rows, i) => (names[i] === arm ? rows : [])),
      cohort,
    ),
  }))
  const films = new Set(wired.flat().map((row) => row.film))
  const seen = new Set(arms.flatMap(({ rows }) => rows.map((row) => row.film)))
  if (seen.size < films.size) ctx.warn(`${films.size - seen.size} of ${films.size} scored films have no known view`)
  const contrasts = params.contrasts
    .map((text) => text.split(' − '))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair.every((name) => names.includes(name)))
  const metrics: ReadonlyArray<MetricRow> = compareScores(arms, contrasts, rng(ctx.seed), params).map((row) => ({
    ...row,
    part: 'test',
    unit: '',
  }))
  return { metrics }
}
