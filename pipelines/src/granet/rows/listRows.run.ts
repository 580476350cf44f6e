// Entry of `list-rows`.
import type { RunOf } from '@radiograft/pipeline'
import { cohortFacts, noCount } from './cohortFacts.ts'
import type { listRows } from './listRows.ts'
import { armNames } from '../arms.ts'
import { rowCells, type RowState } from '../../rows/rowCells.ts'
import { paperRows } from './rows.ts'

const states: ReadonlyArray<RowState> = ['measured', 'measured in part', 'in this run', 'not yet run']

export const run: RunOf<typeof listRows> = ({ params, inputs, ctx }) => {
  const { settings, notBuilt, seeds } = params
  const phantom = params.films === 'phantom'
  const metrics = inputs.metrics.flat()
  const counts = cohortFacts({ ...inputs, films: phantom ? 'phantom films' : 'films' })
  const lines = rowCells(paperRows, { metrics, counts, noCount, arms: armNames, settings, notBuilt, seeds })
  const oneFit = paperRows.flatMap(({ id, oneFit: which }) => (which === undefined ? [] : [id + which])).join(', ')
  const tally = states.map((state) => `${lines.filter((line) => line.state === state).length} ${state}`).join(', ')
  ctx.log(`rows of the acceptance list: ${tally}`)
  return {
    rows: {
      title: 'Rows G1 to G35',
      rows: 'G1–G35',
      columns: ['row', 'the paper', 'flag', 'here', 'our figure', 'the paper’s figure', 'state'],
      cells: lines.map(({ row, says, flag, here, figure, paper, state }) => [
        row,
        says,
        flag,
        here,
        figure,
        paper || null,
        state,
      ]),
      note:
        `${tally}. “Measured”: the figure is this run’s. “Measured in part”: some of it, and the line names what is not there. “In this ` +
        'run”: carried out as the line says, with nothing to measure. “Not yet run”: the line says what is lacking. Figures: value ' +
        `[95 % interval], n films, patients or pairs counted, AP over IoU .40 to .75 unless named, ${seeds} training seed(s), but of the first arm’s generator and seed alone in ${oneFit}; intervals of gains are 95 % ` +
        `each, uncorrected for their number; ` +
        `${phantom ? 'phantom films, whose figures say how the method behaves and nothing of patients' : 'the films at hand'}; ` +
        'the paper’s are of other films and splits and give no interval.',
    },
  }
}
