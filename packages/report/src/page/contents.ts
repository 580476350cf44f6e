// The table of contents: every section, and what stands in it.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { Section } from '../sections/Section.ts'

const entry = (id: string, title: string): Markup => markup`<a href="#${id}">${title}</a>`

export const contents = (
  sections: ReadonlyArray<Section>,
): Markup => markup`<nav class="contents" aria-labelledby="contents">
<h2 id="contents">On this page</h2>
<ol>
${sections.map(
  ({ id, title, parts = [] }) =>
    markup`<li>${entry(id, title)}${
      parts.length === 0
        ? undefined
        : markup`<ol>${parts.map((part) => markup`<li>${entry(part.id, part.title)}</li>`)}</ol>`
    }</li>\n`,
)}</ol>
</nav>
`
