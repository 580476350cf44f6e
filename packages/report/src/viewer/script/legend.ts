// Whose boxes are drawn, what their lines mean, and from which score on.
/// <reference lib="dom" />
import { formatNumber } from '../../text/formatNumber.ts'
import { TRUTH } from '../ViewerData.ts'
import type { MarkData } from '../ViewerData.ts'
import type { Bench } from './Bench.ts'
import type { Choice } from './Choice.ts'
import { colourOf } from './drawMarks.ts'
import { element, isolated, svgElement } from './element.ts'
import { letterOf, markWords } from './outcomeWords.ts'
import { layerOf } from './pane.ts'

const sample = (style: string): SVGElement =>
  svgElement(
    'svg',
    { class: 'sample', width: 34, height: 14, 'aria-hidden': 'true' },
    svgElement('g', { class: `mark line-${style}` }, svgElement('path', { class: 'box', d: 'M1 7H33' })),
  )

/** Boxes that fit the layer on the left, or the one on the right where that has none: a film's frames repeat its boxes. */
const ownMarks = (bench: Bench, now: Choice, set: string): ReadonlyArray<MarkData> => {
  const marks = bench.data.films[now.film]?.marks ?? []
  const frames = ([0, 1] as const).map((side) => layerOf(bench, now, side)?.frame)
  const frame = frames.find((one) => marks.some((mark) => mark.frame === one))
  return marks.filter((mark) => mark.set === set && mark.frame === frame)
}

/** `3 boxes: 2 found by plain, attention; 1 missed`: an outcome may name arms, hence the semicolon. */
const tally = (marks: ReadonlyArray<MarkData>): string => {
  if (marks.length === 0) return 'no box here'
  const outcomes = new Map<string, number>()
  for (const { outcome } of marks) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  const parts = [...outcomes].map(([outcome, n]) => markWords(outcome, n))
  return `${marks.length === 1 ? '1 box' : `${marks.length} boxes`}: ${parts.join('; ')}`
}

export const legend = (bench: Bench): HTMLElement => {
  const { data, store } = bench
  const rows = data.sets.map((set) => {
    const box = element('input', { type: 'checkbox' })
    box.addEventListener('change', () => {
      const hidden = new Set(store.get().hidden)
      if (box.checked) hidden.delete(set)
      else hidden.add(set)
      store.set({ hidden })
    })
    const found = element('span', { class: 'note' })
    const row = element(
      'li',
      {},
      element(
        'label',
        { class: 'check' },
        box,
        element('b', { class: `letter ${colourOf(data, set)}` }, letterOf(data.sets, set, TRUTH)),
        element('span', {}, isolated(set === TRUTH ? 'true boxes' : set), ' ', found),
      ),
    )
    return { set, box, found, row }
  })
  const least = element('input', { type: 'range', min: 0, max: 1, step: 0.01 })
  const shown = element('output', {})
  least.addEventListener('input', () => store.set({ least: Number(least.value) }))
  const words = element('input', { type: 'checkbox' })
  words.addEventListener('change', () => store.set({ words: words.checked }))
  const all = element('ul', { class: 'sets' }, ...rows.map(({ row }) => row))
  store.follow((now) => {
    for (const { set, box, found } of rows) {
      box.checked = !now.hidden.has(set)
      found.textContent = tally(ownMarks(bench, now, set))
    }
    least.value = String(now.least)
    shown.textContent = formatNumber(now.least, 2)
    words.checked = now.words
  })
  if (data.sets.length === 0) return element('p', { class: 'note' }, 'No boxes are known for these films.')
  return element(
    'fieldset',
    { class: 'box-legend' },
    element('legend', {}, 'Boxes'),
    all,
    element(
      'ul',
      { class: 'lines', 'aria-label': 'Styles of line' },
      ...(
        [
          ['found', 'true box, found'],
          ['missed', 'true box, missed'],
          ['hit', 'detection, a hit'],
          ['false', 'detection, a false alarm'],
          ['other', 'not compared'],
        ] as const
      ).map(([style, text]) => element('li', {}, sample(style), text)),
    ),
    element('label', { class: 'check' }, words, element('span', {}, 'words beside the boxes')),
    element('label', { class: 'field slide' }, element('span', {}, 'from score'), least, shown),
    element(
      'p',
      { class: 'note' },
      'The score only hides detections: hits, misses and outcomes are those of the run, and what lies below an arm’s threshold is not in the page.',
    ),
  )
}
