// How many films could have received a lesion, did, could have lent one, did, and how the grafts concentrate on few donors
// (pitfall 4). Used by the entry of `nearest-abnormal`.
import type { PairRow, Table } from '@radiograft/pipeline'
import { donorHistogram } from '../graft/donorHistogram.ts'

export const hostTable = ({
  able,
  pool,
  pairs,
}: {
  /** films that could receive */
  readonly able: number
  /** films that could lend */
  readonly pool: number
  readonly pairs: ReadonlyArray<PairRow>
}): { readonly table: Table; /** the same in a line, for the log */ readonly line: string } => {
  const nearest = pairs.filter((pair) => pair.rank === 0)
  const { counts, grafts, donors, largestShare, effectiveDonors } = donorHistogram(nearest.map((pair) => pair.donor))
  const [most] = counts
  return {
    line:
      `${grafts} hosts of ${able} that could be, ${pool} donors in the pool, ${donors} of them nearest to some host; ` +
      `the most used one is nearest to ${most?.grafts ?? 0}`,
    table: {
      title: 'Hosts and donors of the pseudo-abnormal films',
      rows: 'G22, G31',
      columns: [
        'films that could be hosts',
        'hosts',
        'films that could lend',
        'donors used',
        'effective donors',
        'most used donor',
        'its grafts',
        'its share, %',
      ],
      cells: [
        [
          able,
          grafts,
          pool,
          donors,
          Number(effectiveDonors.toFixed(1)),
          most?.donor ?? null,
          most?.grafts ?? 0,
          Number((100 * largestShare).toFixed(1)),
        ],
      ],
      note:
        'All of them training films, by their nearest donor (rank 0). Effective donors = 1 / Σ share²: as many equally used donors ' +
        'would be as concentrated.',
    },
  }
}
