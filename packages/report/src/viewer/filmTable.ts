// Every film with what each arm made of it, as a plain table: what the viewer says to a page without its script.
import { numberData } from '../exhibits/numberData.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { DASH } from '../text/formatNumber.ts'
import type { Given, ViewerData } from './ViewerData.ts'

/** More rows than anyone reads, and a page that grows by them. */
const MOST_ROWS = 500

const number = (value: Given): Markup | string => (value === null ? DASH : numberData(value, 3))

export const filmTable = ({ films, arms }: ViewerData): Markup => {
  const shown = films.slice(0, MOST_ROWS)
  const rows = shown.map((film) => {
    const judged = arms.map((arm) => film.cases.find((one) => one.arm === arm))
    return markup`<tr><th scope="row"><bdi>${film.film}</bdi></th><td><bdi>${film.class}</bdi></td><td><bdi>${film.part}</bdi></td>${judged.map(
      (one) =>
        one
          ? markup`<td><bdi>${one.outcome === '' ? DASH : one.outcome}</bdi></td><td class="number">${number(one.score)}</td><td class="number">${number(one.error)}</td>`
          : markup`<td>${DASH}</td><td class="number">${DASH}</td><td class="number">${DASH}</td>`,
    )}</tr>\n`
  })
  const table = markup`<table>
<thead><tr><th scope="col" rowspan="2">film</th><th scope="col" rowspan="2">class</th><th scope="col" rowspan="2">part</th>${arms.map(
    (arm) => markup`<th scope="colgroup" colspan="3"><bdi>${arm}</bdi></th>`,
  )}</tr>
<tr>${arms.map(() => markup`<th scope="col">outcome</th><th scope="col" class="number">score</th><th scope="col" class="number">error</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>`
  return markup`${scroller('Films and outcomes', table)}${
    films.length > shown.length
      ? markup`<p class="note">The first ${shown.length} of ${films.length} films.</p>\n`
      : undefined
  }`
}
