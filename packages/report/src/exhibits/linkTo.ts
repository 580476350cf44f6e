import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** A link inside the page. @param id anchor, ours */
export const linkTo = (id: string, text: string): Markup => markup`<a href="#${id}">${text}</a>`
