// Every rule at its bounds, by hand; and the table that the report shows.
import { describe, expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { cohortTables, stageContext } from '@radiograft/pipeline/testing'
import { auditAlarms } from './auditAlarms.ts'
import * as rules from './auditRules.ts'
import { run } from './judgeAudits.run.ts'

const at = (low: number, high: number) => ({ value: (low + high) / 2, low, high })

const ruleOf = { ...rules }

describe('rules', () => {
  it.each([
    ['residualIsNoise', at(0.9, 1.1), 'alarm'],
    ['residualIsNoise', at(1.5, 2.5), 'cannot tell'],
    ['residualIsNoise', at(2, 40), 'quiet'],
    ['copiesItsInput', at(0, 0), 'alarm'],
    ['copiesItsInput', at(-4, -1), 'alarm'],
    ['copiesItsInput', at(-1, 2.9), 'alarm'],
    ['copiesItsInput', at(-1, 3.1), 'cannot tell'], // half of the lesion may be gone
    ['copiesItsInput', at(0.1, 0.5), 'quiet'],
    ['changesNothing', at(0, (5.9 / 255) ** 2), 'alarm'],
    ['changesNothing', at((6.1 / 255) ** 2, 0.1), 'quiet'],
    ['harmsNormals', at(6.1 / 255, 0.1), 'alarm'],
    ['harmsNormals', at(0, 5.9 / 255), 'quiet'],
    ['harmsOutside', at(30, 39.9), 'alarm'],
    ['harmsOutside', at(39, 41), 'cannot tell'],
    ['leansOnOneDonor', at(0.11, 0.2), 'alarm'],
    ['leansOnOneDonor', at(0.05, 0.2), 'cannot tell'],
    ['leansOnOneDonor', at(0.01, 0.1), 'quiet'],
  ] as const)('%s of %o: %s', (rule, measured, verdict) => {
    expect(ruleOf[rule](measured)).toBe(verdict)
  })

  it('a seam that is found is found; that none is found counts only where hard pastes are', () => {
    const search = (low: number, high: number, valid: boolean) =>
      rules.seamIsVisible({ searching: at(low, high) }, valid)
    expect(search(0.61, 0.7, true)).toBe('alarm')
    expect(search(0.61, 0.7, false)).toBe('alarm')
    expect(search(0.4, 0.6, true)).toBe('quiet')
    expect(search(0.4, 0.6, false)).toBe('cannot tell')
    expect(search(0.4, 0.8, true)).toBe('cannot tell')
    const known = (low: number, high: number, valid = true) =>
      rules.seamIsVisible({ searching: at(0.45, 0.55), atBox: at(low, high) }, valid)
    expect(known(0.76, 0.9, false)).toBe('alarm') // a search finds nothing, the edges tell
    expect(known(0.65, 0.8)).toBe('cannot tell')
    expect(known(0.45, 0.74)).toBe('quiet')
    expect(known(0.45, 0.74, false)).toBe('cannot tell')
    expect(rules.seamIsVisible({ searching: at(0.61, 0.7), atBox: at(0.45, 0.55) }, true)).toBe('alarm')
  })

  it('Wilson: 1 of 10 is .1 [.018, .404]', () => {
    const { low, high } = rules.shareInterval(0.1, 10)
    expect(low).toBeCloseTo(0.0179, 3)
    expect(high).toBeCloseTo(0.4042, 3)
  })
})

const row = (arm: string, metric: string, value: number, low: number, high: number, part = 'test'): MetricRow => ({
  arm,
  part,
  metric,
  value,
  low,
  high,
  n: 30,
  unit: '',
})
const { split } = cohortTables(['a', 'b', 'c'], { partOf: (i) => (i < 2 ? 'train' : 'test') })
const of = (metrics: ReadonlyArray<MetricRow>, audit: string) =>
  auditAlarms({ metrics, provenance: [], split }).find((one) => one.audit === audit)!

describe('auditAlarms', () => {
  it('says what was not measured', () => {
    for (const { verdict, advice } of auditAlarms({ metrics: [], provenance: [], split, pairs: [], synthetic: [] }))
      expect([verdict, advice]).toEqual(['not measured', 'This run has no stage that measures it.'])
  })

  it('prefers the true lesion to its box, and judges the test part only', () => {
    const rows = [
      row('generator', 'residual-energy-ratio-boxes', 1, 0.9, 1.1),
      row('generator', 'residual-energy-ratio-lesion', 9, 8, 10),
      row('generator', 'identity-mae-normals', 1, 1, 1, 'train'),
    ]
    expect(of(rows, 'residual does not point at lesions')).toMatchObject({ verdict: 'quiet', value: 9, advice: '' })
    expect(of(rows.slice(0, 1), 'residual does not point at lesions').verdict).toBe('alarm')
    expect(of(rows, 'generator changes normal films').verdict).toBe('not measured')
  })

  it('judges each of several generators under its own name; a residual that is 0 outside is a figure', () => {
    const metric = 'residual-energy-ratio-boxes'
    const rows = [row('one', metric, 1, 0.9, 1.1), row('two', metric, Infinity, Infinity, Infinity)]
    expect(of(rows, 'residual does not point at lesions (one)').verdict).toBe('alarm')
    expect(of(rows, 'residual does not point at lesions (two)').verdict).toBe('quiet')
  })

  it('figures are judged as they are and shown in grey levels', () => {
    const changed = (low: number, high: number) =>
      of(
        [row('generator', 'residual-energy-in-boxes', (5 / 255) ** 2, (low / 255) ** 2, (high / 255) ** 2)],
        'generator changes nothing in boxes',
      )
    expect(changed(4, 5.9)).toMatchObject({ verdict: 'alarm' })
    expect(changed(4, 6.1).verdict).toBe('cannot tell')
    expect(changed(4, 6.1).value).toBeCloseTo(5)
    expect(changed(4, 6.1).high).toBeCloseTo(6.1)
  })

  it('forensics that miss hard pastes: what they find in grafts counts, that they find nothing does not', () => {
    const forensics = (paste: number) => [
      row('paste', 'forensics-auc', paste, paste - 0.05, paste + 0.05, 'train'),
      row('paste', 'forensics-valid', paste >= 0.9 ? 1 : 0, NaN, NaN, 'train'),
      row('poisson', 'forensics-auc', 0.7, 0.62, 0.78, 'train'),
      row('realistic', 'forensics-auc', 0.55, 0.45, 0.65, 'train'),
    ]
    const seam = (rows: MetricRow[], made: string) => of(rows, `${made} grafts are easily told from films`)
    expect(seam(forensics(0.95), 'blended').verdict).toBe('alarm')
    expect(seam(forensics(0.95), 'generated').verdict).toBe('quiet')
    expect(seam(forensics(0.8), 'blended').verdict).toBe('alarm')
    expect(seam(forensics(0.8), 'blended').measure).toContain('; hard pastes .80')
    expect(seam(forensics(0.8), 'generated').verdict).toBe('cannot tell')
    expect(seam(forensics(0.8), 'generated').advice).toContain('does not count')
    const known = [
      ...forensics(0.8).filter(({ metric }) => metric !== 'forensics-valid'),
      row('paste', 'forensics-auc-at-box', 0.95, 0.9, 1, 'train'),
      row('paste', 'forensics-valid', 1, NaN, NaN, 'train'),
      row('realistic', 'forensics-auc-at-box', 0.51, 0.45, 0.57, 'train'),
    ]
    expect(seam(known, 'generated')).toMatchObject({ verdict: 'quiet', value: 0.51 })
    expect(seam(known, 'generated').measure).toContain('; hard pastes .95; by a search .55 [.45, .65]')
    const few = [row('poisson', 'forensics-auc', NaN, NaN, NaN, 'train')]
    expect(seam(few, 'blended')).toMatchObject({ verdict: 'cannot tell', advice: 'Too few grafts to learn from.' })
  })

  it('donors: thirty grafts of one donor alarm, three do not', () => {
    const pairs = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ film: `x${i}`, donor: 'a', rank: 0, distance: 1 }))
    const audit = (given: ReturnType<typeof pairs>) =>
      auditAlarms({ metrics: [], provenance: [], split, pairs: given }).find((a) =>
        a.audit.startsWith('pseudo-normals'),
      )!
    expect(audit(pairs(30))).toMatchObject({ verdict: 'alarm', value: 100, unit: '%', n: 30 })
    const spread = pairs(12).map((pair, i) => ({ ...pair, donor: i < 2 ? 'a' : `d${i}` }))
    expect(audit(spread).verdict).toBe('cannot tell')
  })

  it('where patients are not known a film is its own, and nobody can tell of leaks', () => {
    const byFilm = split.map((one) => ({ ...one, unit: 'film' as const }))
    const provenance = [[{ product: 'x', film: 'a', patient: 'patient of a', role: 'training' as const }]]
    const audit = auditAlarms({ metrics: [], provenance, split: byFilm }).find((a) => a.audit.startsWith('test pat'))!
    expect(audit).toMatchObject({ verdict: 'cannot tell', value: 0 })
    expect(audit.advice).toContain('G29')
  })
})

