// What the films of a run cannot show, whatever its numbers say.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { ReportCohort } from '../ReportCohort.ts'
import { count } from '../text/words.ts'

/** What labels of a layout are worth, by how they were made. */
const labelled: Readonly<Record<string, string>> = {
  phantom: 'Whether readers would agree: the truth is known by construction, and nobody read the films.',
  rsna: 'What a reader with all views, earlier films and the history would have said: radiologists read the film alone, and drew the boxes.',
  nih: 'Whether a label is right on one film: a program mined the labels from reports, whose writers had the history and other films; some are wrong, some name what the film does not show.',
  chexpert:
    'Whether a label is right on one film: a program mined the labels from reports, whose writers had the history and other films; only those of the data set’s own validation part are of radiologists who read the films.',
  classes: 'Whether a class is right on one film: the folder does not tell who gave it, or from what.',
}

export const dataLimits = ({ layout, splits, whole }: ReportCohort): Markup => {
  const tests = splits.flatMap(({ parts }) => parts.filter(({ part }) => part === 'test'))
  const fewest = tests.reduce<number | undefined>(
    (least, { positives }) => (positives === null ? least : Math.min(least ?? Infinity, positives)),
    undefined,
  )
  const views = Object.keys(whole.views).filter((view) => view !== '')
  const lines = [
    layout === 'phantom'
      ? 'How a method does on patients: these films show how it behaves where the truth is known.'
      : 'How a method does in another hospital: all films are of one collection.',
    ...(fewest === undefined
      ? []
      : [
          `Small differences: the test part has ${count(fewest, 'film')} with the finding, and the tables say what difference so many would show four times in five.`,
        ]),
    ...(layout === 'phantom'
      ? []
      : ['How often the finding is met in a clinic: the films were chosen, and so was their share of findings.']),
    labelled[layout] ?? 'Whether a label is right on one film: how the labels were made is not known here.',
    ...(layout !== 'phantom' && views.length > 1
      ? [
          `What is seen apart from how it was taken: ${views.join(' and ')} films differ, and sicker patients are taken otherwise.`,
        ]
      : []),
    ...(splits.some(({ unit }) => unit === 'film')
      ? [
          splits.every(({ unit }) => unit === 'film')
            ? 'How a method does on patients whom it has not seen: the split is by film.'
            : 'How a method does on patients whom it has not seen, from numbers of a split by film.',
        ]
      : []),
  ]
  return markup`<ul class="plain">
${lines.map((line) => markup`<li>${line}</li>\n`)}</ul>
`
}
