// What `show` is made of: tables, plots, pictures, each against values derived by hand.
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { PictureRow } from '@radiograft/pipeline'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { paintFor } from '../text/paint.ts'
import { blockLines, drawingFor, sixelOf } from './drawPicture.ts'
import { filmGrid, pngOf, rangeOf, resized, windowOf } from './filmGrid.ts'
import { layerLines } from './layerLines.ts'
import { networkLines } from './networkLines.ts'
import { plotLines } from './plotLines.ts'
import { shortenColumns } from './shortenColumns.ts'
import { logTail } from './showStage.ts'
import { csvOf, jsonText } from './tableFiles.ts'
import { cut, tableLines } from './tableLines.ts'

const paint = paintFor(false)

describe('tables', () => {
  const rows = [
    { film: 'a', value: 0.5 },
    { film: 'long-name', value: Number.NaN },
    { film: 'c', value: 2 },
  ]
  it('aligned, numbers to the right, what is left out is said', () => {
    expect(tableLines(['film', 'value'], rows, 2, Infinity, paint)).toEqual([
      'film        value',
      'a          0.5000',
      'long-name       –',
      '… 1 more of 3 rows: --rows <n>, or --all',
    ])
    expect(tableLines(['film'], [], 2, Infinity, paint)).toEqual(['film', '(no rows)'])
  })
  it('cut to the terminal', () => {
    // two names and their values do not fit beside each other
    expect(tableLines(['film', 'value'], rows, 1, 8, paint).slice(0, 4)).toEqual(['film', 'a', 'value', '0.5000'])
    expect(cut('über', 4)).toBe('über')
    expect(cut('übers', 4)).toBe('übe…')
  })
  it('the widest texts are shortened first, so that every column is seen; numbers are whole', () => {
    // 4 + 2 + 20 + 2 + 40 + 2 + 6 = 76; at 50 columns 50 − 6 − 4 − 6 = 34 are left for two texts: 17 each
    expect(shortenColumns([4, 20, 40, 6], [false, false, false, true], 76)).toEqual([4, 20, 40, 6])
    expect(shortenColumns([4, 20, 40, 6], [false, false, false, true], 60)).toEqual([4, 20, 24, 6])
    expect(shortenColumns([4, 20, 40, 6], [false, false, false, true], 50)).toEqual([4, 17, 17, 6])
    expect(shortenColumns([4, 20, 40, 6], [false, false, false, true], 39)).toBeUndefined()
    const long = [{ claim: 'x'.repeat(60), verdict: 'cannot tell' }]
    const [head, line] = tableLines(['claim', 'verdict'], long, 9, 40, paint)
    expect(head).toBe(`${'claim'.padEnd(27)}  verdict`)
    expect(line).toBe(`${'x'.repeat(26)}…  cannot tell`)
  })
  it('rows of sentences stand one below the other, wrapped', () => {
    const row = {
      claim: 'Residual attention raises AP',
      paper: 'one two three four',
      flag: 'aaaaaaaaaaaaaaaaaaaaaaaaa',
    }
    expect(tableLines(['claim', 'paper', 'flag'], [row, row], 9, 27, paint).slice(0, 7)).toEqual([
      'claim  Residual attention',
      '       raises AP',
      'paper  one two three four',
      'flag   aaaaaaaaaaaaaaaaaaaa',
      '       aaaaa',
      '',
      'claim  Residual attention',
    ])
  })
  it('CSV with quotes where they are needed, bytes by their length; JSON without NaN', () => {
    const odd = [{ a: 'x, "y"', b: Number.NaN, c: new Uint8Array(3), d: null }]
    expect(csvOf(['a', 'b', 'c', 'd'], odd)).toBe('a,b,c,d\r\n"x, ""y""",NaN,3 bytes,\r\n')
    expect(JSON.parse(jsonText(odd))).toEqual([{ a: 'x, "y"', b: null, c: { bytes: 3 }, d: null }])
  })
})

