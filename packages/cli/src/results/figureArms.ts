// Which arms' metrics say in numbers what a figure shows: those that it was drawn from; for a training curve those that
// judge its network; else those of the same rows of the acceptance list.
import type { RunResult } from '@radiograft/runner'
import type { Arm } from './judgedArms.ts'
import { rowIds } from '@radiograft/report'
import type { RunGraph } from './runGraph.ts'

/** The arms of a figure, by its name as `readResults` gives it and by its row ids. */
export const figureArms = (
  graph: RunGraph,
  arms: ReadonlyArray<Arm>,
  results: RunResult['results'],
): ((name: string, row: string) => ReadonlyArray<string>) => {
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
    if (direct.length > 0) return names(direct)
    if (curves.size > 0) return names(arms.filter(({ networks }) => networks.some((label) => curves.has(label))))
    const rows = [...rowIds(row), ...(at?.node.stage?.rows ?? [])]
    return names(arms.filter((arm) => rows.some((id) => arm.rows.has(id))))
  }
}
