// What outcomes, scores and errors of films are: said in the viewer's section, with its script and without.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

const words: ReadonlyArray<readonly [word: string, meaning: string]> = [
  [
    'threshold',
    'the score from which on an arm’s detections count, tuned on the validation part; below it none is shown',
  ],
  [
    'hit, false alarm',
    'a detection that overlaps a true box by more than .40 (IoU), each true box taken once; one that does not',
  ],
  ['found, missed', 'a true box that is hit, by the arms named, or by none'],
  [
    'true positive',
    'a film with the finding: at least one true box is hit by a detection at or above the arm’s threshold',
  ],
  ['false negative', 'a film with the finding on which no true box is hit, whatever is detected elsewhere'],
  ['true negative, false positive', 'a film without the finding on which nothing, or something, is detected'],
  ['score', 'of a film: that of the arm’s surest detection at or above its threshold; a dash where there is none'],
  [
    'error',
    '1 − the film’s score by the metric named beside it: 0 is best, 1 worst; a dash where that metric leaves the film out',
  ],
]

export const viewerWords = (): Markup => markup`<details class="glossary">
<summary>What outcome, score and error mean</summary>
<dl>
${words.map(([word, meaning]) => markup`<div><dt>${word}</dt><dd>${meaning}</dd></div>\n`)}</dl>
</details>
`
