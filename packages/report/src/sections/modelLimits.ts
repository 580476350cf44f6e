// What is known to be wanting of a network: the films that it knows, parts of the paper that it has not, and flags that
// the claims carry for its rows.
import { linkTo } from '../exhibits/linkTo.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportInput, ReportStage } from '../ReportInput.ts'
import type { ReportModel } from '../ReportModel.ts'
import { rowIds } from '../text/rowIds.ts'
import { count } from '../text/words.ts'

const filmsText = ({ layouts, seen }: ReportModel): ReadonlyArray<string> => {
  const phantom = layouts.includes('phantom')
  const trained = seen.filter(({ role }) => role === 'training')
  const patients = trained.map((one) => one.patients)
  const most = Math.max(0, ...patients.map((n) => n ?? 0))
  return [
    ...(phantom ? ['Trained on computed phantoms: it has never seen a film of a patient.'] : []),
    ...(!phantom && trained.length > 0
      ? [
          patients.includes(null)
            ? 'Trained on films of patients who are not known: the same patient may be among the films that judge it.'
            : `Trained on films of ${count(most, 'patient')} of ${layouts.length === 1 ? 'one data set' : `${layouts.length} data sets`}; films of other hospitals and machines were not tried.`,
        ]
      : []),
  ]
}

/** Claims whose rows its stage answers or whose arm judges it, and which the page flags. */
const flagsOf = (input: ReportInput, rows: ReadonlySet<string>, arms: ReadonlyArray<string>): ReadonlyArray<Markup> =>
  input.tables.flatMap(({ table }, t) => {
    const [claim = -1, flag = -1, ids = -1, arm = -1] = ['claim', 'flag', 'rows', 'arm'].map((name) =>
      table.columns.indexOf(name),
    )
    if (claim === -1 || flag === -1) return []
    return table.cells.flatMap((cells, i) => {
      const touched =
        [...rowIds(String(cells[ids] ?? ''))].some((id) => rows.has(id)) || arms.includes(String(cells[arm] ?? ''))
      return touched && String(cells[flag] ?? '') !== ''
        ? [
            markup`<li>A claim about it is flagged: ${linkTo(`table-${t + 1}-${i + 1}`, String(cells[claim] ?? ''))}</li>\n`,
          ]
        : []
    })
  })

export const modelLimits = (input: ReportInput, model: ReportModel, stage: ReportStage | undefined): Markup => {
  const rows = new Set(stage?.rows ?? [])
  const missing = input.notBuilt.filter(({ row }) => rows.has(row))
  const lines = [
    ...filmsText(model).map((text) => markup`<li>${text}</li>\n`),
    ...missing.map(({ row, what }) => markup`<li>Not built: ${what} (${row}).</li>\n`),
    ...flagsOf(input, rows, model.arms),
    markup`<li>Of one training seed: another would have made another network, better or worse.</li>\n`,
  ]
  return markup`<ul class="plain">
${lines}</ul>
`
}
