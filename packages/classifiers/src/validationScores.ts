// What a check of a classifier says of validation films: how often each class is recognised, and how well its score orders films.
// Values of the curves of a fit.
import { auc } from './auc.ts'
import type { ClassifierConfig } from './classifierConfig.ts'
import { probabilities } from './probabilities.ts'

/** A film's answers. */
export interface Answers {
  /** [classes], 1 or 0 */
  readonly targets: ArrayLike<number>
  /** [classes], whether it is known; of exclusive classes it always is */
  readonly known: ArrayLike<number | boolean>
}

/**
 * `recall.<class>` and `auc.<class>`, and `recall`, the mean over classes. A film counts as of a class when that is the most
 * probable one, or of findings when its probability is above .5. A class without a known film of it has no value, and no AUC without
 * one that has it not.
 * @param logits [films, classes]
 */
export const validationScores = (
  { task, classes }: Pick<ClassifierConfig, 'task' | 'classes'>,
  logits: Float32Array,
  answers: ReadonlyArray<Answers>,
): Readonly<Record<string, number>> => {
  const width = classes.length
  const rows = answers.map((_, i) => probabilities(task, logits.subarray(i * width, (i + 1) * width)))
  const said = rows.map((row, i) => ({ row, most: row.indexOf(Math.max(...row)), ...answers[i]! }))
  const of = classes.flatMap((name, c) => {
    const known = said.filter((film) => film.known[c])
    const having = known.filter(({ targets }) => targets[c])
    const found = having.filter(({ row, most }) => (task === 'classes' ? most === c : row[c]! > 0.5))
    const area = auc(
      known.map(({ row }) => row[c]!),
      known.map(({ targets }) => targets[c]!),
    )
    const recall = found.length / having.length
    return [{ name, recall, area }]
  })
  const seen = of.filter(({ recall }) => !Number.isNaN(recall))
  return Object.fromEntries([
    ...of.flatMap(({ name, recall, area }) => [
      ...(Number.isNaN(recall) ? [] : [[`recall.${name}`, recall] as const]),
      ...(Number.isNaN(area) ? [] : [[`auc.${name}`, area] as const]),
    ]),
    ...(seen.length > 0 ? [['recall', seen.reduce((sum, { recall }) => sum + recall, 0) / seen.length] as const] : []),
  ])
}
