// One box of the drawing: a stage with its time, its rows of the acceptance list, and a chip for each variant of the matrix
// that it was run for. Box and chips are links to the stage's settings and inputs, so that a keyboard reaches them.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import { rowsText } from '../text/rowsText.ts'
import { count } from '../text/words.ts'
import type { GraphNode } from './stageGraph.ts'

const PLAIN = 38
const CHIPS = 22
const MOST = 30
const MOST_CHIPS = 6

const short = (name: string, most = MOST): string => {
  const characters = Array.from(name)
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : name
}

/** Room for a text; no font is at hand, hence the width of a wide letter at 12 px for each. */
const room = (text: string, letter: number): number => letter * Array.from(text).length

interface Chip {
  readonly text: string
  readonly index: number
}

/** `off`, `on` where one axis tells the variants apart, else the whole cell; none for a stage of one variant or of many. */
const chipsOf = ({ times, stages }: GraphNode): { readonly axis: string; readonly chips: ReadonlyArray<Chip> } => {
  const cells = stages.filter(({ cell }) => cell !== '')
  if (times < 2 || cells.length !== times || times > MOST_CHIPS) return { axis: '', chips: [] }
  const axes = new Set(cells.map(({ cell }) => /^([^=,]+)=[^=,]*$/.exec(cell)?.[1] ?? ''))
  const [axis = ''] = axes.size === 1 ? [...axes] : []
  const text = (cell: string): string => short(axis === '' ? cell : cell.slice(axis.length + 1), 18)
  return { axis: short(axis, 14), chips: cells.map(({ cell, index }) => ({ text: text(cell), index })) }
}

const second = ({ dataset, times, seconds, rows }: GraphNode): string =>
  dataset
    ? 'dataset'
    : [
        ...(times > 1 ? [`${times} ×`] : []),
        formatSeconds(seconds),
        ...(rows.length > 0 ? [short(rowsText(rows), 22)] : []),
      ].join(' · ')

const chipWidth = (text: string): number => room(text, 6.2) + 12
const axisWidth = (axis: string): number => (axis === '' ? 0 : room(axis, 6) + 6)

export const boxWidth = (node: GraphNode): number => {
  const { axis, chips } = chipsOf(node)
  const row = axisWidth(axis) + chips.reduce((sum, { text }) => sum + chipWidth(text) + 4, 0)
  return Math.max(room(short(node.name), 7.2), room(second(node), 6.2), row, 60) + 20
}

export const boxHeight = (node: GraphNode): number => (chipsOf(node).chips.length > 0 ? PLAIN + CHIPS : PLAIN)

/** @param x middle @param y upper edge */
export const graphBox = (node: GraphNode, x: number, y: number): Markup => {
  const { name, dataset, times, seconds, rows, role, stages } = node
  const width = boxWidth(node)
  const height = boxHeight(node)
  const words = dataset
    ? `${name}: dataset`
    : `${name}: ${formatSeconds(seconds)}${times > 1 ? `, ${count(times, 'variant')}` : ''}${rows.length > 0 ? `, rows ${rowsText(rows)}` : ''}`
  const { axis, chips } = chipsOf(node)
  const row = axisWidth(axis) + chips.reduce((sum, { text }) => sum + chipWidth(text) + 4, 0) - 4
  let left = x - row / 2
  const label = axis === '' ? undefined : markup`<text class="axis" x="${left.toFixed(1)}" y="${y + 51}">${axis}</text>`
  left += axisWidth(axis)
  const drawn = chips.map(({ text, index }) => {
    const wide = chipWidth(text)
    const chip = markup`<a class="chip" href="#details-${index + 1}" aria-label="${name}, ${axis} ${text}"><rect x="${left.toFixed(1)}" y="${y + 38}" width="${wide.toFixed(1)}" height="18" rx="9"/><text class="small" x="${(left + wide / 2).toFixed(1)}" y="${y + 51}">${text}</text></a>`
    left += wide + 4
    return chip
  })
  const [first] = stages
  const box = markup`<rect x="${(x - width / 2).toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}" rx="${dataset ? height / 2 : 6}"/><text x="${x.toFixed(1)}" y="${y + 16}">${short(name)}</text> <text class="small" x="${x.toFixed(1)}" y="${y + 31}">${second(node)}</text>`
  const kind = dataset ? 'dataset' : role
  // the name of the link is what it shows; the whole of it is the box's tooltip
  return markup`<g class="${kind === '' ? 'box' : `box ${kind}`}"><title>${words}</title>${
    first ? markup`<a href="#details-${first.index + 1}">${box}</a>` : box
  }${label}${drawn}</g>\n`
}
