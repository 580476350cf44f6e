// A page that is one document, holds the number it was given, and escapes what it was told.
import { renderReport, type ReportInput } from '@radiograft/report'

const input: ReportInput = {
  title: 'mine & yours',
  doc: 'What was tried.',
  preset: 'quick',
  seed: 1,
  command: '',
  figures: [],
  metrics: [{ arm: 'plain', part: 'test', metric: 'ap', value: 0.21, low: 0.17, high: 0.25, n: 250, unit: '' }],
  mainMetrics: [],
  tables: [],
  pictures: [],
  marks: [],
  cases: [],
  models: [],
  cohorts: [],
  stages: [],
  params: [],
  axes: {},
  datasets: [],
  attribution: [],
  notBuilt: [],
}
const { html, tiles } = renderReport(input)
console.log(html.startsWith('<!doctype html>'), html.includes('mine &amp; yours'), html.includes('mine & yours')) // true true false
console.log(html.includes('<script'), html.includes('0.21'), html === renderReport(input).html, tiles.length) // false true true 0

// with a film there is one script, which the page's policy allows by its hash
const png = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)
const place = { film: '</script>', layer: 'film', order: 0, frame: 'film', width: 1, height: 1, low: 0, high: 1, png }
const seen = renderReport({ ...input, pictures: [place] }).html
console.log(seen.split("'sha256-").length - 1, seen.includes('&lt;/script&gt;')) // 1 true
