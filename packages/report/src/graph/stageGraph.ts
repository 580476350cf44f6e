// The pipeline as a small graph for people: cells of the matrix share one box, and an arrow that follows from two others
// is left out. What every stage reads in full stands in its details.
import type { ReportStage } from '../ReportInput.ts'

export interface GraphNode {
  /** the label without its cell: `fit-detector` for `fit-detector[arm=attention]` */
  readonly name: string
  readonly dataset: boolean
  /** how many stages it stands for */
  readonly times: number
  /** their compute time together */
  readonly seconds: number
  /** row ids of the acceptance list */
  readonly rows: ReadonlyArray<string>
  /** trains a network, measures, draws: what a reader looks for; empty for the rest */
  readonly role: 'network' | 'metrics' | 'figure' | ''
  /** the stages that it stands for: cell (`arm=attention`, empty where there is none) and place in the list of stages */
  readonly stages: ReadonlyArray<{ readonly cell: string; readonly index: number }>
}

export interface StageGraph {
  /** inputs before users */
  readonly nodes: ReadonlyArray<GraphNode>
  /** indices into `nodes`, from input to user */
  readonly edges: ReadonlyArray<readonly [from: number, to: number]>
}

/** `fit-detector` of `fit-detector[fold=0,arm=attention]#2`. */
export const withoutCell = (label: string): string => /^(.+?)(?:\[.*\])?(?:#\d+)?$/s.exec(label)?.[1] ?? label

/** `fold=0,arm=attention` of `fit-detector[fold=0,arm=attention]#2`; empty where there is none. */
const cellOf = (label: string): string => /\[(.*)\](?:#\d+)?$/s.exec(label)?.[1] ?? ''

const roleOf = ({ outputs }: ReportStage): GraphNode['role'] => {
  const kinds = new Set(Object.values(outputs).map(({ kind }) => kind))
  if (kinds.has('pictures')) return 'figure'
  return (['network', 'metrics', 'figure'] as const).find((kind) => kinds.has(kind)) ?? ''
}

const DATASET = 'dataset:'

export const stageGraph = (stages: ReadonlyArray<ReportStage>): StageGraph => {
  const nodes = new Map<string, GraphNode>()
  const inputs = new Map<string, Set<string>>()
  for (const [index, stage] of stages.entries()) {
    const { label, seconds, rows, inputs: read } = stage
    const name = withoutCell(label)
    const fresh = { name, dataset: false, times: 0, seconds: 0, rows, role: roleOf(stage), stages: [] }
    const known: GraphNode = nodes.get(name) ?? fresh
    nodes.set(name, {
      ...known,
      times: known.times + 1,
      seconds: known.seconds + seconds,
      stages: [...known.stages, { cell: cellOf(label), index }],
    })
    const own = inputs.get(name) ?? new Set<string>()
    for (const from of Object.values(read).flat()) own.add(from.startsWith(DATASET) ? from : withoutCell(from))
    inputs.set(name, own)
  }
  for (const from of [...inputs.values()].flatMap((own) => [...own]))
    if (from.startsWith(DATASET) && !nodes.has(from))
      nodes.set(from, {
        name: from.slice(DATASET.length),
        dataset: true,
        times: 1,
        seconds: 0,
        rows: [],
        role: '',
        stages: [],
      })

  const order = inputsFirst([...nodes.keys()], inputs)
  const place = new Map(order.map((key, i) => [key, i]))
  // merged cells may feed one another both ways: an arrow that would run backwards is dropped
  const all = order.flatMap((key, to) =>
    [...(inputs.get(key) ?? [])].flatMap((from) => {
      const at = place.get(from)
      return at !== undefined && at < to ? [[at, to] as const] : []
    }),
  )
  return { nodes: order.map((key) => nodes.get(key)!), edges: withoutShortcuts(order.length, all) }
}

/** Depth first, so that a chain stays together; a cycle is cut where it closes. */
const inputsFirst = (
  keys: ReadonlyArray<string>,
  inputs: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyArray<string> => {
  const order: string[] = []
  const seen = new Set<string>()
  const known = new Set(keys)
  const visit = (key: string): void => {
    if (seen.has(key) || !known.has(key)) return
    seen.add(key)
    for (const from of inputs.get(key) ?? []) visit(from)
    order.push(key)
  }
  for (const key of keys) visit(key)
  return order
}

/** Transitive reduction: keeps an edge only where no longer way leads from its start to its end. */
const withoutShortcuts = (
  size: number,
  edges: ReadonlyArray<readonly [number, number]>,
): ReadonlyArray<readonly [number, number]> => {
  const into = Array.from({ length: size }, (_, to) => edges.filter((edge) => edge[1] === to).map(([from]) => from))
  const above: Array<Set<number>> = []
  for (const froms of into) above.push(new Set(froms.flatMap((from) => [from, ...above[from]!])))
  return edges.filter(([from, to]) => !into[to]!.some((other) => other !== from && above[other]!.has(from)))
}
