// Which films, boxes and curves the figures show, and the numbers that they print: each derived by hand.
import { describe, expect, it } from '@jest/globals'
import type { SeriesRow, SplitRow } from '@radiograft/pipeline'
import { armNames, contrasts, mainArms } from './arms.ts'
import { chooseCases } from './chooseCases.ts'
import { cohortCounts } from './cohortCounts.ts'
import { curvePanels } from './curvePanels.ts'
import { donorTable } from './donorTable.ts'
import { evenly } from './evenly.ts'
import { filmMoments, sharpness } from './filmMoments.ts'
import { forestOfMetrics } from './forestOfMetrics.ts'
import { insideOutside } from './insideOutside.ts'
import { matchBoxes } from './matchBoxes.ts'
import { shownPicture } from './shownFilm.ts'
import { toWhite, whiteFor } from './whiteFor.ts'

it('evenly: both ends, equal distances, order kept', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 3, 6])
  expect(evenly([0, 1, 2], 1)).toEqual([1])
  expect(evenly([7, 8], 5)).toEqual([7, 8])
  expect(evenly([], 2)).toEqual([])
})

describe('matchBoxes', () => {
  const truth = [
    [0, 0, 10, 10],
    [20, 0, 30, 10],
  ] as const

  it('the surer detection takes the true box, the second one on it is false', () => {
    const detections = [
      { box: [0, 0, 10, 9], score: 0.5 },
      { box: [0, 0, 10, 8], score: 0.9 },
    ] as const
    expect(matchBoxes(detections, truth)).toEqual({ hits: [false, true], found: [true, false] })
  })

  it('an overlap of exactly .4 is no hit, a little more is', () => {
    // 10 x 4 of 10 x 10: IoU .4
    expect(matchBoxes([{ box: [0, 0, 10, 4], score: 1 }], truth).hits).toEqual([false])
    expect(matchBoxes([{ box: [0, 0, 10, 4.01], score: 1 }], truth).hits).toEqual([true])
  })
})

it('chooseCases: positives evenly, the surest false alarms, then quiet negatives; never one film twice', () => {
  const cases = [
    { film: 'a', truths: 1, surest: null },
    { film: 'b', truths: 0, surest: 0.6 },
    { film: 'c', truths: 2, surest: 0.9 },
    { film: 'd', truths: 0, surest: 0.8 },
    { film: 'e', truths: 0, surest: null },
    { film: 'f', truths: 1, surest: 0.7 },
  ]
  expect(chooseCases(cases, { positives: 2, falseAlarms: 1, quiet: 3 })).toEqual([
    { film: 'a', kind: 'positive' },
    { film: 'f', kind: 'positive' },
    { film: 'd', kind: 'false alarm' },
    { film: 'e', kind: 'quiet negative' },
  ])
})

const splitOf = (unit: SplitRow['unit']): SplitRow[] => [
  { film: 'a', patient: 'p', part: 'train', unit, sealed: true },
  { film: 'b', patient: 'p', part: 'train', unit, sealed: true },
  { film: 'c', patient: 'q', part: 'test', unit, sealed: true },
]
const person = { patientKnown: true, sex: 'F', age: 40 }

describe('cohortCounts', () => {
  const rows = {
    boxes: [{ film: 'c' }, { film: 'c' }, { film: 'a' }],
    labels: [
      { film: 'a', class: 'Lung Opacity', target: 1 },
      { film: 'b', class: 'Normal', target: 0 },
      { film: 'c', class: 'Lung Opacity', target: 1 },
    ],
    cohort: [
      { ...person, film: 'a', patient: 'p', view: 'PA' },
      { ...person, film: 'b', patient: 'p', view: 'AP' },
      { ...person, film: 'c', patient: 'q', view: 'PA' },
    ],
  }

  it('counts films, patients, positives, boxes, classes and views of every part', () => {
    const { columns, cells, note } = cohortCounts({ ...rows, split: splitOf('patient') })
    expect(columns).toEqual([
      'part',
      'films',
      'patients',
      'positives',
      'boxes',
      'class Lung Opacity',
      'class Normal',
      'view AP',
      'view PA',
    ])
    expect(cells).toEqual([
      ['train', 2, 1, 1, 1, 1, 1, 1, 1],
      ['validation', 0, 0, 0, 0, 0, 0, 0, 0],
      ['test', 1, 1, 1, 2, 1, 0, 0, 1],
      ['all', 3, 2, 2, 3, 2, 1, 1, 2],
    ])
    expect(note).toContain('by patient')
  })

  it('without a map to patients it counts none, and says that the split is by film (G29)', () => {
    const { cells, note } = cohortCounts({ ...rows, split: splitOf('film') })
    expect(cells.map((row) => row[2])).toEqual([null, null, null, null])
    expect(note).toContain('by film')
    expect(note).toContain('G29')
  })
})

