// What the paper has and this pipeline has not, said openly.
import { markup } from '../markup/markup.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export const notBuilt = (input: ReportInput): Section | undefined => {
  if (input.notBuilt.length === 0) return undefined
  const rows = input.notBuilt.map(({ row, what }) => markup`<li><span class="rows">${row}</span> ${what}</li>\n`)
  return {
    id: 'not-built',
    title: 'Not built yet',
    body: markup`<p class="note">Parts of the paper that this pipeline does not have; nothing on this page speaks for them.</p>
<ul class="not-built">
${rows}</ul>
`,
  }
}
