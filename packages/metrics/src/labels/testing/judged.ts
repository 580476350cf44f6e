// Films as the tests of labels make them: what a classifier says of each, and names.

/** Films by true (row) and predicted class, as `confusionCounts` counts them. */
export const judged = (confusion: readonly (readonly number[])[]): { truth: number[]; predicted: number[] } => {
  const films = confusion.flatMap((row, truth) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => ({ truth, predicted }))),
  )
  return { truth: films.map((f) => f.truth), predicted: films.map((f) => f.predicted) }
}

/** A hundred films of each of two classes, each its own patient's: sensitivity .8, specificity .9. */
export const validated = () => ({
  ...judged([
    [90, 10],
    [20, 80],
  ]),
  patients: own(200, 'v'),
})

/** n names, all different. */
export const own = (n: number, prefix = 'film'): string[] => Array.from({ length: n }, (_, i) => `${prefix} ${i}`)