it('donorTable: nearest donors only, shares by part', () => {
  const pair = (film: string, donor: string, rank = 0) => ({ film, donor, rank, distance: 1 })
  const { cells } = donorTable([pair('a', 'x'), pair('b', 'x'), pair('c', 'y'), pair('c', 'z', 1)], splitOf('patient'))
  expect(cells).toEqual([
    ['train', 2, 1, 1, 'x', 2, 100],
    ['test', 1, 1, 1, 'y', 1, 100],
    ['all', 3, 2, 1.8, 'x', 2, 66.7], // 3² / (2² + 1²)
  ])
})

describe('filmMoments', () => {
  it('mean and deviation of each pixel', async () => {
    const { count, mean, deviation } = await filmMoments([Float32Array.of(0, 0.5), Float32Array.of(1, 0.5)], 2)
    expect(count).toBe(2)
    expect([...mean]).toEqual([0.5, 0.5])
    expect([...deviation]).toEqual([0.5, 0])
  })

  it('sharpness is the mean slope a film width: a ramp from 0 to 1 over 3 columns has slope ½, times 3', () => {
    expect(sharpness(Float32Array.of(0, 0.5, 1, 0, 0.5, 1), 2, 3)).toBe(1.5)
  })
})

it('whiteFor: the 99.5th percentile of all maps, rounded up to two digits; a hot pixel does not count', () => {
  const map = Float32Array.from({ length: 1000 }, () => 0.123)
  map[7] = 0.9
  expect(whiteFor([map, new Float32Array(10)])).toBe(0.13)
  expect(whiteFor([new Float32Array(4)])).toBe(1)
  expect([...toWhite(Float32Array.of(0.25), 0.5)]).toEqual([0.5])
})

it('insideOutside: means on both sides of a mask; none where there is no pixel', () => {
  expect(insideOutside(Float32Array.of(1, 0.5, 0.25), Uint8Array.of(1, 0, 0))).toEqual({ inside: 1, outside: 0.375 })
  expect(insideOutside(Float32Array.of(1), Uint8Array.of(0))).toEqual({ inside: null, outside: 1 })
})

it('shownPicture: large films shrink to 128 pixels, small ones stay', () => {
  const small = new Float32Array(16)
  expect(shownPicture(small, 4, 4).pixels).toBe(small)
  const shown = shownPicture(new Float32Array(512 * 256).fill(0.5), 512, 256)
  expect([shown.height, shown.width, shown.pixels.length, shown.pixels[99]]).toEqual([128, 64, 8192, 0.5])
})

describe('curvePanels', () => {
  const series = (name: string, ...values: number[]): SeriesRow[] =>
    values.map((value, i) => ({ name, step: 20 * (i + 1), value }))

  it('one fit: losses of like size together, the small one alone, other quantities last, zeros left out', () => {
    const rows = [
      ...series('learningRate', 1e-3, 1e-3),
      ...series('l1', 0.01, 0.01),
      ...series('adversarial', 0.5, 0.5),
      ...series('loss', 1, 1),
      ...series('identity', 0, 0),
    ]
    const { panels, leftOut } = curvePanels([{ name: 'gan', rows }])
    expect(panels.map((panel) => [panel.title, panel.series.map(({ name }) => name)])).toEqual([
      ['losses', ['loss', 'adversarial']],
      ['loss: l1', ['']],
      ['learning rate', ['']],
    ])
    expect(leftOut).toEqual(['identity'])
  })

  it('several fits: one panel a quantity, one line a fit, points in order of step', () => {
    const fit = (name: string, value: number) => ({ name, rows: series('loss', value, value).toReversed() })
    const { panels } = curvePanels([fit('plain', 1), fit('attention', 2)])
    expect(panels).toHaveLength(1)
    expect(panels[0]!.title).toBe('whole loss')
    expect(panels[0]!.series.map(({ name, points }) => [name, points[0]])).toEqual([
      ['plain', [20, 1]],
      ['attention', [20, 2]],
    ])
  })

  it('a logarithmic axis only where positive values differ by more than 30', () => {
    const axis = (...values: number[]) => curvePanels([{ name: 'a', rows: series('loss', ...values) }]).panels[0]!.log
    expect([axis(1, 31), axis(1, 29), axis(-1, 100)]).toEqual(['y', undefined, undefined])
  })
})

