// The section "Films, one by one": what its script needs, and a table that needs none. Pictures lie in the page while it
// stays small enough to be opened and sent; else they are files beside it, which the script loads one by one.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from '../sections/Section.ts'
import { count } from '../text/words.ts'
import { filmTable } from './filmTable.ts'
import { gatherFilms } from './gatherFilms.ts'
import { jsonBlock } from './jsonBlock.ts'
import type { Tile } from './Tile.ts'
import { NOTE, PICTURES, ROOT, TABLE, VIEWER } from './ViewerData.ts'
import { FILMS } from './ViewerData.ts'

export interface Viewer {
  readonly section: Section
  /** what its script reads, for the end of the page */
  readonly blocks: string
  readonly tiles: ReadonlyArray<Tile>
}

/** Bytes that a page may have with its pictures: what mail and browsers still take in one piece. */
const MOST_BYTES = 14e6

/** Films count from 1, at least four digits, so that files lie in their order. */
const tilePath = (film: number, layer: number): string => `films/${String(film + 1).padStart(4, '0')}-${layer + 1}.png`

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

const words = (films: number, arms: number): Markup =>
  markup`<p>${count(films, 'film')}${
    arms > 0 ? markup`, judged by ${count(arms, 'arm')}` : undefined
  }: what each stage made of it, the true boxes, and what each arm found. Choose films by class, outcome or error, and lay two stages side by side.</p>
`

/**
 * @param size bytes of the rest of the page
 * @returns undefined where the run shows no film
 */
export const viewerSection = (input: ReportInput, size: number): Viewer | undefined => {
  const { pictures, marks, cases } = input
  if (pictures.length + marks.length + cases.length === 0) return undefined
  const inside = pictures.reduce((sum, { png }) => sum + 4 * Math.ceil(png.length / 3) + 1, size) <= MOST_BYTES
  let line = 0
  const { bytes, ...data } = gatherFilms(input, inside ? () => line++ : tilePath)
  const lines = inside
    ? `<script type="text/plain" id="${PICTURES}">${bytes.flat().map(base64).join('\n')}</script>\n`
    : ''
  return {
    section: {
      id: VIEWER,
      title: 'Films, one by one',
      body: markup`${words(data.films.length, data.arms.length)}<p class="note" id="${NOTE}">The films are shown by the page’s own script, which did not run. The table says what became of each.</p>
<div id="${ROOT}" hidden></div>
<details id="${TABLE}" open><summary>All films and outcomes as a table</summary>
${filmTable(data)}</details>
`,
    },
    blocks: jsonBlock(FILMS, data) + lines,
    tiles: inside ? [] : bytes.flatMap((layers, f) => layers.map((png, i) => ({ path: tilePath(f, i), bytes: png }))),
  }
}
