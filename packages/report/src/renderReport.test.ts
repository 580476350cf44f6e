import { expect, test } from '@jest/globals'
import { escapeText } from './markup/escapeText.ts'
import type { ReportInput } from './ReportInput.ts'
import { renderReport as render } from './renderReport.ts'
import { emptyInput, exampleInput } from './testing/exampleInput.ts'
import { HOSTILE, hostileInput } from './testing/hostileInput.ts'

const renderReport = (input: ReportInput): string => render(input).html

const example = exampleInput()

const headings = (page: string): ReadonlyArray<string> =>
  [...page.matchAll(/<h2 id="[\w-]+">(.*?)<\/h2>/g)].map(([, title]) => title!)

test('all sections, answers first', () => {
  expect(headings(renderReport(example))).toEqual([
    'On this page',
    'What was asked, and the answers',
    'The numbers, with their intervals',
    'The films',
    'The films: data cards',
    'Pictures, step by step',
    'Training curves',
    'The networks: model cards',
    'Further tables',
    'How it was made: the pipeline',
    'How it was made: settings',
    'How it was made: stages',
    'Not built yet',
    'Films: sources and attribution',
  ])
})

test('equal bytes for an equal input, another page for another input', () => {
  const page = renderReport(example)
  expect(renderReport(exampleInput())).toBe(page)
  expect(renderReport({ ...example, seed: 2 })).not.toBe(page)
})

test('a run with nothing to show is a page all the same', () => {
  const page = renderReport(emptyInput())
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
  expect(headings(page)).toEqual(['On this page'])
  expect(page).toContain('0 stages, 0.00 s of computing')
})

const metric = { arm: 'a', part: 'test', metric: 'm', value: 0.5, low: NaN, high: NaN, n: 3, unit: '' }
const withMetrics = (metrics: ReportInput['metrics']): string => renderReport({ ...emptyInput(), metrics })

test('what cannot be given is a dash', () => {
  expect(withMetrics([metric])).toContain('<td class="number interval">–</td>')
  expect(withMetrics([{ ...metric, value: NaN }])).toContain('<data value="NaN" title="NaN">–</data>')
  expect(withMetrics([{ ...metric, low: 0.25 }])).toContain(
    '[<data value="0.25" title="0.25">0.250</data>, <data value="NaN" title="NaN">–</data>]',
  )
})

test('numbers are kept whole beside what is shown', () => {
  expect(withMetrics([{ ...metric, value: 0.123456789 }])).toContain(
    '<data value="0.123456789" title="0.123456789">0.123</data>',
  )
})

/** Every text in it, keys of records too; not what only chooses a place, nor the drawing's source, which the page draws itself. */
const textsOf = (value: unknown, key = ''): ReadonlyArray<string> => {
  if (['name', 'mediaType', 'layout', 'layouts', 'unit', 'curves'].includes(key)) return []
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one))
  return Object.entries(value).flatMap(([name, one]) => textsOf(one, name))
}

test('every text of the input is on the page, whole and escaped', () => {
  const hostile = hostileInput(example)
  const page = renderReport(hostile)
  const texts = [...new Set(textsOf(hostile))]
  expect(texts.length).toBeGreaterThan(300)
  expect(texts.filter((text) => !page.includes(escapeText(text)))).toEqual([])
  expect(page).not.toContain(HOSTILE)
  expect(page).not.toMatch(/<script|<iframe|<img src=x|<svg onload/)
  expect(page.match(/<\/style>/g)).toHaveLength(1)
})

test('a picture of an unknown type is named, not shown', () => {
  const [first] = example.figures
  const figure = { ...first!.figure, mediaType: 'text/html"><script>' as 'image/png' }
  const page = renderReport({ ...emptyInput(), figures: [{ name: 'x', figure, arms: [] }] })
  expect(page).toContain('A picture of type text/html&quot;&gt;&lt;script&gt;, which this page cannot show.')
  expect(page).not.toContain('<img')
})

test('a verdict that is not known is set as one that cannot be told', () => {
  const table = {
    title: 't',
    rows: '',
    columns: ['claim', 'verdict', 'films', 'the paper'],
    cells: [
      ['one', 'holds', 12],
      ['two', 'maybe', null],
    ],
  }
  const page = renderReport({ ...emptyInput(), tables: [{ name: 'verdicts', table }] })
  expect(page).toContain('<p class="verdict holds"><span aria-hidden="true">✓</span> holds</p>')
  expect(page).toContain('<p class="verdict unsure"><span aria-hidden="true">?</span> maybe</p>')
  expect(page).toContain('cannot tell: 1</li>')
  expect(page.match(/<dt>films<\/dt>/g)).toHaveLength(1)
})

test('a table keeps numbers to the right, texts to the left, gaps as dashes', () => {
  const table = {
    title: 't',
    rows: 'G1',
    columns: ['name', 'n'],
    cells: [
      ['a', 1.5],
      ['b', null],
    ],
    note: 'N',
  }
  const page = renderReport({ ...emptyInput(), tables: [{ name: 'any', table }] })
  expect(page).toContain('<th scope="col" class="text">name</th><th scope="col" class="number">n</th>')
  expect(page).toContain('<td class="number">–</td>')
  expect(page).toContain('<p class="note">N</p>')
})
