import type { Markup } from '../markup/markup.ts'

/** One part of the page with its anchor and its heading, which the table of contents repeats. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Markup
  /** headings inside it that the table of contents names too */
  readonly parts?: ReadonlyArray<{ readonly id: string; readonly title: string }>
}
