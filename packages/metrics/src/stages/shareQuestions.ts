// What is asked of a set of films: which of exclusive classes each is of, or, finding by finding, whether it is there.
import type { FindingRow, LabelRow } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'

export interface ShareQuestion {
  /** empty for exclusive classes, else the finding */
  readonly name: string
  readonly classes: ReadonlyArray<string>
  /** classes whose share is told: all, or the finding without its absence */
  readonly told: ReadonlyArray<number>
  /** class of a film by its probabilities */
  readonly predicted: (probabilities: ReadonlyArray<number>) => number
  /** true class of a film; undefined where the tables do not say */
  readonly truth: (film: string) => number | undefined
}

/** One question; of equal probabilities the first class wins. */
export const exclusiveQuestion = (
  classes: ReadonlyArray<string>,
  labels: ReadonlyArray<LabelRow>,
): ReadonlyArray<ShareQuestion> => {
  const classOf = new Map(labels.map((row) => [row.film, row.class]))
  return [
    {
      name: '',
      classes,
      told: classes.map((_, k) => k),
      predicted: (probabilities) => probabilities.indexOf(Math.max(...probabilities)),
      truth: (film) => {
        const label = classOf.get(film)
        if (label === undefined) throw new MetricError('labels', `has no class of validation film ${film}`)
        const k = classes.indexOf(label)
        if (k < 0)
          throw new MetricError(
            'labels',
            `validation film ${film} is of class "${label}", which the classifier does not know: it predicts ${classes.join(', ')}`,
          )
        return k
      },
    },
  ]
}

/** One question a class of the classifier. Uncertain and blank findings have no truth. */
export const findingQuestions = (
  classes: ReadonlyArray<string>,
  findings: ReadonlyArray<FindingRow>,
  threshold: number,
): ReadonlyArray<ShareQuestion> => {
  const known = new Set(findings.map(({ finding }) => finding))
  const unknown = classes.find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new MetricError('findings', `say nothing of "${unknown}", which the classifier predicts`)
  return classes.map((name, k) => {
    const mentions = new Map(
      findings.filter(({ finding }) => finding === name).map(({ film, mention }) => [film, mention]),
    )
    return {
      name,
      classes: [`no ${name}`, name],
      told: [1],
      predicted: (probabilities) => (probabilities[k]! >= threshold ? 1 : 0),
      truth: (film) => {
        const mention = mentions.get(film)
        return mention === 0 || mention === 1 ? mention : undefined
      },
    }
  })
}
