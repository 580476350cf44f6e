// The films of a cohort and of the parts of its splits, side by side: how many, of whom, of which classes, views and ages.
import { exhibitNumber } from '../exhibits/exhibitNumber.ts'
import { hiddenCaption } from '../exhibits/hiddenCaption.ts'
import { numberData } from '../exhibits/numberData.ts'
import { scroller } from '../exhibits/scroller.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import type { CohortCount, ReportCohort } from '../ReportCohort.ts'
import type { ReportInput } from '../ReportInput.ts'
import { collectionName } from '../text/collectionName.ts'
import { DASH, formatNumber } from '../text/formatNumber.ts'

/** Classes with a column each; films of the others are counted together, since a data set may have hundreds. */
const MOST = 6

const shown = (n: number | null): Markup | string => (n === null ? DASH : numberData(n))

const ageText = ({ age, films }: CohortCount): string => {
  if (age === null) return DASH
  const missing = films - age.films
  return `${formatNumber(age.median)} (${age.least} to ${age.most})${missing > 0 ? `, ${missing} not known` : ''}`
}

/** @param id anchor, ours */
export const partsTable = (input: ReportInput, cohort: ReportCohort, id: string): Markup => {
  const { whole, splits, layout } = cohort
  const title = `${layout === 'phantom' ? '' : 'Films of '}${collectionName(cohort)}, by part`
  const classes = Object.keys(whole.classes).slice(0, MOST)
  const others = Object.keys(whole.classes).length > classes.length
  const known = (counts: Readonly<Record<string, number>>): ReadonlyArray<string> => Object.keys(counts)
  const columns: ReadonlyArray<{ readonly name: string; readonly of: (count: CohortCount) => Markup | string }> = [
    { name: 'films', of: ({ films }) => numberData(films) },
    { name: 'patients', of: ({ patients }) => shown(patients) },
    { name: 'with the finding', of: ({ positives }) => shown(positives) },
    ...classes.map((name) => ({ name, of: (of: CohortCount) => numberData(of.classes[name] ?? 0) })),
    ...(others
      ? [
          {
            name: 'other classes',
            of: (of: CohortCount) =>
              numberData(
                Object.entries(of.classes).reduce((sum, [name, n]) => sum + (classes.includes(name) ? 0 : n), 0),
              ),
          },
        ]
      : []),
    ...known(whole.views).map((view) => ({
      name: view === '' ? 'view not known' : view,
      of: (of: CohortCount) => numberData(of.views[view] ?? 0),
    })),
    ...known(whole.sexes).map((sex) => ({
      name: sex === '' ? 'sex not known' : `sex ${sex}`,
      of: (of: CohortCount) => numberData(of.sexes[sex] ?? 0),
    })),
    ...(whole.age === null ? [] : [{ name: 'median age (range)', of: ageText }]),
  ]
  const several = splits.length > 1
  const counts: ReadonlyArray<readonly [name: string, count: CohortCount]> = [
    ['all', whole],
    ...splits.flatMap((split) =>
      split.parts.map((part) => [several ? `${part.part}, ${split.stage}` : part.part, part] as const),
    ),
  ]
  return markup`<div class="exhibit" id="${id}">
<h4>${exhibitNumber(numberOf(input, id))}${title}</h4>
${scroller(
  title,
  markup`<table class="parts">
${hiddenCaption(title)}<thead><tr><th scope="col">part</th>${columns.map(({ name }) => markup`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>
${counts.map(
  ([name, of]) =>
    markup`<tr><th scope="row">${name}</th>${columns.map((column) => markup`<td class="number">${column.of(of)}</td>`)}</tr>\n`,
)}</tbody>
</table>`,
)}
</div>
`
}