describe('forestOfMetrics', () => {
  const row = { part: 'test', low: 0.1, high: 0.3, n: 9, unit: '' }
  const main = 'ap-rsna-0.40:0.75'

  it('tells arms and differences apart, keeps the order asked for, and sets the paper’s figures beside its metric', () => {
    const { values, differences } = forestOfMetrics(
      [
        { ...row, arm: 'plain', metric: 'ap-rsna-0.50', value: 0.3 },
        { ...row, arm: 'plain', metric: main, value: 0.2 },
        { ...row, arm: 'attention − plain', metric: main, value: 0.15 },
        { ...row, arm: 'plain', metric: 'false-alarm-rate', value: 0.2 },
        { ...row, arm: 'plain', part: 'validation', metric: main, value: 0.9 },
      ],
      [main, 'ap-rsna-0.50'],
    )
    expect(values).toEqual([
      { label: 'plain, AP 0.40:0.75', value: 0.2, low: 0.1, high: 0.3, n: 9, reference: 0.24, primary: true },
      { label: 'plain, AP 0.50', value: 0.3, low: 0.1, high: 0.3, n: 9, primary: false },
    ])
    expect(differences).toMatchObject([{ label: 'attention − plain, AP 0.40:0.75', reference: 0.002 }])
  })

  it('leaves out an interval that is not known, and a value that is none', () => {
    const { values } = forestOfMetrics(
      [
        { ...row, arm: 'a', metric: main, value: 0.2, low: NaN, high: NaN },
        { ...row, arm: 'b', metric: main, value: NaN },
      ],
      [main],
    )
    expect(values).toEqual([{ label: 'a, AP 0.40:0.75', value: 0.2, n: 9, primary: true }])
  })

  it('draws every arm in the first metric, the main ones alone in the others, and heads groups where arms are many', () => {
    const arms = [...armNames, ...contrasts]
    const { values, differences } = forestOfMetrics(
      // in whatever order they come
      [main, 'ap-rsna-0.50'].flatMap((metric) => arms.toReversed().map((arm) => ({ ...row, arm, metric, value: 0.2 }))),
      [main, 'ap-rsna-0.50'],
    )
    expect(values).toHaveLength(armNames.length + mainArms.length)
    // the five that settle the claims are between main arms
    expect(differences).toHaveLength(contrasts.length + 5)
    expect(values.filter(({ primary }) => primary).map(({ label }) => label)).toEqual(mainArms)
    expect(values.map(({ heading }) => heading).filter(Boolean)).toEqual([
      'AP 0.40:0.75: the question',
      'AP 0.40:0.75: what attention is owed to',
      'AP 0.40:0.75: what synthesis is owed to',
      'AP 0.40:0.75: alignment',
      'AP 0.40:0.75: split by film',
      'AP 0.40:0.75: detector and generator in turn',
      'AP 0.40:0.75: few positive films',
      'AP 0.50: the question',
    ])
    // `plain − unaligned` stands between the main contrasts and those of attention, which come in one group each
    expect(differences.map(({ heading }) => heading).filter(Boolean)).toEqual([
      'AP 0.40:0.75: the question',
      'AP 0.40:0.75: alignment',
      'AP 0.40:0.75: split by film',
      'AP 0.40:0.75: what attention is owed to',
      'AP 0.40:0.75: what synthesis is owed to',
      'AP 0.40:0.75: detector and generator in turn',
      'AP 0.40:0.75: few positive films',
      'AP 0.40:0.75: against baselines',
      'AP 0.50: the question',
    ])
  })
})
