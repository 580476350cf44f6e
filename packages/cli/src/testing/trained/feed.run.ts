// Entry of `feed`.
import type { RunOf } from '@radiograft/pipeline'
import type { feed } from './stages.ts'

export const run: RunOf<typeof feed> = ({ params }) => ({
  table: {
    title: 'Numbers',
    rows: 'G1',
    columns: ['i'],
    cells: Array.from({ length: params.numbers }, (_, i) => [i]),
  },
})
