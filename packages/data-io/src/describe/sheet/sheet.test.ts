import { describe, expect, it } from '@jest/globals'
import { filmOf, filmsOf } from '../testing/filmOf.ts'
import { drawContactSheet, SHEET_FILM } from './drawContactSheet.ts'
import { glyphRows } from './glyphRows.ts'
import { cutText, INK, ORANGE, sheetCanvas, wrapAnywhere } from './SheetCanvas.ts'
import type { Rgb, SheetCanvas } from './SheetCanvas.ts'
import { sheetRows } from './sheetRows.ts'

const at = ({ pixels, width }: SheetCanvas, x: number, y: number): ReadonlyArray<number> => [
  ...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
]
/** A part of the canvas as text: `#` where it has the colour. */
const picture = (canvas: SheetCanvas, width: number, height: number, ink: Rgb): ReadonlyArray<string> =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (at(canvas, x, y).join() === ink.join() ? '#' : '.')).join(''),
  )

describe('letters', () => {
  it('an L and a g, 6 x 13', () => {
    const canvas = sheetCanvas(12, 13)
    canvas.text('Lg', 0, 0)
    expect(picture(canvas, 12, 13, INK)).toEqual([
      '............',
      '............',
      '#...........',
      '#...........',
      '#...........',
      '#......###..',
      '#.....#...#.',
      '#.....#...#.',
      '#.....#...#.',
      '#......####.',
      '#####.....#.',
      '......#...#.',
      '.......###..',
    ])
  })
  it('twice as large', () => {
    const canvas = sheetCanvas(12, 26)
    canvas.text('L', 0, 0, { scale: 2 })
    expect(picture(canvas, 12, 26, INK).slice(19, 23)).toEqual([
      '##..........',
      '##########..',
      '##########..',
      '............',
    ])
  })
  it('accents are taken off, what has no letter is a question mark', () => {
    expect(glyphRows('é')).toEqual(glyphRows('e'))
    expect(glyphRows('肺')).toEqual(glyphRows('?'))
  })
  it('words that are too long end in two dots, ids go on in the next line', () => {
    expect(cutText('abcdef', 36)).toBe('abcdef')
    expect(cutText('abcdefg', 36)).toBe('abcd..')
    expect(wrapAnywhere('abcdefgh', 18)).toEqual(['abc', 'def', 'gh'])
  })
})

describe('films and boxes', () => {
  it('a film in grey, beyond [0, 1] black and white', () => {
    const canvas = sheetCanvas(4, 4)
    canvas.film(Float32Array.of(-1, 0.5, 1, 2), 2, 1, 1)
    expect([at(canvas, 1, 1), at(canvas, 2, 1), at(canvas, 1, 2), at(canvas, 2, 2)].map(([grey]) => grey)).toEqual([
      0, 128, 255, 255,
    ])
    expect(at(canvas, 0, 0)).toEqual([255, 255, 255])
  })
  it('the outermost pixels of a box are orange, none outside of its film', () => {
    const canvas = sheetCanvas(12, 12)
    canvas.film(new Float32Array(100), 10, 1, 1)
    // columns 2 to 8, rows 3 to 11, which leave a film of 10
    canvas.box([2, 3, 9, 12], 10, 1, 1)
    expect(picture(canvas, 12, 12, ORANGE)).toEqual([
      '............',
      '............',
      '............',
      '............',
      '...#######..',
      '...#######..',
      '...##...##..',
      '...##...##..',
      '...##...##..',
      '...##...##..',
      '...##...##..',
      '............',
    ])
  })
})

describe('which films are shown', () => {
  const names = (films: ReadonlyArray<{ readonly film: string }>) => films.map(({ film }) => film)
  it('positives, normal films, then the largest other classes', () => {
    const films = [
      ...filmsOf(2, 'mass', { class: 'Mass' }),
      ...filmsOf(3, 'nodule', { class: 'Nodule' }),
      ...filmsOf(1, 'normal', {}),
      ...filmsOf(2, 'ill', { target: 1 }),
    ]
    const { rows, hidden } = sheetRows({ films, finding: 'Opacity' }, 3, 6)
    expect(rows.map(({ title }) => title)).toEqual(['Opacity, positive: 2 films', 'Normal: 1 film', 'Nodule: 3 films'])
    expect(hidden).toBe(1)
  })
  it('evenly over the list, one film a patient', () => {
    const films = Array.from({ length: 12 }, (_, i) =>
      filmOf(`f${String(i).padStart(2, '0')}`, { patient: `p${i >> 1}` }),
    )
    // six patients, their first films 0, 2, … 10; of these every other from the middle of a third
    const { rows } = sheetRows({ films, finding: 'Opacity' }, 3, 3)
    expect(rows[0]).toMatchObject({ title: 'Normal: 12 films, 3 shown' })
    expect(names(rows[0]!.films)).toEqual(['f02', 'f06', 'f10'])
  })
  it('more films of a patient where there are few patients', () => {
    const films = filmsOf(5, 'f', { patient: 'p' })
    expect(names(sheetRows({ films, finding: 'Opacity' }, 3, 4).rows[0]!.films)).toHaveLength(4)
  })
  it('films with boxes come first: they are to be looked at', () => {
    const boxes = [{ box: [0, 0, 5, 5], label: 'Opacity' }] as const
    const films = [...filmsOf(9, 'a', { target: 1 }), filmOf('b', { target: 1, boxes })]
    expect(names(sheetRows({ films, finding: 'Opacity' }, 3, 2).rows[0]!.films)).toContain('b')
  })
})

it('the sheet grows with its rows, and with names that take two lines', () => {
  const cell = { pixels: new Float32Array(SHEET_FILM ** 2), boxes: [], name: 'a', lines: ['AP'] }
  const heightOf = (...cells: ReadonlyArray<typeof cell>) =>
    drawContactSheet({ title: 'films', notes: ['note'], rows: [{ title: 'row', cells }] }).height
  expect(heightOf({ ...cell, name: 'x'.repeat(40) }) - heightOf(cell)).toBe(15)
  const two = drawContactSheet({
    title: 'films',
    notes: [],
    rows: [
      { title: 'a', cells: [cell] },
      { title: 'b', cells: [cell] },
    ],
  })
  const one = drawContactSheet({ title: 'films', notes: [], rows: [{ title: 'a', cells: [cell] }] })
  expect(two.height - one.height).toBeGreaterThan(SHEET_FILM)
  expect(two.width).toBe(one.width)
})
