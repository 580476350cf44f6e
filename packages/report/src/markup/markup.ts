// Page markup that is safe by construction: whatever is put into a template is escaped, unless a template made it. Every
// section is written with it, so that no name, label or caption can become an element, an attribute or a style.
import { escapeText } from './escapeText.ts'

/** Text that is markup already. Made by `markup` and by `trusted` only; the hidden field keeps look-alikes out. */
export class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  get text(): string {
    return this.#text
  }
}

/** What a template takes: text and numbers are escaped, markup is kept, lists are joined, nothing is left out. */
export type Piece = Markup | string | number | undefined | ReadonlyArray<Piece>

const written = (piece: Piece): string => {
  if (piece === undefined) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'string') return escapeText(piece)
  return typeof piece === 'number' ? String(piece) : piece.map(written).join('')
}

/** `markup\`<p title="${name}">${name}</p>\``; attributes must stand in double quotes. */
export const markup = (strings: TemplateStringsArray, ...pieces: ReadonlyArray<Piece>): Markup =>
  new Markup(strings.map((text, i) => text + written(pieces[i])).join(''))

/** Our own text, such as the style sheet, as it is. Never for what comes from data. */
export const trusted = (text: string): Markup => new Markup(text)
