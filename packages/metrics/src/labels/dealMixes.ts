/**
 * Sets of real films whose shares of classes are known, as a control of what measures shares (P4, P11): one whose shares are far from those
 * that the films have, and one without a class.
 */
import type { Rng } from '@radiograft/random'

export interface Mixes<F> {
  /** the rarer a class is among the films, the more of it */
  readonly unlike: ReadonlyArray<F>
  /** every film that is not of class `without` */
  readonly without: ReadonlyArray<F>
}

/**
 * `unlike`: classes in order of their number of films, the rarest first, have shares as 1 : ½ : ¼ …, in as many films as there are of all, and one at least.
 * A class without a film has no share in either set; where there are no films at all, or none of another class, a set is empty.
 * @param films each of a patient of its own, so that a set's films are independent
 * @param of.classes K
 * @param of.without the class that one set lacks, 0 … K − 1
 */
export const dealMixes = <F extends { readonly truth: number }>(
  films: ReadonlyArray<F>,
  { classes, without }: { readonly classes: number; readonly without: number },
  rng: Rng,
): Mixes<F> => {
  const byClass = Array.from({ length: classes }, (_, k) => films.filter(({ truth }) => truth === k))
  const order = byClass
    .map((_, k) => k)
    .filter((k) => byClass[k]!.length > 0)
    .toSorted((a, b) => byClass[a]!.length - byClass[b]!.length || a - b)
  const weights = new Map(order.map((k, rank) => [k, 2 ** -rank]))
  const most = Math.min(...order.map((k) => byClass[k]!.length / weights.get(k)!))
  const unlike = order
    .toSorted((a, b) => a - b)
    .flatMap((k) =>
      rng
        .fork(k)
        .shuffle(byClass[k]!)
        .slice(0, Math.max(1, Math.floor(most * weights.get(k)! + 1e-9))),
    )
  return { unlike, without: films.filter(({ truth }) => truth !== without) }
}
