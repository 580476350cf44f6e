// Every entry on tiny films: one figure each that can be read, small, with no patient in it.
import { describe, expect, test } from '@jest/globals'
import type { BoxRow, Figure, MetricRow } from '@radiograft/pipeline'
import { cohortTables, defaultsOf, filmIds, filmsInMemory, stageContext } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { armNames, contrasts } from './arms.ts'
import { drawAlignment } from './drawAlignment.ts'
import { run as runAlignment } from './drawAlignment.run.ts'
import { drawCohort } from '../pictures/drawCohort.ts'
import { run as runCohort } from '../pictures/drawCohort.run.ts'
import { drawCurves } from '../pictures/drawCurves.ts'
import { run as runCurves } from '../pictures/drawCurves.run.ts'
import { drawDetections } from './drawDetections.ts'
import { run as runDetections } from './drawDetections.run.ts'
import { drawGraft } from './drawGraft.ts'
import { run as runGraft } from './drawGraft.run.ts'
import { drawMetrics } from './drawMetrics.ts'
import { run as runMetrics } from './drawMetrics.run.ts'
import { drawResidual } from './drawResidual.ts'
import { run as runResidual } from './drawResidual.run.ts'
import { measureGraft } from './measureGraft.ts'
import { run as runMeasureGraft } from './measureGraft.run.ts'

const ids = filmIds(12)
const having = (i: number): boolean => i % 3 === 0
const inMemory = (side: number, name: string) =>
  filmsInMemory(ids, side, (id) => rng(`${name} ${id}`).uniforms(side * side))
const films = inMemory(16, 'films')
const small = inMemory(8, 'small')
const boxes: BoxRow[] = ids.flatMap((film, i) =>
  having(i) ? [{ film, x0: 2, y0: 4, x1: 10, y1: 12, label: 'opacity' }] : [],
)
const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 4 ? 'train' : i < 6 ? 'validation' : 'test'),
  having,
  patientOf: (film) => `secret-${film}`,
})
const ctx = stageContext({ threads: 0 })
const svgOf = (figure: Figure): string => {
  const svg = new TextDecoder().decode(figure.bytes)
  expect(figure.mediaType).toBe('image/svg+xml')
  expect(figure.title).not.toBe('')
  expect(figure.caption).not.toBe('')
  expect(svg).toMatch(/^<svg [^]*<\/svg>$/)
  expect(`${svg} ${figure.caption}`).not.toContain('secret')
  return svg
}
const count = (text: string, part: string): number => text.split(part).length - 1

test('cohort: films of every class, captions with view, part and id, and no patient', async () => {
  const inputs = { films, boxes, labels, cohort, split }
  const { sheet, counts } = await runCohort({ params: defaultsOf(drawCohort, { films: 3 }), inputs, ctx })
  const svg = svgOf(sheet)
  expect(count(svg, '<image ')).toBe(6) // two classes, three films
  expect(svg).toContain('>PA · train · film-00<')
  expect(svg).toContain('Lung Opacity')
  expect(JSON.stringify(counts)).not.toContain('secret')
})

test('alignment: each shown film twice, mean and deviation before and after', async () => {
  const inputs = { films, aligned: inMemory(16, 'aligned'), split }
  const { figure } = await runAlignment({ params: defaultsOf(drawAlignment), inputs, ctx })
  const svg = svgOf(figure)
  expect(count(svg, '<image ')).toBe(2 * (4 + 2))
  expect(svg).toContain('>mean of 6<')
})

describe('drawGraft', () => {
  const pairs = [
    { film: 'film-06', donor: 'film-01', rank: 0, distance: 3 },
    { film: 'film-09', donor: 'film-02', rank: 0, distance: 2 },
    { film: 'film-09', donor: 'film-01', rank: 1, distance: 4 },
    { film: 'film-00', donor: 'film-01', rank: 0, distance: 1 },
  ]
  const inputs = { films, boxes, split, pairs, pasted: films, blended: films, pseudoNormals: small }

  test('shows test films from the nearest donor to the farthest; likeness only where the truth is known', async () => {
    const { figure, donors } = await runGraft({
      params: defaultsOf(drawGraft),
      inputs: { ...inputs, twins: undefined },
      ctx,
    })
    const svg = svgOf(figure)
    expect(count(svg, '<image ')).toBe(2 * 5)
    expect(svg.indexOf('>distance 2.00<')).toBeLessThan(svg.indexOf('>distance 3.00<'))
    expect(svg).not.toContain(' dB')
    expect(donors.cells.at(-1)!.slice(0, 3)).toEqual(['all', 3, 2])
    const known = await runGraft({ params: defaultsOf(drawGraft), inputs: { ...inputs, twins: films }, ctx })
    expect(count(svgOf(known.figure), ' dB in boxes<')).toBe(2 * 4)
  })

  test('no film with a box in the part: a figure that says so, not an error', async () => {
    const none = { ...inputs, pairs: [], twins: undefined }
    const { figure } = await runGraft({ params: defaultsOf(drawGraft), inputs: none, ctx })
    expect(svgOf(figure)).toContain('This run has no such films.')
  })
})

test('residual: positives, then normals, one white for all rows, means inside and outside', async () => {
  const inputs = { films, boxes, generated: small, residuals: small, labels, split, twins: films }
  const { figure } = await runResidual({ params: defaultsOf(drawResidual), inputs, ctx })
  const svg = svgOf(figure)
  expect(count(svg, '<image ')).toBe((2 + 3) * 5) // test positives are film-06 and film-09
  expect(svg).toMatch(/>in 0\.\d{3} · out 0\.\d{3}</)
  // the twin is the film here: the true residual is 0 everywhere
  expect(svg).toContain('>in 0.000 · out 0.000<')
  expect(figure.caption).toMatch(/white (1|0\.\d+) of the grey range/)
})

