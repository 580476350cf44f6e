// The verdict of each claim of a table, as the page and the end of a run say it. A claim of which no arm was run comes
// with “cannot tell” and without a gain: it was not tested, which is another thing than a test that settled nothing.
import type { Table } from '@radiograft/pipeline'

/** In order. Where a table has no column of gains, what stands in it is all that is known. */
export const verdictsOf = ({ columns, cells }: Table): ReadonlyArray<string> => {
  const [verdict, gain] = [columns.indexOf('verdict'), columns.indexOf('gain')]
  return cells.map((row) => {
    const said = String(row[verdict] ?? '')
    return said === 'cannot tell' && gain >= 0 && typeof row[gain] !== 'number' ? 'not tested' : said
  })
}
