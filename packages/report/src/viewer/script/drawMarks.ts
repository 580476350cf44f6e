// The boxes over a film, in CSS pixels of its pane, so that lines and words keep their size at every zoom.
/// <reference lib="dom" />
import { formatNumber } from '../../text/formatNumber.ts'
import { TRUTH } from '../ViewerData.ts'
import type { FilmData, MarkData, ViewerData } from '../ViewerData.ts'
import type { Choice } from './Choice.ts'
import { svgElement } from './element.ts'
import { letterOf, lineStyleOf, markWord } from './outcomeWords.ts'
import type { Placed } from './view.ts'

/** The boxes that are drawn: of the layer's frame, of the sets shown, true boxes whatever the score. */
export const marksShown = (film: FilmData, frame: string, choice: Choice): ReadonlyArray<MarkData> =>
  film.marks.filter(
    (mark) =>
      mark.frame === frame &&
      !choice.hidden.has(mark.set) &&
      (mark.score === null || mark.score >= choice.least) &&
      mark.box.every((side) => side !== null),
  )

/** Place of a set's colour in the style sheet; the letter beside each box says the same. */
export const colourOf = (data: ViewerData, set: string): string =>
  set === TRUTH ? 'set-truth' : `set-${data.sets.filter((one) => one !== TRUTH).indexOf(set) % 6}`

const words = (data: ViewerData, { set, outcome, score }: MarkData): string =>
  `${letterOf(data.sets, set, TRUTH)} ${markWord(outcome)}${score === null ? '' : ` ${formatNumber(score, 2)}`}`

/** Words stand at another corner for each set, lest they hide one another where boxes agree. */
const corner = (i: number): { readonly right: boolean; readonly below: boolean } => ({
  right: i % 4 >= 2,
  below: i % 4 === 1 || i % 4 === 2,
})

const drawMark = (data: ViewerData, mark: MarkData, { left, top, scale }: Placed, labels: boolean): SVGGElement => {
  const [x0, y0, x1, y1] = mark.box.map((side) => side! * scale) as [number, number, number, number]
  const box = { x: left + x0, y: top + y0, width: Math.max(x1 - x0, 0), height: Math.max(y1 - y0, 0) }
  const drawn = svgElement(
    'g',
    { class: `mark ${colourOf(data, mark.set)} line-${lineStyleOf(mark.outcome)}` },
    svgElement('rect', { class: 'halo', ...box }),
    svgElement('rect', { class: 'box', ...box }),
  )
  if (!labels) return drawn
  const { right, below } = corner(data.sets.indexOf(mark.set))
  drawn.append(
    svgElement(
      'text',
      {
        x: right ? box.x + box.width : box.x,
        y: below ? box.y + box.height + 13 : box.y - 4,
        'text-anchor': right ? 'end' : 'start',
      },
      words(data, mark),
    ),
  )
  return drawn
}

export const drawMarks = (
  svg: SVGSVGElement,
  data: ViewerData,
  marks: ReadonlyArray<MarkData>,
  placed: Placed,
  labels: boolean,
): void => svg.replaceChildren(...marks.map((mark) => drawMark(data, mark, placed, labels)))
