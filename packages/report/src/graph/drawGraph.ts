// The pipeline as an SVG inside the page: it takes the page's colours, light or dark. For a screen reader it is a list of
// links with a name and a description; the table of stages below it says the same in words.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { count } from '../text/words.ts'
import { boxHeight, boxWidth, graphBox } from './graphBox.ts'
import { layerGraph } from './layerGraph.ts'
import type { Placed } from './layerGraph.ts'
import type { StageGraph } from './stageGraph.ts'

/** Free height between two layers. */
const BETWEEN = 32
const EDGE = 8
/** The drawing is made smaller down to this share, to be seen whole; below, it scrolls. */
const LEAST_SHARE = 0.75

/** Half of what a narrow screen shows, in pixels. */
const HALF_VIEW = 160

interface Layer {
  /** upper edge and height of its tallest box */
  readonly y: number
  readonly height: number
}

/** From the lower edge of a box, straight through each layer, to the upper edge of another. */
const arrow = (way: ReadonlyArray<Placed>, layers: ReadonlyArray<Layer>, heights: ReadonlyArray<number>): Markup => {
  const path = way.map((place, i) => {
    const { y, height } = layers[place.layer]!
    const x = (place.x + EDGE).toFixed(1)
    if (i === 0) return `M${x} ${y + heights[place.node!]!}`
    const before = way[i - 1]!
    const from = layers[before.layer]!
    const start = i === 1 ? from.y + heights[before.node!]! : from.y + from.height
    const last = i === way.length - 1
    const end = last ? y - 5 : y
    const bend = (Math.max(start, from.y + from.height) + end) / 2
    const straight = start < from.y + from.height ? `V${from.y + from.height}` : ''
    const curve = `${straight}C${(before.x + EDGE).toFixed(1)} ${bend} ${x} ${bend} ${x} ${end}`
    return last ? curve : `${curve}V${y + height}`
  })
  return markup`<path class="arrow" marker-end="url(#arrowhead)" d="${path.join('')}"/>\n`
}

export const drawGraph = (graph: StageGraph): Markup => {
  const { places, arrows, layers: depth, width } = layerGraph(graph, graph.nodes.map(boxWidth))
  const heights = graph.nodes.map(boxHeight)
  const layers: Layer[] = []
  for (let layer = 0; layer < depth; layer++) {
    const own = places.flatMap((place) =>
      place.layer === layer && place.node !== undefined ? heights[place.node]! : [],
    )
    const before = layers.at(-1)
    layers.push({ y: before ? before.y + before.height + BETWEEN : EDGE, height: Math.max(...own) })
  }
  const full = Math.ceil(width + 2 * EDGE)
  const last = layers.at(-1)
  const height = last ? last.y + last.height + EDGE : 2 * EDGE
  const boxes = places.flatMap((place) =>
    place.node === undefined ? [] : [graphBox(graph.nodes[place.node]!, place.x + EDGE, layers[place.layer]!.y)],
  )
  // on a narrow screen the drawing scrolls: it starts at its first box, where the browser knows how
  const start = Math.max(0, Math.round(((places[0]?.x ?? 0) + EDGE) * LEAST_SHARE) - HALF_VIEW)
  return markup`<span class="start" style="left:${start}px;width:${2 * HALF_VIEW}px"></span><svg class="graph" role="group" aria-labelledby="graph-title" aria-describedby="graph-words" width="${full}" height="${height}" viewBox="0 0 ${full} ${height}" style="min-width:${Math.round(full * LEAST_SHARE)}px">
<title id="graph-title">The pipeline as a drawing</title>
<desc id="graph-words">${count(graph.nodes.length, 'box', 'boxes')} from inputs at the top to results at the bottom; each leads to the stage’s purpose, inputs and settings. The table of stages says the same in words.</desc>
<defs><marker id="arrowhead" viewBox="0 0 8 8" refX="3" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker></defs>
${arrows.map((way) =>
  arrow(
    way.map((i) => places[i]!),
    layers,
    heights,
  ),
)}${boxes}</svg>
`
}
