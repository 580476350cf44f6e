// The stages of a plan as a tree: one row an id, its arms and folds together. A stage hangs on the deepest of those that it
// reads, the longest way through the pipeline is the trunk, shorter ways branch off before it goes on. Drawn by `treeRows`.
import type { Plan } from '@radiograft/runner'
import { printableLine } from '../text/printable.ts'

export interface StageGroup {
  /** name in the pipeline file, such as `fit-detector` */
  readonly id: string
  /** labels, such as `fit-detector[arm=attention]`, in the plan's order */
  readonly labels: ReadonlyArray<string>
  /** ids of all that it reads, directly or not */
  readonly above: ReadonlySet<string>
  /** stages on the longest way to it */
  readonly depth: number
}

/** In the plan's order. */
export type StageTree = ReadonlyArray<StageGroup>

/** A group where it stands: the lines of the tree before its name. */
export interface Placed {
  readonly group: StageGroup
  /** such as `│ ├─` */
  readonly guide: string
  /** the guide of further lines of the same row */
  readonly under: string
}

type Nodes = Plan['nodes']

const inputsOf = (node: Nodes[number]['node']): ReadonlyArray<string> =>
  Object.values(node.inputs)
    .flat()
    .map((ref) => ref.node.identity)

export const stageTree = (nodes: Nodes): StageTree => {
  const depths = new Map<string, number>()
  const idOf = new Map<string, string>()
  const groups = new Map<string, { labels: string[]; depth: number; reads: Set<string> }>()
  for (const { node } of nodes) {
    const inputs = inputsOf(node).filter((identity) => depths.has(identity))
    const depth = 1 + Math.max(-1, ...inputs.map((identity) => depths.get(identity)!))
    depths.set(node.identity, depth)
    idOf.set(node.identity, node.id)
    const group = groups.get(node.id) ?? { labels: [], depth: 0, reads: new Set() }
    group.labels.push(node.label)
    group.depth = Math.max(group.depth, depth)
    for (const identity of inputs) group.reads.add(idOf.get(identity)!)
    groups.set(node.id, group)
  }
  // arms may be wired differently, so that ids, unlike nodes, can read one another in a circle: only the shallower is above
  const above = new Map<string, Set<string>>()
  for (const [id, { reads, depth }] of [...groups].toSorted(([, a], [, b]) => a.depth - b.depth)) {
    const all = new Set<string>()
    for (const other of reads)
      if (groups.get(other)!.depth < depth) for (const name of [other, ...above.get(other)!]) all.add(name)
    above.set(id, all)
  }
  return [...groups].map(([id, { labels, depth }]) => ({ id, labels, depth, above: above.get(id)! }))
}

/** The name that a row shows for a member of a group: what tells it from the others, such as `arm=attention`. */
export const memberName = ({ id }: StageGroup, label: string): string =>
  printableLine(label.startsWith(`${id}[`) ? label.slice(id.length + 1, -1) : label)

/** Groups in the order in which they are drawn; those that are not among them leave no gap. */
export const placeGroups = (groups: StageTree): ReadonlyArray<Placed> => {
  const children = new Map<StageGroup | undefined, StageGroup[]>()
  for (const group of groups) {
    const parent = groups
      .filter(({ id }) => group.above.has(id))
      .reduce<StageGroup | undefined>((best, other) => (best && best.depth >= other.depth ? best : other), undefined)
    children.set(parent, [...(children.get(parent) ?? []), group])
  }
  const heights = new Map<StageGroup, number>()
  const heightOf = (group: StageGroup): number => {
    const known = heights.get(group) ?? 1 + Math.max(0, ...(children.get(group) ?? []).map(heightOf))
    heights.set(group, known)
    return known
  }
  const placed: Placed[] = []
  const place = (group: StageGroup, guide: string, under: string): void => {
    const below = children.get(group) ?? []
    placed.push({ group, guide, under: below.length > 0 ? `${under}│` : `${under} ` })
    follow(below, under, '├─')
  }
  /** The branches, then the trunk at the same place as the group that it hangs on. */
  const follow = (below: ReadonlyArray<StageGroup>, under: string, fork: string): void => {
    const trunk = below.reduce<StageGroup | undefined>(
      (best, group) => (best && heightOf(best) >= heightOf(group) ? best : group),
      undefined,
    )
    for (const group of below) if (group !== trunk) place(group, `${under}${fork}`, `${under}│ `)
    if (trunk) place(trunk, under, under)
  }
  follow(children.get(undefined) ?? [], '', '┌─')
  return placed
}
