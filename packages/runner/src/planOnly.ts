// A plan cut down to some of its stages: what they read is kept already, and nothing else is computed.
import type { AnyRef } from '@radiograft/pipeline'
import { InputsMissingError } from './errors.ts'
import type { Plan, PlannedNode } from './Plan.ts'

const refsOf = ({ node }: PlannedNode): ReadonlyArray<AnyRef> =>
  Object.values(node.inputs).flatMap((value) => [value].flat() as ReadonlyArray<AnyRef>)

/**
 * The nodes of these labels and all that they were computed from, without results. Throws `InputsMissingError` where
 * something that they read is not there.
 */
export const planOnly = (plan: Plan, labels: ReadonlySet<string>): Plan => {
  const byIdentity = new Map(plan.nodes.map((planned) => [planned.node.identity, planned]))
  const kept = new Set<string>()
  const above = (planned: PlannedNode): void => {
    if (kept.has(planned.node.identity)) return
    kept.add(planned.node.identity)
    for (const ref of refsOf(planned)) {
      const source = byIdentity.get(ref.node.identity)
      if (source) above(source)
    }
  }
  for (const planned of plan.nodes) if (labels.has(planned.node.label)) above(planned)
  const nodes = plan.nodes.filter(({ node }) => kept.has(node.identity))
  const missing = nodes.filter(({ node, status }) => status._tag !== 'hit' && !labels.has(node.label))
  if (missing.length > 0)
    throw new InputsMissingError(
      [...labels],
      missing.map(({ node }) => node.label),
    )
  const of = (tag: PlannedNode['status']['_tag']): number => nodes.filter(({ status }) => status._tag === tag).length
  const open = nodes.filter(({ status }) => status._tag !== 'hit')
  return {
    ...plan,
    pipeline: { ...plan.pipeline, results: {} },
    nodes,
    counts: { hit: of('hit'), miss: of('miss'), unknown: of('unknown') },
    seconds: open.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    untimed: open.filter(({ seconds }) => seconds === undefined).length,
  }
}
