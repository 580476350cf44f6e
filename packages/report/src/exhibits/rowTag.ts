import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** Row ids of the acceptance list, beside a heading; nothing where there are none. */
export const rowTag = (rows: string): Markup | undefined =>
  rows === '' ? undefined : markup`<span class="rows" title="row of the acceptance list">${rows}</span>`
