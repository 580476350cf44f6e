// Which arms' metrics say in numbers what a figure shows: those that it was drawn from; for a training curve those that
// judge its network; else those of the same rows of the acceptance list, and of these, where some judge the networks that
// the figure shows, only they: a row may be answered by a generator and by the detectors that use it.
import type { RunResult } from '@radiograft/runner'
import { rowIds } from '@radiograft/report'
import type { ReportInput } from '@radiograft/report'
import { lastNetworks } from './judgedArms.ts'
import type { Arm } from './judgedArms.ts'
import type { RunGraph } from './runGraph.ts'

type Measured = Pick<ReportInput['figures'][number], 'arms' | 'metrics'>

/** Metrics that a stage was told to draw, by its setting `metrics`; undefined where it was told of none. */
const drawnMetrics = (metrics: unknown): ReadonlyArray<string> | undefined =>
  Array.isArray(metrics) && metrics.every((one) => typeof one === 'string') ? metrics : undefined

/** The arms of a figure, by its name as `readResults` gives it and by its row ids. */
export const figureArms = (
  graph: RunGraph,
  arms: ReadonlyArray<Arm>,
  results: RunResult['results'],
): ((name: string, row: string) => Measured) => {
  const drawnBy = new Map(
    Object.entries(results).flatMap(([result, list]) =>
      list.map(({ node }, i) => [list.length === 1 ? result : `${result}-${i + 1}`, graph.byLabel.get(node)] as const),
    ),
  )
  const names = (of: ReadonlyArray<Arm>): ReadonlyArray<string> => [...new Set(of.map(({ name }) => name))]
  return (name, row) => {
    const at = drawnBy.get(name)
    const from = (kind: string): ReadonlySet<string> =>
      new Set(at?.inputs.filter((input) => input.kind === kind).map((input) => input.from))
    const [measured, curves] = [from('metrics'), from('series')]
    const direct = arms.filter(({ by }) => measured.has(by))
    if (direct.length > 0) {
      const metrics = drawnMetrics(at?.node.params['metrics'])
      return { arms: names(direct), ...(metrics ? { metrics } : {}) }
    }
    const judge = (networks: ReadonlySet<string>, of: ReadonlyArray<Arm>): ReadonlyArray<Arm> =>
      of.filter((arm) => arm.networks.some((label) => networks.has(label)))
    if (curves.size > 0) return { arms: names(judge(curves, arms)) }
    const rows = [...rowIds(row), ...(at?.node.stage?.rows ?? [])]
    const ofRows = arms.filter((arm) => rows.some((id) => arm.rows.has(id)))
    const shown = judge(new Set(at ? lastNetworks(graph, [at.label]) : []), ofRows)
    return { arms: names(shown.length > 0 ? shown : ofRows) }
  }
}
