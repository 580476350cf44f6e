import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** The name of a table whose heading stands above it: read out, not shown twice. */
export const hiddenCaption = (name: string): Markup => markup`<caption class="unseen">${name}</caption>
`
