// One verdict a claim, from our contrast alone; without the arm, or with one seed, nobody can tell.
import { expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { armNames } from './arms.ts'
import { claims } from './claims.ts'
import { run } from './judgeClaims.run.ts'

const contrast: MetricRow = {
  arm: 'attention − plain',
  part: 'test',
  metric: 'ap-rsna-0.40:0.75',
  value: 0.0202,
  low: 0.02,
  high: 0.021,
  n: 250,
  unit: '',
}
const judge = async (rows: ReadonlyArray<MetricRow>, seeds: number) =>
  (await run({ params: { seeds }, inputs: { metrics: [rows] }, ctx: undefined as never })).verdicts

it('judges every claim of the paper, and prints our figure beside it', async () => {
  const { cells, columns } = await judge([contrast], 2)
  expect(cells).toHaveLength(claims.length)
  const at = (claim: number, ...names: string[]) => names.map((name) => cells[claim]![columns.indexOf(name)])
  expect(at(0, 'ours, 95 %', 'verdict')).toEqual(['+0.020 [0.020, 0.021], n 250', 'holds'])
  expect(at(2, 'ours, 95 %', 'verdict')).toEqual(['no arm of it in this run', 'cannot tell'])
})

it('gives the paper’s gain and ours as numbers too, for the report to draw', async () => {
  const found = { ...contrast, metric: `${contrast.metric}-smallest-detectable`, value: 0.0014, low: NaN, high: NaN }
  const { cells, columns } = await judge([contrast, found], 2)
  const names = ['paper gain', 'gain', 'low', 'high', 'n', 'smallest difference', 'arm', 'metric']
  const at = (claim: number) => names.map((name) => cells[claim]![columns.indexOf(name)])
  expect(at(0)).toEqual([0.002, 0.0202, 0.02, 0.021, 250, 0.0014, contrast.arm, contrast.metric])
  expect(at(2)).toEqual([0.016, null, null, null, null, null, 'synthesis − plain', contrast.metric])
  expect(at(cells.length - 1).slice(-2)).toEqual(['', '']) // no arm settles it
  for (const row of cells) expect(row).toHaveLength(columns.length)
})

it('fails a claim whose whole interval lies below zero', async () => {
  const { cells, columns } = await judge([{ ...contrast, value: -0.0205, low: -0.021, high: -0.02 }], 2)
  expect(cells[0]![columns.indexOf('verdict')]).toBe('fails')
})

it('cannot tell from an interval wider than the paper’s gain of .002, and says how many films would', async () => {
  const { cells, columns } = await judge([{ ...contrast, value: 0.03, low: 0.02, high: 0.04 }], 2)
  // 250 films · (.02 / .002)²
  expect(cells[0]!.slice(columns.indexOf('verdict')).slice(0, 3)).toEqual([
    'cannot tell',
    'above zero',
    'about 25,000 counted films (250 here)',
  ])
})

it('judges by the bounds that hold for all contrasts together, where they are given', async () => {
  const together = { ...contrast, metric: `${contrast.metric}-simultaneous`, low: -0.0005, high: 0.0008 }
  const p = { ...contrast, metric: `${contrast.metric}-p-holm`, value: 0.3, low: NaN, high: NaN }
  const { cells, columns, note } = await judge([contrast, together, p], 2)
  const names = ['low', 'high', 'simultaneous low', 'simultaneous high', 'p by Holm', 'verdict', 'direction']
  const at = (claim: number) => names.map((name) => cells[claim]![columns.indexOf(name)])
  // .02 to .021 alone holds; -.0005 to .0008 has zero inside and excludes the paper's .002
  expect(at(0)).toEqual([0.02, 0.021, -0.0005, 0.0008, 0.3, 'fails', 'zero inside'])
  expect(note).toContain('of 1 claim(s) are by wider bounds')
  const alone = await judge([contrast], 2)
  expect(names.map((name) => alone.cells[0]![alone.columns.indexOf(name)])).toEqual([
    0.02,
    0.021,
    null,
    null,
    null,
    'holds',
    'above zero',
  ])
  expect(alone.note).not.toContain('wider bounds')
  expect(alone.cells[2]![alone.columns.indexOf('direction')]).toBe('not known')
})

it('has a contrast of arms that exist for every claim but the state of the art', () => {
  const sides = claims.flatMap(({ contrast: own }) => own?.arm.split(' − ') ?? [])
  expect(sides.filter((name) => !(armNames as ReadonlyArray<string>).includes(name))).toEqual([])
  expect(claims.filter(({ contrast: own }) => own === null).map(({ id }) => id)).toEqual(['state-of-the-art'])
})

it('says that seeds are wanted where films are not, and nothing of films where both arms find nothing', async () => {
  const films = async (rows: ReadonlyArray<MetricRow>, seeds: number) => {
    const { cells, columns } = await judge(rows, seeds)
    return cells[0]![columns.indexOf('films that would tell')]
  }
  // 250 films · (.001 / .002)² = 63
  expect(await films([contrast], 2)).toBe('as many as here')
  expect(await films([contrast], 1)).toBe('as many as here, with two training seeds or more')
  const wide = { ...contrast, low: 0.02, high: 0.04 }
  expect(await films([wide], 1)).toBe('about 25,000 counted films (250 here), with two training seeds or more')
  const arm = (name: string, value: number, low = 0): MetricRow => ({ ...contrast, arm: name, value, low })
  expect(await films([wide, arm('attention', 0.01), arm('plain', 0.005)], 2)).toBe('not known: both arms lie near 0')
  expect(await films([wide, arm('attention', 0.06), arm('plain', 0.005)], 2)).toContain('25,000')
  expect(await films([wide, arm('attention', 0.01, 0.004), arm('plain', 0.005)], 2)).toContain('not known')
})

it('cannot tell where both arms find nothing, however narrow their difference; says what no interval holds', async () => {
  const arm = (name: string, value: number): MetricRow => ({ ...contrast, arm: name, value, low: value / 2 })
  const nothing = { ...contrast, value: 0, low: -0.0005, high: 0.0005 }
  const found = await judge([nothing, arm('attention', 0.01), arm('plain', 0.01)], 5)
  const at = found.columns.indexOf('verdict')
  expect(found.cells[0]![at]).toBe('cannot tell')
  expect(found.note).toContain('Of 1 claim(s) both arms lie below 0.05')
  expect(found.note).toContain('tuned on the same validation films')
  const seen = await judge([nothing, arm('attention', 0.2), arm('plain', 0.2)], 5)
  expect(seen.cells[0]![at]).toBe('fails') // the paper’s .002 is excluded
  expect(claims.find(({ id }) => id === 'alignment')!.flag).toContain('one fit of the aligner')
})

it('cannot tell from one seed, or without an interval', async () => {
  const { cells, columns, note } = await judge([contrast], 1)
  const at = columns.indexOf('verdict')
  expect(cells[0]![at]).toBe('cannot tell')
  expect(note).toContain('one seed')
  expect((await judge([{ ...contrast, low: NaN, high: NaN }], 2)).cells[0]![at]).toBe('cannot tell')
})
