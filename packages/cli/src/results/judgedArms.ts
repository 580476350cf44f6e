// Which arms of a run's metrics judge which network, and which rows of the acceptance list an arm's numbers answer. Read
// off the graph: of the networks behind an arm's numbers, those that no other of them was made from.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import type { RunResult } from '@radiograft/runner'
import type { RunGraph, RunNode } from './runGraph.ts'

export interface Arm {
  readonly name: string
  /** label of the stage that measured it */
  readonly by: string
  /** labels of the stages that made the networks which it judges */
  readonly networks: ReadonlyArray<string>
  /** row ids of the stage that measured it, and of those networks' stages */
  readonly rows: ReadonlySet<string>
}

export const makesNetwork = ({ manifest }: RunNode): boolean =>
  Object.values(manifest.outputs).some(({ kind }) => kind === 'network')

/** Of the networks behind some stages, the labels of those that no other of them was made from. */
export const lastNetworks = (graph: RunGraph, labels: ReadonlyArray<string>): ReadonlyArray<string> => {
  const behind = new Set(labels.flatMap((label) => [...graph.behind(label)]))
  const all = [...behind].filter((label) => graph.byLabel.has(label) && makesNetwork(graph.byLabel.get(label)!))
  return all.filter((label) => !all.some((other) => other !== label && graph.behind(other).has(label)))
}

/** Labels that one arm's numbers come from. A stage that compares says by its `names` which of its inputs an arm is. */
const sourcesOf = (graph: RunGraph, { label, node, inputs }: RunNode, arm: string): ReadonlyArray<string> => {
  const { names } = node.params
  if (!Array.isArray(names)) return [label]
  const sides = new Set(arm.split(BETWEEN))
  const compared = Object.keys(node.inputs)
    .map((port) => inputs.filter((input) => input.port === port))
    .find((list) => list.length === names.length)
  const own = compared?.filter((_, i) => sides.has(String(names[i]))).map(({ from }) => from) ?? []
  return own.length > 0 ? own : [label]
}

/** @param metrics one list an artefact, in the order of the results */
export const judgedArms = (
  graph: RunGraph,
  results: RunResult['results'],
  metrics: ReadonlyArray<ReadonlyArray<MetricRow>>,
): ReadonlyArray<Arm> => {
  const measured = Object.values(results)
    .flat()
    .filter(({ kind }) => kind.kind === 'metrics')
  return measured.flatMap(({ node }, i) => {
    const at = graph.byLabel.get(node)
    if (!at) return []
    return [...new Set((metrics[i] ?? []).map(({ arm }) => arm))].map((name) => {
      const networks = lastNetworks(graph, sourcesOf(graph, at, name))
      const rows = [at, ...networks.map((label) => graph.byLabel.get(label)!)]
      return { name, by: node, networks, rows: new Set(rows.flatMap((one) => one.node.stage?.rows ?? [])) }
    })
  })
}
