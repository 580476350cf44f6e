import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** One term with its value, inside a `<dl class="facts">`. */
export const cardFact = (name: string, value: Markup | string): Markup =>
  markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`
