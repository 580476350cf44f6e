// Scores of arms without the metrics that some training seed of an arm counts no film in: of such a metric an arm has no mean
// over its seeds. Views make that likely, since films of one view are few and a film without a box counts only where it is marked.
import type { ScoreRow } from '@radiograft/pipeline'

/** Scores of one arm and seed; several of the same are its folds, any of which may count the film. */
export interface SeedScores {
  readonly arm: string
  readonly seed: number
  readonly rows: ReadonlyArray<ScoreRow>
}

export interface Lacking {
  readonly arm: string
  readonly metric: string
  /** those that count no film */
  readonly seeds: ReadonlyArray<number>
}

export const countedBySeeds = (
  parts: ReadonlyArray<SeedScores>,
): { readonly arms: ReadonlyArray<SeedScores>; readonly lacking: ReadonlyArray<Lacking> } => {
  const names = [...new Set(parts.map(({ arm }) => arm))]
  const lacking = names.flatMap((arm) => {
    const bySeed = new Map<number, Set<string>>()
    for (const part of parts.filter((one) => one.arm === arm)) {
      const own = bySeed.get(part.seed) ?? new Set<string>()
      for (const { metric } of part.rows) own.add(metric)
      bySeed.set(part.seed, own)
    }
    const metrics = new Set([...bySeed.values()].flatMap((own) => [...own]))
    return [...metrics].flatMap((metric) => {
      const seeds = [...bySeed].filter(([, own]) => !own.has(metric)).map(([seed]) => seed)
      return seeds.length === 0 ? [] : [{ arm, metric, seeds }]
    })
  })
  const left = new Set(lacking.map(({ arm, metric }) => JSON.stringify([arm, metric])))
  const arms = parts.map((part) => ({
    ...part,
    rows: part.rows.filter(({ metric }) => !left.has(JSON.stringify([part.arm, metric]))),
  }))
  return { arms, lacking }
}
