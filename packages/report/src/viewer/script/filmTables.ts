// What the film's pictures show, in words and numbers: facts, outcomes by arm, boxes.
/// <reference lib="dom" />
import { TRUTH } from '../ViewerData.ts'
import type { FilmData, ViewerData } from '../ViewerData.ts'
import type { Bench } from './Bench.ts'
import { colourOf } from './drawMarks.ts'
import { element, isolated } from './element.ts'
import { numberElement } from './numberElement.ts'
import { letterOf, markWord, outcomeSign, outcomeWord } from './outcomeWords.ts'

type Cell = Node | string

const fact = (name: string, ...value: ReadonlyArray<Cell>): HTMLElement =>
  element('div', {}, element('dt', {}, name), element('dd', {}, ...value))

const facts = (film: FilmData): HTMLElement =>
  element(
    'dl',
    { class: 'facts' },
    fact('class', isolated(film.class === '' ? 'not given' : film.class)),
    fact('part', isolated(film.part === '' ? 'not given' : film.part)),
    fact(
      'finding',
      film.target === null
        ? 'not given'
        : film.target === 1
          ? 'there'
          : film.target === 0
            ? 'not there'
            : String(film.target),
    ),
  )

const table = (
  caption: string,
  columns: ReadonlyArray<readonly [name: string, numeric: boolean]>,
  rows: ReadonlyArray<ReadonlyArray<Cell>>,
): HTMLElement =>
  element(
    'div',
    { class: 'scroller', tabindex: 0, role: 'group', 'aria-label': `${caption}, table` },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map(([name, numeric]) =>
            element('th', { scope: 'col', class: numeric ? 'number' : 'text' }, name),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map((cells) =>
          element(
            'tr',
            {},
            ...cells.map((cell, i) => {
              const kind = { class: columns[i]![1] ? 'number' : 'text' }
              return i === 0 ? element('th', { scope: 'row', ...kind }, cell) : element('td', kind, cell)
            }),
          ),
        ),
      ),
    ),
  )

const named = (data: ViewerData, set: string): HTMLElement =>
  element(
    'span',
    {},
    ...(data.sets.includes(set)
      ? [element('b', { class: `letter ${colourOf(data, set)}` }, letterOf(data.sets, set, TRUTH)), ' ']
      : []),
    isolated(set === TRUTH ? 'true box' : set),
  )

const outcomes = (data: ViewerData, film: FilmData): HTMLElement =>
  film.cases.length === 0
    ? element('p', { class: 'note' }, 'No arm was judged on this film.')
    : table(
        'What each arm made of it',
        [
          ['arm', false],
          ['outcome', false],
          ['score', true],
          ['error', true],
          ['measured by', false],
        ],
        film.cases.map(({ arm, outcome, score, error, metric }) => [
          named(data, arm),
          element('span', {}, `${outcomeSign(outcome)} `, isolated(outcomeWord(outcome))),
          numberElement(score),
          numberElement(error),
          isolated(metric),
        ]),
      )

/** ` (256 × 256)`; by frame where frames differ, since a box is in pixels of its own. Pictures may be smaller than films. */
const sizesOf = ({ layers, marks }: FilmData): string => {
  const frames = new Set(marks.map(({ frame }) => frame))
  const sizes = new Map(
    layers.flatMap(({ frame, width, height }) => (frames.has(frame) ? [[frame, `${width} × ${height}`] as const] : [])),
  )
  const distinct = [...new Set(sizes.values())]
  if (distinct.length === 0) return ''
  return ` (${distinct.length === 1 ? distinct[0]! : [...sizes].map(([frame, size]) => `${frame}: ${size}`).join(', ')})`
}

const boxes = (data: ViewerData, film: FilmData): HTMLElement => {
  if (film.marks.length === 0) return element('p', { class: 'note' }, 'No boxes on this film.')
  const digits = (value: number | null): Node => numberElement(value, 1)
  return table(
    `Boxes, in pixels of the shown pictures${sizesOf(film)}`,
    [
      ['whose', false],
      ['outcome', false],
      ['score', true],
      ['left', true],
      ['top', true],
      ['right', true],
      ['bottom', true],
      ['fits layers of', false],
    ],
    film.marks.map(({ set, outcome, score, box, frame }) => [
      named(data, set),
      isolated(markWord(outcome)),
      numberElement(score),
      ...box.map(digits),
      isolated(frame),
    ]),
  )
}

/** Layers, with what black and white pixels of them stand for. */
const layers = ({ layers }: FilmData): HTMLElement =>
  table(
    'Layers',
    [
      ['layer', false],
      ['frame', false],
      ['width', true],
      ['height', true],
      ['black', true],
      ['white', true],
    ],
    layers.map(({ layer, frame, width, height, low, high }) => [
      isolated(layer),
      isolated(frame),
      numberElement(width),
      numberElement(height),
      numberElement(low),
      numberElement(high),
    ]),
  )

export const filmTables = ({ data, store }: Bench): HTMLElement => {
  const root = element('div', { class: 'film-tables' })
  store.follow((now, before) => {
    if (now !== before && now.film === before.film) return
    const film = data.films[now.film]
    root.replaceChildren(
      ...(film
        ? [facts(film), outcomes(data, film), boxes(data, film), ...(film.layers.length > 0 ? [layers(film)] : [])]
        : []),
    )
  })
  return root
}