describe('pictures', () => {
  const two = [Float32Array.of(0, 1, 0.5, 0.25), Float32Array.of(1, 1, 1, 1)]
  const size = { height: 2, width: 2 }
  it('two films side by side, two pixels of grey 96 between', () => {
    expect(rangeOf(two)).toEqual({ low: 0, high: 1, mean: (1.75 + 4) / 8 })
    const { width, height, grey } = filmGrid(two, size, 2, [0, 1])
    expect([width, height]).toEqual([6, 2])
    expect([...grey]).toEqual([0, 255, 96, 96, 255, 255, 128, 64, 96, 96, 255, 255])
  })
  it('black and white are 0 and 1, or the range of what is faint', () => {
    expect(windowOf({ low: 0, high: 0.9, mean: 0.1 })).toEqual([0, 1])
    expect(windowOf({ low: 0.01, high: 0.06, mean: 0.02 })).toEqual([0.01, 0.06])
    expect(windowOf({ low: 0.2, high: 0.2, mean: 0.2 })).toEqual([0, 1])
  })
  it('a PNG that gives the same grey back', async () => {
    const grid = filmGrid(two, size, 2, [0, 1])
    const { default: sharp } = await import('sharp')
    const { data, info } = await sharp(await pngOf(grid))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([6, 2, 1])
    expect([...data]).toEqual([...grid.grey])
    const twice = await resized(grid, 12)
    expect([twice.width, twice.height, ...twice.grey.slice(0, 4)]).toEqual([12, 4, 0, 0, 255, 255])
  })
  it('layers side by side, a row a film; a smaller one grows to its cell, grey where a film has none', async () => {
    const folder = emptyFolder('layers')
    const of = async (film: string, layer: string, order: number, side: number, value: number): Promise<PictureRow> => {
      const grey = new Uint8Array(side * side).fill(value)
      const png = await pngOf({ width: side, height: side, grey })
      return { film, layer, order, frame: layer, width: side, height: side, low: 0, high: 1, png }
    }
    const rows = [
      await of('a', 'aligned', 1, 128, 200),
      await of('a', 'film', 0, 128, 10),
      await of('b', 'film', 0, 64, 30),
    ]
    const options = {
      rows: undefined,
      all: false,
      films: [],
      as: 'text',
      drawing: 'none',
      folder,
      columns: 80,
      paint,
    } as const
    const output = { stage: 'show-films', port: 'pictures' }
    const lines = await layerLines(output, rows, { ...options, out: undefined })
    expect(lines.slice(0, 2)).toEqual([
      '3 pictures of 2 films, up to 128 × 128 pixels',
      'layers, left to right: film, aligned',
    ])
    expect(lines.slice(3)).toEqual(['  row 1: a', '  row 2: b', 'its rows: --csv, --json'])
    const { default: sharp } = await import('sharp')
    const file = join(folder, 'show/show-films.pictures.png')
    expect(lines[2]).toBe(`picture  ${file}`)
    const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    // two of 128 and a gap of 2 either way
    expect([info.width, info.height, info.channels]).toEqual([258, 258, 1])
    const at = (x: number, y: number): number => data[y * 258 + x]!
    expect([at(64, 64), at(129, 64), at(194, 64), at(64, 194), at(194, 194)]).toEqual([10, 96, 200, 30, 96])
    expect((await layerLines(output, rows, { ...options, out: undefined, rows: 1 })).at(-2)).toMatch(/^1 more film: /)
  })
  it('half blocks: the upper pixel in the foreground, the lower behind it; a run of one colour is told once', () => {
    const picture = { width: 2, height: 3, grey: Uint8Array.of(0, 0, 255, 255, 128, 9) }
    expect(blockLines(picture, 'blocks')).toEqual([
      '\u001B[38;2;0;0;0;48;2;255;255;255m▀▀\u001B[0m',
      '\u001B[38;2;128;128;128;49m▀\u001B[38;2;9;9;9;49m▀\u001B[0m',
    ])
    // 16 black, 231 white, 232 + (128 − 8) / 10 = 244
    expect(blockLines(picture, 'blocks-256')[0]).toBe('\u001B[38;5;16;48;5;231m▀▀\u001B[0m')
    expect(blockLines(picture, 'blocks-256')[1]).toContain('38;5;244')
  })
  it('sixel: a decoder written from the format gives the picture back, in 32 greys', () => {
    const grey = Uint8Array.from({ length: 10 * 9 }, (_, i) => (i * 37) % 256)
    const decoded = decodeSixel(sixelOf({ width: 10, height: 9, grey }), 10, 9)
    for (const [i, value] of decoded.entries()) expect(Math.abs(value - grey[i]!)).toBeLessThanOrEqual(255 / 62 + 1.5)
  })
  it('drawn only where a terminal says that it can', () => {
    expect(drawingFor(false, { COLORTERM: 'truecolor' })).toBe('none')
    expect(drawingFor(true, { COLORTERM: 'truecolor', TERM: 'xterm-256color' })).toBe('blocks')
    expect(drawingFor(true, { TERM: 'xterm-256color' })).toBe('blocks-256')
    expect(drawingFor(true, { TERM: 'foot', COLORTERM: 'truecolor' })).toBe('sixel')
    expect(drawingFor(true, { TERM: 'vt100' })).toBe('none')
    expect(drawingFor(true, { TERM: 'xterm-256color', NO_COLOR: '1' })).toBe('none')
  })
})

