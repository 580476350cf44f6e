// Entry of `view-stratified`.
import { compareScores } from '@radiograft/metrics'
import { BETWEEN, type MetricRow, type RunOf } from '@radiograft/pipeline'
import { rng } from '@radiograft/random'
import { AuditError } from './AuditError.ts'
import { countedBySeeds } from './countedBySeeds.ts'
import { scoresByView } from './scoresByView.ts'
import type { viewStratified } from './viewStratified.ts'

export const run: RunOf<typeof viewStratified> = ({ params, inputs, ctx }) => {
  const { arms: wired, cohort } = inputs
  const { names, seeds } = params
  if (names.length !== wired.length)
    throw new AuditError('view-stratified', `${names.length} names for ${wired.length} arms: give one each`)
  if (seeds.length !== 0 && seeds.length !== wired.length)
    throw new AuditError('view-stratified', `${seeds.length} seeds for ${wired.length} arms: give one each, or none`)
  const parts = wired.map((rows, i) => ({ arm: names[i]!, seed: seeds[i] ?? 0, rows: scoresByView(rows, cohort) }))
  const films = new Set(wired.flat().map((row) => row.film))
  const seen = new Set(parts.flatMap(({ rows }) => rows.map((row) => row.film)))
  if (seen.size < films.size) ctx.warn(`${films.size - seen.size} of ${films.size} scored films have no known view`)
  const { arms, lacking } = countedBySeeds(parts)
  for (const one of lacking)
    ctx.warn(`${one.metric} of ${one.arm} is left out: seed ${one.seeds.join(', ')} counts no film of it, others do`)
  const contrasts = params.contrasts
    .map((text) => text.split(BETWEEN))
    .filter((pair): pair is [string, string] => pair.length === 2 && pair.every((name) => names.includes(name)))
  const metrics: ReadonlyArray<MetricRow> = compareScores(arms, contrasts, rng(ctx.seed), params).map((row) => ({
    ...row,
    part: 'test',
    unit: '',
  }))
  return { metrics }
}
