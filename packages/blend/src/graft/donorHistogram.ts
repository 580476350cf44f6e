/**
 * How the grafts of a run spread over donors. Nearest neighbours with k = 1 concentrate on few films (pitfall 4): a
 * detector may then learn those donors, so the report prints this beside every synthetic arm.
 */
export interface DonorHistogram {
  /** grafts a donor, most used first, equal counts by id */
  readonly counts: readonly { readonly donor: string; readonly grafts: number }[]
  readonly grafts: number
  /** different donors */
  readonly donors: number
  /** share of all grafts that comes from the most used donor; 0 without grafts */
  readonly largestShare: number
  /** 1 / Σ share²: as many equally used donors would be as concentrated; 0 without grafts */
  readonly effectiveDonors: number
}

/** @param donors the donor's id of every graft */
export const donorHistogram = (donors: readonly string[]): DonorHistogram => {
  const tally = new Map<string, number>()
  for (const donor of donors) tally.set(donor, (tally.get(donor) ?? 0) + 1)
  const counts = [...tally]
    .map(([donor, grafts]) => ({ donor, grafts }))
    .toSorted((a, b) => b.grafts - a.grafts || (a.donor < b.donor ? -1 : 1))
  const squares = counts.reduce((sum, { grafts }) => sum + grafts ** 2, 0)
  return {
    counts,
    grafts: donors.length,
    donors: counts.length,
    largestShare: (counts[0]?.grafts ?? 0) / Math.max(1, donors.length),
    effectiveDonors: squares === 0 ? 0 : donors.length ** 2 / squares,
  }
}
