// The boxes over a film, in CSS pixels of its pane, so that lines and words keep their size at every zoom.
/// <reference lib="dom" />
import { formatNumber } from '../../text/formatNumber.ts'
import { TRUTH } from '../ViewerData.ts'
import type { FilmData, MarkData, ViewerData } from '../ViewerData.ts'
import type { Choice } from './Choice.ts'
import { svgElement } from './element.ts'
import { letterOf, lineStyleOf, markWord } from './outcomeWords.ts'
import { placeWords } from './placeWords.ts'
import type { Box } from './placeWords.ts'
import type { Placed, Size } from './view.ts'

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

const drawBox = (data: ViewerData, mark: MarkData, box: Box): SVGGElement =>
  svgElement(
    'g',
    { class: `mark ${colourOf(data, mark.set)} line-${lineStyleOf(mark.outcome)}` },
    svgElement('rect', { class: 'halo', ...box }),
    svgElement('rect', { class: 'box', ...box }),
  )

const boxOf = ({ box }: MarkData, { left, top, scale }: Placed): Box => {
  const [x0, y0, x1, y1] = box.map((side) => side! * scale) as [number, number, number, number]
  return { x: left + x0, y: top + y0, width: Math.max(x1 - x0, 0), height: Math.max(y1 - y0, 0) }
}

/**
 * The boxes of a film over its picture.
 * @param pane its size, so that words stay inside
 * @param labels words beside the boxes
 */
export const drawMarks = (
  svg: SVGSVGElement,
  data: ViewerData,
  marks: ReadonlyArray<MarkData>,
  placed: Placed,
  pane: Size,
  labels: boolean,
): void => {
  const boxes = marks.map((mark) => boxOf(mark, placed))
  const drawn = marks.map((mark, i) => drawBox(data, mark, boxes[i]!))
  // after all boxes, whose lines would cross them
  const texts = labels ? marks.map((mark) => words(data, mark)) : []
  const places = labels ? placeWords(boxes, texts, pane) : []
  const written = places.flatMap((at, i) =>
    at
      ? [svgElement('g', { class: `words ${colourOf(data, marks[i]!.set)}` }, svgElement('text', { ...at }, texts[i]))]
      : [],
  )
  svg.replaceChildren(...drawn, ...written)
}
