// The words that a reader meets on the page, each said once.
import { noSpreadMeaning } from '../exhibits/intervalText.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

const words: ReadonlyArray<readonly [word: string, meaning: string]> = [
  ['film', 'one chest radiograph'],
  ['phantom', 'a film that was computed, so that its truth is known; of no patient'],
  ['twin', 'a phantom without its lesion, all else equal'],
  ['ground truth', 'the boxes that readers (or the phantom) drew around findings'],
  ['reference, moving film', 'the film that others are aligned to; the film that is being aligned'],
  ['donor, recipient', 'the film that pixels are taken from; the film that they are put into'],
  ['graft', 'donor pixels put into a box of the recipient; blended when the seam is removed'],
  ['pseudo-normal', 'a film whose lesion was replaced by normal lung'],
  ['residual', 'the absolute difference between a film and its generated normal: where the lesion should be'],
  ['arm, control', 'one variant under comparison; a variant that should not help'],
  ['AP', 'average precision of a detector, 0 to 1, higher is better; the protocol is part of the metric’s name'],
  [
    'interval',
    'where the value lies with 95 % confidence: by resampling patients, and with several training seeds by Student’s t over the spread of both; in brackets',
  ],
  ['no spread', 'beside an interval of no width: ' + noSpreadMeaning.replace(/^No spread: /, '').replace(/\.$/, '')],
  ['n', 'how many films, patients or pairs a value was taken over'],
  ['train, validation, test', 'the parts of the films, by patient; what is reported comes from the test part'],
  ['row, such as G24', 'the line of the project’s acceptance list that a result answers'],
]

export const glossary = (): Markup => markup`<details class="glossary">
<summary>Words used on this page</summary>
<dl>
${words.map(([word, meaning]) => markup`<div><dt>${word}</dt><dd>${meaning}</dd></div>\n`)}</dl>
</details>
`
