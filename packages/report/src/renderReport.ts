// A run as one page, for readers who have never seen the project: answers first, then numbers, pictures, and how all of
// it was made. One section a file; this is their order.
import { page } from './page/page.ts'
import type { ReportInput } from './ReportInput.ts'
import { answers } from './sections/answers.ts'
import { dataCards } from './sections/dataCards.ts'
import { films } from './sections/films.ts'
import { furtherTables } from './sections/furtherTables.ts'
import { modelCards } from './sections/modelCards.ts'
import { notBuilt } from './sections/notBuilt.ts'
import { numbers } from './sections/numbers.ts'
import { opening } from './sections/opening.ts'
import { pictures } from './sections/pictures.ts'
import { pipeline } from './sections/pipeline.ts'
import { settings } from './sections/settings.ts'
import { sources } from './sections/sources.ts'
import { stages } from './sections/stages.ts'
import { training } from './sections/training.ts'
import type { Tile } from './viewer/Tile.ts'
import { viewerSection } from './viewer/viewerSection.ts'

/** The viewer stands between the two. */
const before = [answers, numbers, films, dataCards] as const
const after = [pictures, training, modelCards, furtherTables, pipeline, settings, stages, notBuilt, sources] as const

export interface Report {
  /** the page */
  readonly html: string
  /** pictures that lie beside the page because it would be too large with them; none for most runs */
  readonly tiles: ReadonlyArray<Tile>
}

/**
 * The page as HTML, with what lies beside it. It fetches nothing else, runs no script but its own, which is there only
 * where films are, and is equal byte for byte for an equal input. A section that has nothing to show is left out. All
 * text of the input is escaped.
 */
export const renderReport = (input: ReportInput): Report => {
  const first = before.flatMap((section) => section(input) ?? [])
  const rest = after.flatMap((section) => section(input) ?? [])
  const size = [...first, ...rest].reduce((sum, { body }) => sum + body.text.length, 0)
  const viewer = viewerSection(input, size)
  const html = page({
    title: input.title,
    opening: opening(input),
    sections: [...first, ...(viewer ? [viewer.section] : []), ...rest],
    viewer: viewer && { beside: viewer.tiles.length > 0, blocks: viewer.blocks },
  })
  return { html, tiles: viewer?.tiles ?? [] }
}
