import { describe, expect, it } from '@jest/globals'
import type { SeriesRow } from '@radiograft/pipeline'
import { curvePanels } from './curvePanels.ts'

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
