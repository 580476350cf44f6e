// Places the boxes of a graph in layers from top to bottom, inputs above users, with few crossings: the method of
// Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981).
import type { StageGraph } from './stageGraph.ts'

/** A box, or a bend of an arrow that passes through a layer. */
export interface Placed {
  /** index of the graph's node; undefined for a bend */
  readonly node: number | undefined
  readonly layer: number
  /** middle, in pixels from the left */
  readonly x: number
  readonly width: number
}

/** What is placed: boxes, whatever they hold, and arrows. */
export interface Unplaced {
  readonly nodes: ReadonlyArray<unknown>
  readonly edges: StageGraph['edges']
}

export interface Layered {
  readonly places: ReadonlyArray<Placed>
  /** indices into `places`, from box over bends to box */
  readonly arrows: ReadonlyArray<ReadonlyArray<number>>
  readonly layers: number
  readonly width: number
}

interface Item {
  readonly node: number | undefined
  readonly layer: number
  readonly width: number
  readonly up: number[]
  readonly down: number[]
  x: number
}

const BEND = 10
const GAP = 18
const SWEEPS = 12
/** how far a lane is looked for, in widths of a bend */
const LANES = 60

/** @param widths of the boxes, by node, in pixels */
export const layerGraph = (graph: Unplaced, widths: ReadonlyArray<number>): Layered => {
  const layerOf: number[] = []
  graph.nodes.forEach((_, i) => {
    const above = graph.edges.filter(([, to]) => to === i).map(([from]) => layerOf[from]!)
    layerOf.push(above.length === 0 ? 0 : Math.max(...above) + 1)
  })
  const item = (node: number | undefined, layer: number): Item => ({
    node,
    layer,
    width: node === undefined ? BEND : widths[node]!,
    up: [],
    down: [],
    x: 0,
  })
  const items = graph.nodes.map((_, i) => item(i, layerOf[i]!))
  // long arrows from one box share their bends: they go down together and part where they have to
  const bends = graph.nodes.map((): number[] => [])
  const join = (above: number, below: number): void => {
    if (items[above]!.down.includes(below)) return
    items[above]!.down.push(below)
    items[below]!.up.push(above)
  }
  const arrows = graph.edges.map(([from, to]) => {
    const own = bends[from]!
    const length = layerOf[to]! - layerOf[from]! - 1
    while (own.length < length) own.push(items.push(item(undefined, layerOf[from]! + 1 + own.length)) - 1)
    const way = [from, ...own.slice(0, length), to]
    for (let i = 1; i < way.length; i++) join(way[i - 1]!, way[i]!)
    return way
  })

  const layers = items.reduce((most, { layer }) => Math.max(most, layer + 1), 0)
  const rows = Array.from({ length: layers }, (_, layer) => items.filter((one) => one.layer === layer))
  for (const row of rows)
    spread(
      row,
      row.map(() => 0),
    )
  const pull = (row: Item[], to: 'up' | 'down' | 'both'): void => {
    const wish = (one: Item): number => {
      const near = to === 'both' ? [...one.up, ...one.down] : one[to]
      return near.length === 0 ? one.x : near.reduce((sum, other) => sum + items[other]!.x, 0) / near.length
    }
    const wishes = new Map(row.map((one) => [one, wish(one)]))
    // the sort is stable: equal wishes keep their order, so the drawing is the same every time
    row.sort((a, b) => wishes.get(a)! - wishes.get(b)!)
    spread(
      row,
      row.map((one) => wishes.get(one)!),
    )
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of rows) pull(row, 'up')
    for (const row of rows.toReversed()) pull(row, 'down')
  }
  for (const row of rows) pull(row, 'both')
  for (const own of bends)
    straighten(
      own.map((i) => items[i]!),
      rows,
    )

  const left = items.reduce((least, { x, width }) => Math.min(least, x - width / 2), Infinity)
  const right = items.reduce((most, { x, width }) => Math.max(most, x + width / 2), -Infinity)
  return {
    places: items.map(({ node, layer, x, width }) => ({ node, layer, x: x - left, width })),
    arrows,
    layers,
    width: items.length === 0 ? 0 : right - left,
  }
}

/** Puts a row's items as near to their wishes as they go without touching, in their order. */
const spread = (row: ReadonlyArray<Item>, wishes: ReadonlyArray<number>): void => {
  const apart = (i: number): number => (row[i - 1]!.width + row[i]!.width) / 2 + GAP
  const rightwards: number[] = []
  wishes.forEach((wish, i) => rightwards.push(i === 0 ? wish : Math.max(wish, rightwards[i - 1]! + apart(i))))
  const leftwards: number[] = Array.from(wishes)
  for (let i = row.length - 2; i >= 0; i--) leftwards[i] = Math.min(wishes[i]!, leftwards[i + 1]! - apart(i + 1))
  // each of the two keeps the distances, hence so does their mean
  row.forEach((one, i) => {
    one.x = (rightwards[i]! + leftwards[i]!) / 2
  })
}

/** Puts the bends of one box below one another where a straight lane is free, as near to where they were as there is one. */
const straighten = (bends: ReadonlyArray<Item>, rows: ReadonlyArray<ReadonlyArray<Item>>): void => {
  if (bends.length < 2) return
  const others = bends.flatMap(({ layer }) => rows[layer]!.filter((one) => !bends.includes(one)))
  const free = (x: number): boolean => others.every((one) => Math.abs(one.x - x) >= (one.width + BEND + GAP) / 2)
  const wish = bends.reduce((sum, { x }) => sum + x, 0) / bends.length
  for (let step = 0; step < LANES; step++) {
    const lane = [wish - step * BEND, wish + step * BEND].find(free)
    if (lane === undefined) continue
    for (const bend of bends) bend.x = lane
    return
  }
}
