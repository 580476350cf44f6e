// The pipeline as an SVG inside the page: it takes the page's colours, light or dark. The table of stages below it says
// the same in words, so for a screen reader it is one picture with a name.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { count } from '../text/words.ts'
import { layerGraph } from './layerGraph.ts'
import type { Placed } from './layerGraph.ts'
import type { GraphNode, StageGraph } from './stageGraph.ts'

const BOX = 38
const PITCH = 70
const EDGE = 8
const MOST = 30

const short = (name: string): string => {
  const characters = Array.from(name)
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join('')}…` : name
}

const second = (node: GraphNode): string =>
  node.dataset ? 'dataset' : `${node.times > 1 ? `${node.times} × · ` : ''}${formatSeconds(node.seconds)}`

/** Room for the text; no font is at hand, hence the width of a wide letter at 12 px for each. */
const widthOf = (node: GraphNode): number =>
  Math.max(7.2 * Array.from(short(node.name)).length, 6.2 * second(node).length, 60) + 20

const middle = (place: Placed): number => EDGE + place.layer * PITCH + BOX / 2

const box = (node: GraphNode, place: Placed): Markup => {
  const x = place.x + EDGE
  const y = middle(place) - BOX / 2
  return markup`<g class="${node.dataset ? 'box dataset' : 'box'}"><title>${node.name}: ${second(node)}</title><rect x="${(x - place.width / 2).toFixed(1)}" y="${y}" width="${place.width.toFixed(1)}" height="${BOX}" rx="${node.dataset ? BOX / 2 : 6}"/><text x="${x.toFixed(1)}" y="${y + 16}">${short(node.name)}</text><text class="small" x="${x.toFixed(1)}" y="${y + 31}">${second(node)}</text></g>\n`
}

/** From the lower edge of a box, straight through each bend, to the upper edge of another. */
const arrow = (way: ReadonlyArray<Placed>): Markup => {
  const points = way.map((place, i) => {
    const y = middle(place)
    return { x: place.x + EDGE, above: i === 0 ? y : y - BOX / 2, below: i === way.length - 1 ? y : y + BOX / 2 }
  })
  const path = points.map(({ x, above, below }, i) => {
    const before = points[i - 1]
    if (!before) return `M${x.toFixed(1)} ${below}`
    const last = i === points.length - 1
    const end = last ? above - 5 : above
    const bend = (before.below + end) / 2
    const curve = `C${before.x.toFixed(1)} ${bend} ${x.toFixed(1)} ${bend} ${x.toFixed(1)} ${end}`
    return last ? curve : `${curve}V${below}`
  })
  return markup`<path class="arrow" marker-end="url(#arrowhead)" d="${path.join('')}"/>\n`
}

export const drawGraph = (graph: StageGraph): Markup => {
  const { places, arrows, layers, width } = layerGraph(graph, graph.nodes.map(widthOf))
  const full = Math.ceil(width + 2 * EDGE)
  const height = (layers - 1) * PITCH + BOX + 2 * EDGE
  const boxes = places.flatMap((place) => (place.node === undefined ? [] : [box(graph.nodes[place.node]!, place)]))
  return markup`<svg class="graph" role="img" aria-labelledby="graph-title" width="${full}" height="${height}" viewBox="0 0 ${full} ${height}" style="min-width:${Math.round(full * 0.75)}px">
<title id="graph-title">The pipeline: ${count(graph.nodes.length, 'box', 'boxes')} from inputs at the top to results at the bottom; the table of stages says the same in words.</title>
<defs><marker id="arrowhead" viewBox="0 0 8 8" refX="3" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker></defs>
${arrows.map((way) => arrow(way.map((i) => places[i]!)))}${boxes}</svg>
`
}
