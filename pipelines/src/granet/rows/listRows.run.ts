// Entry of `list-rows`.
import type { RunOf } from '@radiograft/pipeline'
import { rowsTable } from '../../rows/rowsTable.ts'
import { armNames } from '../arms.ts'
import { cohortFacts, noCount } from '../../rows/cohortFacts.ts'
import type { listRows } from './listRows.ts'
import { paperRows } from './rows.ts'

export const run: RunOf<typeof listRows> = ({ params, inputs, ctx }) => {
  const { settings, notBuilt, seeds } = params
  const phantom = params.films === 'phantom'
  const metrics = inputs.metrics.flat()
  const counts = cohortFacts({ ...inputs, films: phantom ? 'phantom films' : 'films' })
  const oneFit = paperRows.flatMap(({ id, oneFit: which }) => (which === undefined ? [] : [id + which])).join(', ')
  const note =
    'Figures: value ' +
    `[95 % interval], n films, patients or pairs counted, AP over IoU .40 to .75 unless named, ${seeds} training seed(s), but of the first arm’s generator and seed alone in ${oneFit}; intervals of gains are 95 % ` +
    `each, uncorrected for their number; ` +
    `${phantom ? 'phantom films, whose figures say how the method behaves and nothing of patients' : 'the films at hand'}; ` +
    'the paper’s are of other films and splits and give no interval.'
  const { table, tally } = rowsTable(
    paperRows,
    { metrics, counts, noCount, arms: armNames, settings, notBuilt, seeds },
    note,
  )
  ctx.log(`rows of the acceptance list: ${tally}`)
  return { rows: table }
}
