// The dose curve: which arms are read, what is said of the gains, and a figure where there are none.
import { describe, expect, it } from '@jest/globals'
import type { MetricRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { dosesOf, shrinking } from './dosesOf.ts'
import { drawDoses } from './drawDoses.ts'
import { run } from './drawDoses.run.ts'

const AP = 'ap-rsna-0.40:0.75'
const row = (arm: string, value: number, half: number, metric = AP): MetricRow => ({
  arm,
  part: 'test',
  metric,
  value,
  low: value - half,
  high: value + half,
  n: 90,
  unit: '',
})
const dose = (positives: number, plain: number, gain: number): MetricRow[] => [
  row(`plain@${positives}`, plain, 0.02),
  row(`synthesis@${positives}`, plain + gain, 0.02),
  row(`synthesis@${positives} − plain@${positives}`, gain, 0.02),
  row(`synthesis@${positives} − plain@${positives}`, gain, 0.04, `${AP}-simultaneous`),
]
// not in order of the doses
const rows = [...dose(300, 0.3, 0.01), ...dose(10, 0.1, 0.125), ...dose(100, 0.2, 0.05), row('plain', 0.4, 0.1)]

it('reads doses from the names of arms, from few to many', () => {
  const doses = dosesOf(rows, AP)
  expect(doses.map(({ positives, plain, gain }) => [positives, plain!.value, gain!.value])).toEqual([
    [10, 0.1, 0.125],
    [100, 0.2, 0.05],
    [300, 0.3, 0.01],
  ])
  expect(doses.map((one) => one.atFloor)).toEqual([false, false, false])
  expect(dosesOf(rows, 'other')).toEqual([])
  expect(dosesOf([row('plain@30', 0.2, 0.1)], AP)).toMatchObject([{ positives: 30, plain: { value: 0.2 } }])
})

describe('shrinking', () => {
  const says = (own: ReadonlyArray<MetricRow>, seeds = 2) => shrinking(own, dosesOf(own, AP), AP, seeds)?.says

  it('compares the gain at the fewest positives with that at the most, by the bounds of both', () => {
    // .115 ± .08
    expect(says(rows)).toBe('shrinks')
    expect(says([...dose(10, 0.1, 0.01), ...dose(300, 0.3, 0.125)])).toBe('grows')
    expect(says([...dose(10, 0.1, 0.08), ...dose(300, 0.3, 0.01)])).toBe('cannot tell')
    expect(says(dose(10, 0.1, 0.1))).toBeUndefined()
  })

  it('does not take a loss that grows for a gain that shrinks', () => {
    expect(says([...dose(10, 0.3, -0.05), ...dose(300, 0.3, -0.2)])).toBe('no gain')
    expect(says([...dose(10, 0.3, 0.01), ...dose(300, 0.3, -0.2)])).toBe('cannot tell')
  })

  it('cannot tell from one seed, or where both arms find nothing', () => {
    expect(says(rows, 1)).toBe('cannot tell')
    expect(says([...dose(10, 0.01, 0), ...dose(300, 0.3, 0.2)])).toBe('cannot tell')
  })
})

describe('draw-doses', () => {
  const draw = async (own: ReadonlyArray<MetricRow>, seeds = 2) => {
    const params = defaultsOf(drawDoses, { seeds })
    const { figure, doses } = await run({ params, inputs: { metrics: [own] }, ctx: stageContext() })
    return { figure, doses, svg: new TextDecoder().decode(figure.bytes) }
  }

  it('draws spread donors beside them where a run has the arm', async () => {
    const more = [row('spread@10', 0.15, 0.02), row('spread@10 − plain@10', 0.05, 0.02)]
    const { doses, svg } = await draw([...rows, ...more])
    expect(svg).toContain('synthesis, donors spread')
    expect(svg).toContain('donors spread − plain')
    const at = doses.columns.indexOf('donors spread, gain')
    expect(doses.cells.map((line) => line[at])).toEqual([0.05, null, null])
    expect((await draw(rows)).svg).not.toContain('donors spread')
  })

  it('draws both arms and the gain at every dose, and says what is wanted and what came out', async () => {
    const { figure, doses, svg } = await draw(rows)
    expect(svg.split('<g><title>').length - 1).toBe(9 + 3) // nine values and three names
    for (const text of ['10', '100', '300']) expect(svg.split(`>${text}<`)).toHaveLength(3)
    expect(figure.caption).toContain('the gain shrinks as positives grow')
    expect(figure.caption).toContain('+0.125 [+0.105, +0.145] with 10 positives, +0.010 [-0.010, +0.030] with 300')
    expect(figure.caption).toContain('their difference is +0.115 [+0.075, +0.155], [+0.035, +0.195] with')
    expect(figure.caption).toContain('too narrow): the gain shrinks.')
    expect(figure.caption).toContain('share one draw of the positives')
    expect(figure.caption).toContain('not run: 30, 1,000.')
    expect(doses.note).toContain('share one draw of the positives')
    expect(doses.cells).toHaveLength(3)
    for (const line of doses.cells) expect(line).toHaveLength(doses.columns.length)
    expect(doses.cells[0]![doses.columns.indexOf('gain')]).toBe(0.125)
    expect(doses.note).toContain('the gain shrinks.')
  })

  it('says why it cannot tell', async () => {
    expect((await draw(rows, 1)).figure.caption).toContain('cannot tell, from one training seed')
    const floor = await draw([...dose(10, 0.01, 0), ...dose(300, 0.3, 0.01)])
    expect(floor.figure.caption).toContain('with 10 positives both arms lie near 0')
    expect(floor.doses.cells[0]!.at(-1)).toBe('both arms lie near 0')
    expect((await draw([...dose(10, 0.3, -0.05), ...dose(300, 0.3, -0.2)])).figure.caption).toContain(
      'synthesis is worse with 10 positives',
    )
    expect((await draw(dose(10, 0.1, 0.1))).figure.caption).toContain('at one number of positives at most')
  })

  it('gives a figure that says so where a run has no doses', async () => {
    const { figure, doses, svg } = await draw([row('plain', 0.4, 0.1)])
    expect(svg).toContain('This run has no arm of few positives')
    expect(figure.caption).toContain('This run has no arm')
    expect(doses.cells).toEqual([])
  })
})