describe('drawDetections', () => {
  const at = (film: string, x0: number, score: number) => ({ film, x0, y0: 4, x1: x0 + 8, y1: 12, score })
  const operating = (value: number): MetricRow[] => [
    {
      arm: '',
      part: 'validation',
      metric: 'score-threshold',
      value,
      low: NaN,
      high: NaN,
      n: 2,
      unit: '',
    },
  ]
  const arms = [[at('film-06', 2, 0.9), at('film-07', 2, 0.8)], [at('film-06', 2, 0.4)]]
  const inputs = { films, boxes, split, arms, thresholds: [operating(0.5), operating(0.45)] }

  test('hits, misses and false alarms of each arm at its own threshold', async () => {
    const params = defaultsOf(drawDetections, { names: ['plain', 'attention'] })
    const svg = svgOf((await runDetections({ params, inputs, ctx })).figure)
    expect(svg).toContain('>plain ≥ 0.50<')
    expect(svg).toContain('>attention ≥ 0.45<')
    expect(count(svg, '>0.90<')).toBe(1)
    expect(svg).not.toContain('>0.40<') // below its arm's threshold
    for (const meaning of ['true box, found', 'true box, missed', 'detection, hit', 'detection, false']) {
      expect(svg).toContain(meaning)
    }
    expect(svg).toContain('>false alarm film-07<')
  })

  test('refuses arms without names and thresholds', async () => {
    const params = defaultsOf(drawDetections, { names: ['plain'] })
    await expect(runDetections({ params, inputs, ctx })).rejects.toThrow('1 names and 2 thresholds for 2 arms')
    const named = defaultsOf(drawDetections, { names: ['plain', 'attention'] })
    await expect(
      runDetections({ params: named, inputs: { ...inputs, thresholds: [operating(0.5), []] }, ctx }),
    ).rejects.toThrow('there is no row score-threshold')
  })
})

test('curves: folds of one arm are told apart, and names are asked for where there are several fits', async () => {
  const curve = [
    { name: 'loss', step: 20, value: 1 },
    { name: 'loss', step: 40, value: 0.5 },
  ]
  const inputs = { curves: [curve, curve] }
  const params = defaultsOf(drawCurves, { title: 'Detector', names: ['plain', 'plain'] })
  const svg = svgOf((await runCurves({ params, inputs, ctx })).figure)
  expect(svg).toContain('>plain<')
  expect(svg).toContain('>plain (2)<')
  expect(() => runCurves({ params: defaultsOf(drawCurves), inputs, ctx })).toThrow('0 names for 2 fits')
})

test('metrics: arms and differences in one figure; refuses metrics without any arm', async () => {
  const row = { part: 'test', metric: 'ap-rsna-0.40:0.75', low: 0.1, high: 0.3, n: 9, unit: '' }
  const metrics = [
    [
      { ...row, arm: 'plain', value: 0.2 },
      { ...row, arm: 'attention − plain', value: 0.2 },
    ],
  ]
  const svg = svgOf((await runMetrics({ params: defaultsOf(drawMetrics), inputs: { metrics }, ctx })).figure)
  expect(svg).toContain('>plain, AP 0.40:0.75<')
  expect(svg).toContain('>attention − plain, AP 0.40:0.75<')
  const many = [...armNames, ...contrasts].map((arm) => ({ ...row, arm, value: 0.2 }))
  const study = svgOf((await runMetrics({ params: defaultsOf(drawMetrics), inputs: { metrics: [many] }, ctx })).figure)
  // arms in one picture, differences in one a group, each row once
  expect([...study.matchAll(/<title>(Arms|Paired differences[^<]*)</g)].map(([, title]) => title)).toEqual([
    'Arms',
    'Paired differences, same films, AP 0.40:0.75: the question',
    'Paired differences, same films, AP 0.40:0.75: alignment',
    'Paired differences, same films, AP 0.40:0.75: split by film',
    'Paired differences, same films, AP 0.40:0.75: what attention is owed to',
    'Paired differences, same films, AP 0.40:0.75: what synthesis is owed to',
    'Paired differences, same films, AP 0.40:0.75: detector and generator in turn',
    'Paired differences, same films, AP 0.40:0.75: few positive films',
    'Paired differences, same films, AP 0.40:0.75: against baselines',
  ])
  for (const { arm } of many) expect(count(study, `<g><title>${arm}: `)).toBe(1)
  expect(() => runMetrics({ params: defaultsOf(drawMetrics), inputs: { metrics: [[]] }, ctx })).toThrow(
    'no arm has any',
  )
})

test('measure-graft: blending beats pasting on the phantom, and the figure shows four pairs', async () => {
  const params = defaultsOf(measureGraft, { size: 32, pairs: 6, resamples: 100 })
  const { metrics, figure } = await runMeasureGraft({ params, inputs: {}, ctx })
  const svg = svgOf(figure)
  expect(count(svg, '<image ')).toBe(4 * 6)
  const of = (metric: string): number => metrics.find((row) => row.metric === metric)!.value
  // six pairs are few: whether paste beats nothing needs the forty of a run
  expect(of('psnr-paste')).toBeLessThan(of('psnr-poisson'))
  expect(metrics.every(({ n, low, value, high }) => n === 6 && low <= value && value <= high)).toBe(true)
})
