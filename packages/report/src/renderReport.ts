// A run as one page, for readers who have never seen the project: answers first, then numbers, pictures, and how all of
// it was made. One section a file; this is their order.
import { page } from './page/page.ts'
import type { ReportInput } from './ReportInput.ts'
import { answers } from './sections/answers.ts'
import { films } from './sections/films.ts'
import { furtherTables } from './sections/furtherTables.ts'
import { notBuilt } from './sections/notBuilt.ts'
import { numbers } from './sections/numbers.ts'
import { opening } from './sections/opening.ts'
import { pictures } from './sections/pictures.ts'
import { pipeline } from './sections/pipeline.ts'
import { settings } from './sections/settings.ts'
import { sources } from './sections/sources.ts'
import { stages } from './sections/stages.ts'
import { training } from './sections/training.ts'

const sections = [
  answers,
  numbers,
  films,
  pictures,
  training,
  furtherTables,
  pipeline,
  settings,
  stages,
  notBuilt,
  sources,
] as const

/**
 * The page as HTML: it fetches nothing, holds no script, and is equal byte for byte for an equal input. A section that
 * has nothing to show is left out. All text of the input is escaped.
 */
export const renderReport = (input: ReportInput): string =>
  page({
    title: input.title,
    opening: opening(input),
    sections: sections.flatMap((section) => section(input) ?? []),
  })
