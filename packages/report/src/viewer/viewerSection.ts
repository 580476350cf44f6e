// The section "Films, one by one": what its script needs, and a table that needs none. Pictures lie in the page while it
// stays small enough to be opened and sent; else they are files beside it, which the script loads one by one.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from '../sections/Section.ts'
import { filmTable } from './filmTable.ts'
import { gatherFilms } from './gatherFilms.ts'
import { jsonBlock } from './jsonBlock.ts'
import { shownFilms } from './shownFilms.ts'
import type { Tile } from './Tile.ts'
import { NOTE, PICTURES, ROOT, TABLE, VIEWER } from './ViewerData.ts'
import { FILMS } from './ViewerData.ts'
import { viewerWords } from './viewerWords.ts'

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
      body: markup`${shownFilms(input, data)}${data.arms.length > 0 ? viewerWords() : undefined}<p class="note" id="${NOTE}">The films are shown by the page’s own script, which did not run. The table says what became of each.</p>
<div id="${ROOT}" hidden></div>
<details id="${TABLE}" open><summary>All films and outcomes as a table</summary>
${filmTable(data)}</details>
`,
    },
    blocks: jsonBlock(FILMS, data) + lines,
    tiles: inside ? [] : bytes.flatMap((layers, f) => layers.map((png, i) => ({ path: tilePath(f, i), bytes: png }))),
  }
}
