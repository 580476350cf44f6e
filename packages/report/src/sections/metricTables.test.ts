import { expect, test } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { renderReport } from '../renderReport.ts'
import { emptyInput } from '../testing/exampleInput.ts'
import { detectableCaveat } from './detectableCaveat.ts'
import { metricTables } from './metricTables.ts'
import { silentArms } from './silentArms.ts'

const row = (arm: string, metric: string, value: number, low: number, high: number, n = 47): MetricRow =>
  metricRow({ arm, metric, value, low, high, n })
const found = (arm: string, metric: string, value: number): MetricRow =>
  row(arm, `${metric}-smallest-detectable`, value, NaN, NaN)

const ap = 'ap-rsna-0.40:0.75'
const alarms = 'false-alarm-rate'
// as six positives among 47 films gave them
const few: ReadonlyArray<MetricRow> = [
  row('attention', ap, 0.0053, 0, 0.0142),
  row('attention', alarms, 1, 1, 1, 41),
  row('plain', ap, 0.0097, 0, 0.0257, 45),
  row('plain', alarms, 0.951, 0.878, 1, 41),
  row('brightness', ap, 0, 0, 0, 6),
  row('brightness', alarms, 0, 0, 0, 41),
  row('attention − plain', ap, -0.0044, -0.0102, 0),
  found('attention − plain', ap, 0.0082),
  row('attention − brightness', alarms, 1, 1, 1, 41),
  found('attention − brightness', alarms, 0),
  row('plain − brightness', alarms, 0.951, 0.878, 1, 41),
  found('plain − brightness', alarms, 0.087),
]
const more: ReadonlyArray<MetricRow> = [
  row('attention', ap, 0.44, 0.35, 0.54),
  row('plain', ap, 0.5, 0.41, 0.58),
  row('attention − plain', ap, -0.054, -0.129, 0.029),
  found('attention − plain', ap, 0.113),
]
const notes = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<string> =>
  metricTables({ metrics }).map(({ table }) => table.notes.join(' '))

test('a smallest difference from arms that find next to nothing, or from films that are all alike, is marked', () => {
  const caveat = detectableCaveat(few)
  const of = (arm: string) => caveat(few.find((one) => one.arm === arm)!)
  expect(of('attention − plain')).toBe('at the floor')
  expect(of('attention − brightness')).toBe('no spread')
  expect(of('plain − brightness')).toBe('')
  expect(of('plain')).toBe('')
  expect(detectableCaveat(more)(more[2]!)).toBe('')
  // one arm at the floor, the other not
  expect(detectableCaveat([few[4]!, more[1]!])(row('plain − brightness', ap, 0.5, 0.41, 0.58))).toBe('')
})

test('an arm that hits nothing and raises no alarm is silent; one that only hits nothing is not', () => {
  expect(silentArms(few)).toEqual(['brightness'])
  expect(silentArms([row('a', ap, 0, 0, 0), row('a', alarms, 0.1, 0, 0.2)])).toEqual([])
  expect(silentArms([row('a', alarms, 0, 0, 0)])).toEqual([])
})

test('the notes say what n counts, and what is marked, only where it is', () => {
  const [arms, differences] = notes(few)
  expect(arms).toMatch(/arms are averaged over different films\. No spread: .* Silent: brightness /)
  expect(arms).toContain('Clopper and Pearson')
  expect(differences).toMatch(/a difference is taken between two such means.* No spread: .* At the floor: .* Silent: /)
  for (const note of notes(more)) {
    expect(note).toContain('leaves out films with neither a true box nor a detection')
    expect(note).not.toMatch(/No spread|At the floor|Silent/)
  }
})

test('marks stand beside whole numbers, in the table, on the claim and in the opening', () => {
  const columns = [
    'claim',
    'verdict',
    'paper gain',
    'gain',
    'low',
    'high',
    'n',
    'smallest difference',
    'arm',
    'metric',
    'the paper',
  ]
  const cells = [['c', 'cannot tell', 0.002, -0.0044, -0.0102, 0, 47, 0.0082, 'attention − plain', ap]]
  const { html } = renderReport({
    ...emptyInput(),
    metrics: few,
    mainMetrics: few.filter(({ metric }) => metric === alarms),
    tables: [{ name: 'verdicts', table: { title: 't', rows: '', columns, cells } }],
  })
  expect(html).toContain('<data value="0.0082" title="0.0082">0.0082</data> <span class="caveat">at the floor</span>')
  expect(html).toMatch(/0\.008<\/data>, shaded\. <span class="caveat">At the floor: /)
  const [opening] = html.split('</header>')
  expect(opening).toContain('no spread; the true share may be as low as 0.914')
  expect(opening).toContain('Silent: brightness')
})
