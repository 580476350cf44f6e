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

/** @param widths of the boxes, by node, in pixels */
export const layerGraph = (graph: StageGraph, widths: ReadonlyArray<number>): Layered => {
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
  const arrows = graph.edges.map(([from, to]) => {
    const way = [from]
    for (let layer = layerOf[from]! + 1; layer < layerOf[to]!; layer++) way.push(items.push(item(undefined, layer)) - 1)
    way.push(to)
    for (let i = 1; i < way.length; i++) {
      items[way[i - 1]!]!.down.push(way[i]!)
      items[way[i]!]!.up.push(way[i - 1]!)
    }
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
