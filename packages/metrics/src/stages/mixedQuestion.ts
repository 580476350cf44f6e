// By which classes films are mixed: the exclusive ones of their labels, or one finding, there or not.
import type { FindingRow, LabelRow, PredictionRow } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import { classesOf } from './probabilitiesByFilm.ts'
import { exclusiveQuestion, findingQuestions, type ShareQuestion } from './shareQuestions.ts'

/** @throws MetricError when `without` is none of the classes, or the labels name no positive */
export const mixedQuestion = (
  {
    predictions,
    labels,
    findings,
  }: {
    readonly predictions: ReadonlyArray<PredictionRow>
    readonly labels: ReadonlyArray<LabelRow>
    readonly findings?: ReadonlyArray<FindingRow> | undefined
  },
  without: string,
): ShareQuestion & { readonly without: number } => {
  const classes = classesOf(predictions)
  const present = findings
    ? findings.filter(({ mention }) => mention === 1).map(({ finding }) => finding)
    : labels.filter(({ target }) => target === 1).map(({ class: name }) => name)
  const name = without === '' ? commonest(present.filter((one) => classes.includes(one))) : without
  if (name === undefined || !classes.includes(name))
    throw new MetricError(
      'without',
      `${name === undefined ? 'no film is a positive' : `"${name}" is no class that is predicted`}: give one of ${classes.join(', ')}`,
    )
  if (!findings) return { ...exclusiveQuestion(classes, labels)[0]!, without: classes.indexOf(name) }
  const question = findingQuestions([name], findings, 0.5)[0]!
  return { ...question, without: question.told[0]! }
}

/** Of equally common ones the first in order of its name. */
const commonest = (names: ReadonlyArray<string>): string | undefined => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
}
