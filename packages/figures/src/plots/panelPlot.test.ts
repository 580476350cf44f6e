// Panels to one scale, read back from the SVG.
import { describe, expect, it } from '@jest/globals'
import { panelPicture, panelPlot } from './panelPlot.ts'

const plot = {
  title: 't',
  xLabel: 'films',
  logX: true,
  panels: [
    {
      yLabel: 'AP',
      series: [
        {
          name: 'a',
          points: [
            { x: 10, y: 0 },
            { x: 100, y: 0.2, low: 0.1, high: 0.4 },
            { x: 1000, y: 0.4 },
          ],
        },
        { name: 'b', points: [{ x: 10, y: 0.1 }] },
      ],
    },
    { yLabel: 'gain', noEffect: 0, series: [{ name: 'b − a', points: [{ x: 10, y: 0.1, low: 0.05, high: 0.2 }] }] },
  ],
}
const paths = (svg: string): number[][][] =>
  [...svg.matchAll(/<path d="([^"Z]+)" fill="none"/g)].map(([, d]) =>
    d!
      .slice(1)
      .split('L')
      .map((point) => point.split(' ').map(Number)),
  )
const lines = (svg: string, colour: string): number[][] =>
  [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" stroke="(#\w+)"/g)]
    .filter((found) => found[5] === colour)
    .map((found) => found.slice(1, 5).map(Number))

describe('panelPlot', () => {
  it('gives equal differences equal heights in all panels', () => {
    const svg = panelPlot(plot)
    // the interval from .1 to .4 in the first panel, from .05 to .2 in the second: 2 to 1
    const above = lines(svg, '#0072b2').find(([x1, , x2]) => x1 === x2)
    const below = lines(svg, '#009e73').find(([x1, , x2]) => x1 === x2)
    const high = ([, y1, , y2]: number[]): number => y1! - y2!
    // steps of .1: 4 above and 2 below, of 400 px: 66.67 a step
    expect(high(above!)).toBeCloseTo(200, 1)
    expect(high(below!)).toBeCloseTo(100, 1)
  })

  it('sets equal ratios at equal distances, with a tick at each setting', () => {
    const svg = panelPlot(plot)
    const [[ten, hundred, thousand]] = paths(svg) as [number[][]]
    expect(hundred![0]! - ten![0]!).toBeCloseTo(thousand![0]! - hundred![0]!, 0)
    for (const text of ['10', '100', '1000']) expect(svg.split(`>${text}<`)).toHaveLength(3) // both panels
  })

  it('sets lines of one panel apart, so that their intervals do not hide each other', () => {
    const [a, b, gain] = paths(panelPlot(plot)).map((own) => own[0]![0]!)
    expect(b! - a!).toBeCloseTo(8, 1)
    expect(gain).toBeCloseTo((a! + b!) / 2, 1)
  })

  it('keeps the line of no effect in view, and leaves out intervals that are not given', () => {
    const svg = panelPlot({
      ...plot,
      panels: [{ yLabel: 'gain', noEffect: 0, series: [{ name: 'a', points: [{ x: 10, y: 0.5 }] }] }],
    })
    const [level] = [...svg.matchAll(/y1="([\d.]+)"[^>]*stroke-dasharray="4 3"/g)].map(([, y]) => Number(y))
    expect(level).toBe(441) // the bottom of 400 px below the title's 41
    expect(lines(svg, '#0072b2').filter(([x1, , x2]) => x1 === x2)).toEqual([])
  })

  it('says every value in words, with names made safe', () => {
    expect(panelPicture(plot).description).toBe(
      'AP, gain over films. a at 10: 0; a at 100: 0.2 [0.1, 0.4]; a at 1000: 0.4; b at 10: 0.1; b − a at 10: 0.1 [0.05, 0.2]',
    )
    const hostile = '<script>alert(1)</script>'
    const svg = panelPlot({
      title: hostile,
      xLabel: hostile,
      panels: [{ yLabel: hostile, series: [{ name: hostile, points: [{ x: 1, y: 1 }] }] }],
    })
    expect(svg).not.toContain('<script')
  })

  it('refuses no points, no number, an interval the wrong way round, and 0 on a logarithmic axis', () => {
    const one = (point: { x: number; y: number; low?: number; high?: number }) => () =>
      panelPlot({ ...plot, panels: [{ yLabel: 'y', series: [{ name: 'a', points: [point] }] }] })
    expect(() => panelPlot({ ...plot, panels: [] })).toThrow('no points')
    expect(one({ x: 1, y: NaN })).toThrow("'a' at 1 is NaN")
    expect(one({ x: 1, y: 1, low: 2, high: 0 })).toThrow('[2, 0]')
    expect(one({ x: 0, y: 1 })).toThrow('no logarithmic axis')
  })
})
