// Entry of `list-generation-rows`.
import type { RunOf } from '@radiograft/pipeline'
import { cohortFacts, noCount } from '../../rows/cohortFacts.ts'
import { rowsTable } from '../../rows/rowsTable.ts'
import type { listGenerationRows } from './listGenerationRows.ts'
import { paperRows } from './rows.ts'

export const run: RunOf<typeof listGenerationRows> = ({ params, inputs, ctx }) => {
  const { settings, seeds } = params
  const phantom = params.films === 'phantom'
  const { cohort, labels, split } = inputs
  const counts = cohortFacts({
    cohort,
    labels,
    split,
    boxes: [],
    nearest: [],
    films: phantom ? 'phantom films' : 'films',
  })
  const facts = { metrics: inputs.metrics.flat(), counts, noCount, arms: [], settings, notBuilt: [], seeds }
  const note =
    'Figures: value [95 % interval], n generated films; names of distances give extractor and number of films. Intervals are over held-out ' +
    `patients and generated films, of ${seeds === 1 ? 'one training' : `${seeds} trainings, whose spread is in them`}; ` +
    (phantom
      ? 'phantom films, whose figures say how the method behaves and nothing of patients.'
      : 'the films at hand.')
  const { table, tally } = rowsTable(paperRows, facts, note)
  ctx.log(`rows of the acceptance list: ${tally}`)
  return { rows: table }
}
