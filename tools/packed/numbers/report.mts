// A page that is one document, holds the number it was given, and escapes what it was told.
import { renderReport, type ReportInput } from '@radiograft/report'

const input: ReportInput = {
  title: 'mine & yours',
  doc: 'What was tried.',
  preset: 'quick',
  seed: 1,
  figures: [],
  metrics: [{ arm: 'plain', part: 'test', metric: 'ap', value: 0.21, low: 0.17, high: 0.25, n: 250, unit: '' }],
  tables: [],
  stages: [],
  params: [],
  axes: {},
  datasets: [],
  attribution: [],
  notBuilt: [],
}
const page = renderReport(input)
console.log(page.startsWith('<!doctype html>'), page.includes('mine &amp; yours'), page.includes('mine & yours')) // true true false
console.log(page.includes('<script'), page.includes('0.21'), page === renderReport(input)) // false true true