it('a generator that is untrained on purpose is a control: its alarm is expected, and is none of the run', async () => {
  const ctx = stageContext()
  const metric = 'residual-energy-ratio-boxes'
  const metrics = [[row('generator', metric, 9, 8, 10)], [row('generator:untrained', metric, 1, 0.9, 1.1)]]
  const inputs = { metrics, provenance: [], split, pairs: undefined, synthetic: undefined }
  const { audits } = await run({ params: {}, inputs, ctx })
  expect(audits.cells.at(-1)!.slice(0, 2)).toEqual([
    'residual does not point at lesions (generator:untrained)',
    'alarm (control)',
  ])
  expect(audits.cells.at(-1)![6]).toContain('an alarm is expected')
  expect(audits.note).toContain('None of 7 suspicions is confirmed (alarm). 1 more lines are of a control')
  expect(ctx.warnings).toEqual([])
})

it('judge-audits: alarms first and said at once; no patient in the table', async () => {
  const ctx = stageContext()
  const provenance = [[{ product: 'aligner', film: 'c', patient: 'patient of c', role: 'training' as const }]]
  const metrics = [
    [
      row('generator', 'psnr-outside-boxes', 45, 44, 46),
      row('generator', 'residual-energy-ratio-boxes', Infinity, 3, Infinity),
      row('generator', 'psnr-gain-over-copying', -1.234, -2, -0.001),
    ],
  ]
  const { audits } = await run({
    params: {},
    inputs: { metrics, provenance, split, pairs: undefined, synthetic: undefined },
    ctx,
  })
  const { columns, cells, note } = audits
  for (const cell of cells) expect(cell).toHaveLength(columns.length)
  expect(cells.map(([suspicion, result, , found, counted]) => [suspicion, result, found, counted])).toEqual([
    ['generator copies its input', 'alarm', '−1.23 [−2.00,\u00a00.00] dB', '30 films with a lesion'],
    ['test patients seen in training', 'alarm', '1', '1 test patients'],
    ['generator changes nothing in boxes', 'not measured', '–', '–'],
    ['generator changes normal films', 'not measured', '–', '–'],
    ['blended grafts are easily told from films', 'not measured', '–', '–'],
    ['residual does not point at lesions', 'quiet', '∞ [3.00,\u00a0∞]', '30 films with a lesion'],
    ['generator changes films outside boxes', 'quiet', '45.0 [44.0,\u00a046.0] dB', '30 films with a lesion'],
  ])
  expect(note).toContain('2 of 7 suspicions are confirmed')
  expect(ctx.warnings).toHaveLength(2)
  expect(JSON.stringify([audits, ctx.warnings])).not.toContain('patient of')
})
