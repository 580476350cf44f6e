import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** Lets a wide table scroll by itself, by keyboard too, so that the page never does. */
export const scroller = (name: string, content: Markup): Markup =>
  markup`<div class="scroller" tabindex="0" role="group" aria-label="${name}, table">${content}</div>`