/** `#n` chooses a grey, `!n` repeats, `$` goes back, `-` six rows on; a character's bits are six pixels from above. */
const decodeSixel = (text: string, width: number, height: number): Uint8Array => {
  const grey = new Uint8Array(width * height)
  const palette = new Map<number, number>()
  let [x, top, colour] = [0, 0, 0]
  const body = text.slice(text.indexOf('q') + 1, text.lastIndexOf('\u001B'))
  for (const [token] of body.matchAll(/"[\d;]+|#\d+;2;\d+;\d+;\d+|#\d+|!\d+.|./gs)) {
    const repeat = /^!(\d+)(.)$/s.exec(token)
    if (token.startsWith('"')) continue
    if (token.startsWith('#')) {
      const [n, , share] = token.slice(1).split(';').map(Number)
      if (share === undefined) colour = n!
      else palette.set(n!, Math.round((share * 255) / 100))
    } else if (token === '$') x = 0
    else if (token === '-') [x, top] = [0, top + 6]
    else {
      const bits = (repeat?.[2] ?? token).charCodeAt(0) - 63
      for (let k = Number(repeat?.[1] ?? 1); k > 0; k--, x++)
        for (let dy = 0; dy < 6; dy++) if (bits & (1 << dy)) grey[(top + dy) * width + x] = palette.get(colour)!
    }
  }
  return grey
}

describe('curves', () => {
  it('a fall from corner to corner; the greatest above, the least below', () => {
    // 20 dots across, 24 down: (0, 0), (1, 1) | (2, 2), (2, 3) … (17, 20), (17, 21) | (18, 22), (19, 23)
    const points = [
      { step: 0, value: 4 },
      { step: 10, value: 2 },
    ]
    const [head, first, ...rest] = plotLines({ name: 'loss', points }, 14)
    expect(head).toBe('loss  2 points, last 2')
    expect(first).toBe(' 4 │⠑⡄')
    expect(rest.at(-2)).toMatch(/^ 2 │ +⠘⢄$/)
    expect(rest.at(-1)).toMatch(/^ +0 +10$/)
  })
  it('one value, and none that is a number', () => {
    expect(plotLines({ name: 'x', points: [{ step: 3, value: 1 }] }, 30)).toHaveLength(8)
    expect(plotLines({ name: 'x', points: [{ step: 3, value: Number.NaN }] }, 30)).toEqual([
      'x  1 point, last –',
      '  (no finite value)',
    ])
  })
})

it('tensors: norm 5 of 3 and 4; what is not finite is named', () => {
  const tensors = {
    a: { shape: [2, 2], data: Float32Array.of(3, 0, 4, 0) },
    bad: { shape: [1], data: Float32Array.of(Number.NaN) },
  }
  const lines = networkLines({ config: { x: 1 }, tensors }, 9, Infinity, paint)
  expect(lines[0]).toBe('5 values in 2 tensors')
  expect(lines).toContain('not finite: bad')
  expect(lines.find((line) => line.startsWith('  a '))).toMatch(/2 × 2 +4 +5 +2\.500$/)
})

it('the end of a log: what a bar drew last, no empty lines', () => {
  expect(logTail('one\n1/3\r2/3\r3/3\n\nlast  \n', 2)).toEqual(['3/3', 'last'])
})
