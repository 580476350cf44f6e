import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** `Figure 3. ` before a heading; nothing where it has no number. */
export const exhibitNumber = (number: string): Markup | undefined =>
  number === '' ? undefined : markup`<span class="exhibit-number">${number}.</span> `
