// How the grafts of each part spread over donors. One nearest neighbour concentrates on few films (pitfall 4), and a network
// may then learn those: the table shows by how much.
import { donorHistogram } from '@radiograft/blend'
import type { PairRow, SplitRow, Table } from '@radiograft/pipeline'

export const donorTable = (
  pairs: ReadonlyArray<PairRow>,
  split: ReadonlyArray<SplitRow>,
  { title, rows }: Pick<Table, 'title' | 'rows'> = { title: 'Donors of the grafts', rows: 'G7' },
): Table => {
  const partOf = new Map(split.map((row) => [row.film, row.part]))
  const nearest = pairs.filter((pair) => pair.rank === 0)
  const parts = (['train', 'validation', 'test'] as const).filter((part) =>
    nearest.some((pair) => partOf.get(pair.film) === part),
  )
  const cells = [...parts, ...(parts.length === 1 ? [] : (['all'] as const))].map((part) => {
    const own = nearest.filter((pair) => part === 'all' || partOf.get(pair.film) === part)
    const { counts, grafts, donors, largestShare, effectiveDonors } = donorHistogram(own.map((pair) => pair.donor))
    const [most] = counts
    return [
      part,
      grafts,
      donors,
      Number(effectiveDonors.toFixed(1)),
      most?.donor ?? null,
      most?.grafts ?? 0,
      Number((100 * largestShare).toFixed(1)),
    ]
  })
  return {
    title,
    rows,
    columns: [
      'part',
      'films grafted',
      'donors used',
      'effective donors',
      'most used donor',
      'its grafts',
      'its share, %',
    ],
    cells,
    note:
      'Nearest donors (rank 0), all of them training films. Effective donors = 1 / Σ share²: as many equally used donors would ' +
      'be as concentrated.',
  }
}
