// What the three plots draw, read back from the SVG.
import { describe, expect, it } from '@jest/globals'
import { forestPlot } from './forestPlot.ts'
import { countBins, histogram } from './histogram.ts'
import { linePlot } from './linePlot.ts'

const hostile = '<script>alert("x")</script>'
const count = (svg: string, part: string | RegExp): number => svg.split(part).length - 1

describe('linePlot', () => {
  const plot = { title: 't', xLabel: 'x', yLabel: 'y' }

  it('draws each point where the axes say', () => {
    const svg = linePlot({
      ...plot,
      series: [
        {
          name: 'a',
          points: [
            [0, 0],
            [10, 1],
          ],
        },
      ],
    })
    const d = /d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/.exec(svg)!.slice(1).map(Number)
    // 0 and 1 are whole ticks, so the line runs from corner to corner of the plot: left 68, bottom 310, top 41
    expect(d[0]).toBe(68)
    expect([d[1], d[3]]).toEqual([310, 41])
  })

  it('breaks the line at what is not finite, and shows a lonely point', () => {
    const points = [
      [0, 1],
      [1, 2],
      [2, NaN],
      [3, 1],
    ] as const
    const svg = linePlot({ ...plot, series: [{ name: 'a', points }] })
    expect(count(svg, 'stroke-linejoin')).toBe(2)
    expect(count(svg, '<circle')).toBe(4) // three points and the legend's
  })

  it('leaves zeros out of a logarithmic axis', () => {
    const points = [
      [0, 0],
      [1, 1],
      [2, 10],
    ] as const
    expect(count(linePlot({ ...plot, log: 'y', series: [{ name: 'a', points }] }), '<circle')).toBe(3)
  })

  it('keeps peaks when it thins 100,000 points', () => {
    const points = Array.from({ length: 100_000 }, (_, i) => [i, i === 54_321 ? 9 : i % 2] as const)
    const svg = linePlot({ ...plot, yRange: [0, 9], series: [{ name: 'a', points }] })
    expect(svg.length).toBeLessThan(60_000)
    expect(svg).toMatch(/L[\d.]+ 41\.0L/) // the peak at the top of the plot
  })

  it('tells series apart by shape and dash, not by colour alone', () => {
    const points = [
      [0, 0],
      [1, 1],
    ] as const
    const svg = linePlot({
      ...plot,
      series: [
        { name: 'a', points },
        { name: 'b', points, dashed: true },
      ],
    })
    expect(count(svg, 'stroke-dasharray="7 4"')).toBe(2) // line and legend
    expect(count(svg, '<circle')).toBe(3)
  })

  it('makes room for long tick labels, and leaves out the legend of a line without a name', () => {
    const points = [
      [0, 0.00018],
      [1, 0.00022],
    ] as const
    const svg = linePlot({ ...plot, series: [{ name: '', points }] })
    const [, x1, x2] = /<line x1="([\d.]+)" y1="310" x2="([\d.]+)" y2="310"/.exec(svg)!.map(Number)
    // "0.00022" is six digits of 0.58 and a point of 0.32, times 12 px: 45.6, and 36 for gap and axis label
    expect(x1).toBe(82)
    expect(x2).toBe(622) // 18 from the edge
  })

  it('puts a few markers on long lines when there are several', () => {
    const points = Array.from({ length: 100 }, (_, i) => [i, i] as const)
    // every 13th of 100 points is marked: 8; and one in the legend
    const two = linePlot({
      ...plot,
      series: [
        { name: 'a', points },
        { name: 'b', points },
      ],
    })
    expect(count(two, '<circle')).toBe(9)
    expect(count(linePlot({ ...plot, series: [{ name: 'a', points }] }), '<circle')).toBe(0)
  })

  it('escapes every name', () => {
    const svg = linePlot({
      title: hostile,
      xLabel: hostile,
      yLabel: hostile,
      series: [
        {
          name: hostile,
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
      references: [{ name: hostile, y: 0.5 }],
    })
    expect(svg).not.toContain('<script')
  })

  it('refuses to draw nothing', () => {
    expect(() => linePlot({ ...plot, series: [{ name: 'a', points: [] }] })).toThrow(
      'nothing can be drawn on the y axis',
    )
  })
})

describe('forestPlot', () => {
  const rows = [
    { label: 'plain', value: 0.4, low: 0.35, high: 0.45, reference: 0.42 },
    { label: 'grafted', value: 0.5 },
  ]

  it('writes values, intervals and the paper’s figures in words', () => {
    const svg = forestPlot({ title: 't', valueLabel: 'AP', rows })
    expect(svg).toContain('>0.400 [0.350, 0.450]<')
    expect(svg).toContain('>0.500<')
    expect(svg).toContain('>0.420<')
    expect(svg).toContain('>paper<')
    expect(svg).toContain('<desc>AP. plain: 0.400 [0.350, 0.450]; grafted: 0.500</desc>')
  })

  it('centres the value in a symmetric interval', () => {
    const svg = forestPlot({ title: 't', valueLabel: 'AP', rows: [rows[0]!] })
    const [, x1, x2] = /<line x1="([\d.]+)" y1="[\d.]+" x2="([\d.]+)" y2="[\d.]+" stroke="#0072b2"/
      .exec(svg)!
      .map(Number)
    const dots = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map((found) => Number(found[1]))
    expect(dots.at(-1)).toBeCloseTo((x1! + x2!) / 2, 1)
  })

  it('writes how many a value was taken over', () => {
    expect(forestPlot({ title: 't', valueLabel: 'AP', rows: [{ ...rows[0]!, n: 250 }] })).toContain(
      '>0.400 [0.350, 0.450], n 250<',
    )
  })

  it('lowers many rows of short labels, gives them an axis at the top too, and begins groups with a heading', () => {
    const of = (n: number, label: string): string =>
      forestPlot({
        title: 't',
        valueLabel: 'AP',
        rows: Array.from({ length: n }, (_, i) => ({ label, value: i, ...(i === 1 ? { heading: 'controls' } : {}) })),
      })
    const height = (svg: string): number => Number(/height="(\d+)"/.exec(svg)![1])
    // title 41, air 6 + 2 + 2, axis 52, heading 24: 127; rows of 32, or of 22 below a second axis of 18
    expect(height(of(12, 'a'))).toBe(127 + 12 * 32)
    expect(height(of(13, 'a'))).toBe(127 + 18 + 13 * 22)
    expect(height(of(13, 'a label of so many words that it takes two lines'))).toBe(127 + 18 + 13 * 32)
    expect(count(of(12, 'a'), '>10<')).toBe(1)
    expect(count(of(13, 'a'), '>10<')).toBe(2)
    const svg = of(13, 'a')
    const dots = [...svg.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => Number(y))
    expect([dots[1]! - dots[0]!, dots[2]! - dots[1]!]).toEqual([46, 22])
    const [heading] = [...svg.matchAll(/y="([\d.]+)"[^>]*>controls</g)].map(([, y]) => Number(y))
    expect(heading! > dots[0]! && heading! < dots[1]!).toBe(true)
  })

  it('does not write minus zero', () => {
    expect(forestPlot({ title: 't', valueLabel: 'd', decimals: 2, rows: [{ label: 'a', value: -0.001 }] })).toContain(
      '>0.00<',
    )
  })

  it('refuses a value that is no number and ends the wrong way round', () => {
    expect(() => forestPlot({ title: 't', valueLabel: 'v', rows: [{ label: 'a', value: NaN }] })).toThrow(
      "row 'a' is NaN",
    )
    expect(() =>
      forestPlot({ title: 't', valueLabel: 'v', rows: [{ label: 'a', value: 1, low: 2, high: 0 }] }),
    ).toThrow('[2, 0]')
    expect(() => forestPlot({ title: 't', valueLabel: 'v', rows: [] })).toThrow('no rows')
  })

  it('escapes every name', () => {
    const svg = forestPlot({
      title: hostile,
      valueLabel: hostile,
      referenceLabel: hostile,
      rows: [{ ...rows[0]!, label: hostile }],
    })
    expect(svg).not.toContain('<script')
  })
})

describe('histogram', () => {
  it('counts as numpy.histogram does, the last bin closed', () => {
    // edges 0 1 2 3 4
    expect([...countBins([0, 0.5, 1, 3.99, 4, 4.01, -1, NaN], 0, 4, 4)]).toEqual([2, 1, 0, 2])
  })

  it('compares groups of unequal size by shares, and says what it left out', () => {
    const svg = histogram({
      title: 't',
      xLabel: 'x',
      bins: 2,
      range: [0, 2],
      series: [
        { name: 'a', values: [0.5, 0.5, 1.5, 1.5] },
        { name: 'b', values: [0.5, 9] },
      ],
    })
    expect(svg).toContain('share of the group (%)')
    expect(svg).toContain('a (n = 4)')
    expect(svg).toContain('>1 values not shown<')
    // both first bins hold half of their group, so both start at the same height
    const firsts = [...svg.matchAll(/d="M68 270L68\.0 ([\d.]+)H/g)].map((found) => found[1])
    expect(firsts).toHaveLength(2)
    expect(firsts[0]).toBe(firsts[1])
  })

  it('refuses to draw nothing', () => {
    expect(() => histogram({ title: 't', xLabel: 'x', series: [{ name: 'a', values: [] }] })).toThrow('hold nothing')
    expect(() => histogram({ title: 't', xLabel: 'x', range: [5, 6], series: [{ name: 'a', values: [1] }] })).toThrow(
      'no value lies',
    )
  })

  it('escapes every name', () => {
    const svg = histogram({
      title: hostile,
      xLabel: hostile,
      series: [{ name: hostile, values: [1, 2] }],
      marks: [{ name: hostile, x: 1 }],
    })
    expect(svg).not.toContain('<script')
  })
})
