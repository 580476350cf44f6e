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

  it('a seam is judged only where hard pastes were found', () => {
    expect(rules.seamIsVisible(at(0.61, 0.7), true)).toBe('alarm')
    expect(rules.seamIsVisible(at(0.61, 0.7), false)).toBe('cannot tell')
    expect(rules.seamIsVisible(at(0.4, 0.6), true)).toBe('quiet')
    expect(rules.seamIsVisible(at(0.4, 0.8), true)).toBe('cannot tell')
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
    for (const { verdict, advice } of auditAlarms({ metrics: [], provenance: [], split }))
      expect([verdict, advice]).toEqual(['cannot tell', 'Not measured in this run.'])
  })

  it('prefers the true lesion to its box, and judges the test part only', () => {
    const rows = [
      row('generator', 'residual-energy-ratio-boxes', 1, 0.9, 1.1),
      row('generator', 'residual-energy-ratio-lesion', 9, 8, 10),
      row('generator', 'identity-mae-normals', 1, 1, 1, 'train'),
    ]
    expect(of(rows, 'residual is noise')).toMatchObject({ verdict: 'quiet', value: 9, advice: '' })
    expect(of(rows.slice(0, 1), 'residual is noise').verdict).toBe('alarm')
    expect(of(rows, 'identity on normals').verdict).toBe('cannot tell')
  })

  it('judges each of several generators under its own name; a residual that is 0 outside is a figure', () => {
    const metric = 'residual-energy-ratio-boxes'
    const rows = [row('one', metric, 1, 0.9, 1.1), row('two', metric, Infinity, Infinity, Infinity)]
    expect(of(rows, 'residual is noise (one)').verdict).toBe('alarm')
    expect(of(rows, 'residual is noise (two)').verdict).toBe('quiet')
  })

  it('forensics that miss hard pastes alarm themselves, and settle nothing on grafts', () => {
    const forensics = (paste: number) => [
      row('paste', 'forensics-auc', paste, paste - 0.05, paste + 0.05, 'train'),
      row('paste', 'forensics-valid', paste >= 0.9 ? 1 : 0, NaN, NaN, 'train'),
      row('poisson', 'forensics-auc', 0.7, 0.62, 0.78, 'train'),
      row('realistic', 'forensics-auc', 0.55, 0.45, 0.65, 'train'),
    ]
    const seam = (rows: MetricRow[], arm: string) => of(rows, `seam of grafts (${arm})`).verdict
    expect(of(forensics(0.95), 'forensics find hard pastes').verdict).toBe('quiet')
    expect(seam(forensics(0.95), 'poisson')).toBe('alarm')
    expect(seam(forensics(0.95), 'realistic')).toBe('quiet')
    expect(of(forensics(0.8), 'forensics find hard pastes').verdict).toBe('alarm')
    expect(seam(forensics(0.8), 'poisson')).toBe('cannot tell')
    expect(of(forensics(0.8), 'seam of grafts (poisson)').advice).toContain('does not count')
  })

  it('donors: thirty grafts of one donor alarm, three do not', () => {
    const pairs = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ film: `x${i}`, donor: 'a', rank: 0, distance: 1 }))
    const audit = (n: number) =>
      auditAlarms({ metrics: [], provenance: [], split, pairs: pairs(n) }).find((a) => a.audit.startsWith('donors'))!
    expect(audit(30)).toMatchObject({ verdict: 'alarm', value: 1, n: 30 })
    const spread = pairs(12).map((pair, i) => ({ ...pair, donor: i < 2 ? 'a' : `d${i}` }))
    expect(
      auditAlarms({ metrics: [], provenance: [], split, pairs: spread }).find((a) => a.audit.startsWith('donors'))!
        .verdict,
    ).toBe('cannot tell')
  })

  it('where patients are not known a film is its own, and nobody can tell of leaks', () => {
    const byFilm = split.map((one) => ({ ...one, unit: 'film' as const }))
    const provenance = [[{ product: 'x', film: 'a', patient: 'patient of a', role: 'training' as const }]]
    const audit = auditAlarms({ metrics: [], provenance, split: byFilm }).find((a) => a.audit.startsWith('test pat'))!
    expect(audit).toMatchObject({ verdict: 'cannot tell', value: 0 })
    expect(audit.advice).toContain('G29')
  })
})

it('judge-audits: alarms first and said at once; no patient in the table', async () => {
  const ctx = stageContext()
  const provenance = [[{ product: 'aligner', film: 'c', patient: 'patient of c', role: 'training' as const }]]
  const metrics = [[row('generator', 'psnr-outside-boxes', 45, 44, 46)]]
  const { audits } = await run({
    params: {},
    inputs: { metrics, provenance, split, pairs: undefined, synthetic: undefined },
    ctx,
  })
  const { columns, cells, note } = audits
  for (const cell of cells) expect(cell).toHaveLength(columns.length)
  expect(cells[0]!.slice(0, 3)).toEqual(['test patients seen in training', 'G3, G29', 'alarm'])
  expect(cells.at(-1)!.slice(0, 3)).toEqual(['film kept outside boxes', 'G16', 'quiet'])
  expect(note).toContain('1 of ')
  expect(ctx.warnings).toHaveLength(1)
  expect(JSON.stringify([audits, ctx.warnings])).not.toContain('patient of')
})
