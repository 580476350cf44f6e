// Orders of arms judged from bounds written by hand.
import { describe, expect, it } from '@jest/globals'
import { type MetricRow, metricRow } from '@radiograft/pipeline'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { armNames, arms, contrasts } from '../arms.ts'
import { controlLines } from './controlLines.ts'
import { judgeControls } from './judgeControls.ts'
import { run } from './judgeControls.run.ts'
import { judgeOrder } from './judgeOrder.ts'
import { orderName, orders } from './orders.ts'

const AP = 'ap-rsna-0.40:0.75'
const row = (arm: string, value: number, low: number, high: number, metric = AP): MetricRow =>
  metricRow({ arm, metric, value, low, high, n: 90 })

describe('judgeOrder, where .016 would matter', () => {
  const judge = (expected: Parameters<typeof judgeOrder>[0], low: number, high: number) =>
    judgeOrder(expected, { low, high }, 0.016)

  it('> wants all of the interval above zero', () => {
    expect(judge('>', 0.001, 0.05)).toBe('as expected')
    expect(judge('>', 0, 0.05)).toBe('cannot tell')
    expect(judge('>', -0.05, -0.001)).toBe('against expectation')
  })

  it('≥ wants all above zero too; else a loss that matters may be excluded', () => {
    expect(judge('≥', 0.001, 0.05)).toBe('as expected')
    expect(judge('≥', 0, 0.05)).toBe('excluded')
    expect(judge('≥', -0.015, 0.015)).toBe('excluded') // as good as equal
    expect(judge('≥', -0.017, 0.05)).toBe('cannot tell')
    expect(judge('≥', -0.017, -0.001)).toBe('against expectation')
    expect(judge('≥', -0.015, -0.001)).toBe('excluded') // a loss, but none that matters
  })

  it('= wants the whole interval within what matters', () => {
    expect(judge('=', -0.015, 0.015)).toBe('as expected')
    expect(judge('=', -0.015, 0.017)).toBe('cannot tell')
    expect(judge('=', 0.001, 0.015)).toBe('as expected')
    expect(judge('=', 0.001, 0.017)).toBe('against expectation')
    expect(judge('=', -0.017, -0.001)).toBe('against expectation')
  })

  it('< and ≤ are the other way round, and nobody can tell without bounds', () => {
    expect(judge('<', -0.05, -0.001)).toBe('as expected')
    expect(judge('<', 0.001, 0.05)).toBe('against expectation')
    expect(judge('≤', -0.05, -0.001)).toBe('as expected')
    expect(judge('≤', -0.05, 0.015)).toBe('excluded')
    expect(judge('≤', 0.001, 0.017)).toBe('against expectation')
    expect(judge('=', NaN, NaN)).toBe('cannot tell')
  })
})

describe('orders', () => {
  const sides = orders.flatMap(({ left, right }) => [left, right].flatMap((side) => side.split(' − ')))

  it('speak of arms that exist, each pair once, with reason and source', () => {
    const known = new Set<string>([...armNames, 'box-prior', 'brightness'])
    expect(sides.filter((name) => !known.has(name))).toEqual([])
    const pairs = orders.map(({ left, right }) => [left, right].toSorted().join(' | '))
    expect(new Set(pairs).size).toBe(orders.length)
    expect(orders.filter(({ why, source }) => why === '' || source === '')).toEqual([])
  })

  it('speak of every arm of the study but those of claims, doses between and other films', () => {
    const silent = armNames.filter((name) => !arms[name].byFilm && !name.startsWith('spread@') && !sides.includes(name))
    expect(silent.toSorted()).toEqual(
      ['attention+synthesis', 'plain@100', 'plain@30', 'synthesis@100', 'synthesis@30', 'unaligned'].toSorted(),
    )
  })

  it('hold the chains that the study is judged by', () => {
    const chains = [
      ['attention:oracle', 'attention:twin', 'attention'],
      ['synthesis', 'synthesis:poisson', 'synthesis:paste'],
    ]
    const steps = chains.flatMap((chain) => chain.slice(1).map((right, i) => `${chain[i]} ≥ ${right}`))
    const strict = ['synthesis:null < plain', 'attention:oracle > attention:constant', 'synthesis:repeat = plain']
    expect(orders.map(orderName)).toEqual(expect.arrayContaining([...steps, ...strict]))
  })

  it('fix nothing that a pilot on the same films suggested', () => {
    const seen = orders.filter(({ why }) => why.includes('from a pilot on the study’s films'))
    expect(seen.map(orderName)).toEqual([
      'synthesis:spread ? synthesis',
      'synthesis:repeat-spread ? plain',
      'plain:force-best ? plain',
    ])
    expect(orders.filter(({ expected, why }) => expected !== '?' && why.includes('pilot'))).toEqual([])
  })

  it('want attention above what it could owe its effect to', () => {
    const steps = ['other-film', 'untrained', 'constant'].map((name) => `attention > attention:${name}`)
    expect(orders.map(orderName)).toEqual(expect.arrayContaining(steps))
  })

  it('need no contrast that the study lacks', () => {
    const has = new Set(contrasts)
    const needed = orders.flatMap(({ left, right }) =>
      left.includes(' − ') ? [[left], [right]] : [[`${left} − ${right}`, `${right} − ${left}`]],
    )
    const lacking = needed.filter((ways) => !ways.some((way) => has.has(way))).map(([way]) => way)
    expect(lacking).toEqual([])
  })
})

describe('controlLines', () => {
  const options = { metric: AP, margin: 0.016, seeds: 2 }
  const of = (pair: string) => orders.filter((order) => orderName(order) === pair)

  it('judges by simultaneous bounds before the interval', () => {
    const rows = [row('synthesis:null − plain', -0.1, -0.15, -0.05)]
    const order = of('synthesis:null < plain')
    expect(controlLines(rows, order, options)[0]!.verdict).toBe('as expected')
    const wider = row('synthesis:null − plain', -0.1, -0.2, 0.01, `${AP}-simultaneous`)
    expect(controlLines([...rows, wider], order, options)[0]!.verdict).toBe('cannot tell')
  })

  it('cannot tell from one seed, or from arms that find nothing', () => {
    const rows = [row('synthesis:repeat − plain', 0, -0.01, 0.01)]
    const order = of('synthesis:repeat = plain')
    const verdict = (more: ReadonlyArray<MetricRow>, seeds = 2) => {
      const [line] = controlLines([...rows, ...more], order, { ...options, seeds })
      return [line!.verdict, line!.caveat]
    }
    expect(verdict([])).toEqual(['as expected', ''])
    expect(verdict([], 1)).toEqual(['cannot tell', 'one training seed'])
    const floor = [row('synthesis:repeat', 0.01, 0.004, 0.018), row('plain', 0.01, 0.004, 0.018)]
    expect(verdict(floor)).toEqual(['cannot tell', 'arms near 0'])
    expect(verdict([floor[0]!, row('plain', 0.1, 0.05, 0.2)])).toEqual(['as expected', ''])
  })

  it('says of what lies within the margin that it surely lies beside 0', () => {
    const line = (pair: string, low: number, high: number) => {
      const [left, , right] = pair.split(' ')
      const [only] = controlLines([row(`${left} − ${right}`, (low + high) / 2, low, high)], of(pair), options)
      return [only!.verdict, only!.caveat]
    }
    expect(line('synthesis ≥ synthesis:repeat', -0.01, 0.01)).toEqual(['excluded', ''])
    expect(line('synthesis ≥ synthesis:repeat', -0.01, -0.002)).toEqual(['excluded', 'surely below 0'])
    expect(line('synthesis:unlabelled ≤ plain', 0.002, 0.01)).toEqual(['excluded', 'surely above 0'])
    expect(line('synthesis:repeat = plain', 0.002, 0.01)).toEqual(['as expected', 'surely above 0'])
    expect(line('synthesis ≥ synthesis:repeat', 0.002, 0.01)).toEqual(['as expected', ''])
  })

  it('compares two gains, unless the arms of one of them find nothing', () => {
    const gains = [
      row('synthesis@10 − plain@10', 0.2, 0.15, 0.25),
      row('synthesis@10 − plain@10', 0.2, 0.1, 0.3, `${AP}-simultaneous`),
      row('synthesis@300 − plain@300', 0, -0.02, 0.02),
      row('synthesis@300 − plain@300', 0, -0.05, 0.05, `${AP}-simultaneous`),
    ]
    const order = orders.filter(({ left }) => left === 'synthesis@10 − plain@10')
    const [line] = controlLines(gains, order, options)
    expect(line!.ours.simultaneous!.low).toBeCloseTo(0.05, 12)
    expect(line!.verdict).toBe('as expected')
    const floor = [row('synthesis@10', 0.01, 0, 0.02), row('plain@10', 0.01, 0, 0.02)]
    expect(controlLines([...gains, ...floor], order, options)[0]!.verdict).toBe('cannot tell')
  })

  it('does not take a loss that grows for a gain that shrinks', () => {
    const order = orders.filter(({ left }) => left === 'synthesis@10 − plain@10')
    const losses = [
      row('synthesis@10 − plain@10', -0.1, -0.12, -0.08),
      row('synthesis@300 − plain@300', -0.3, -0.32, -0.28),
    ]
    const [line] = controlLines(losses, order, options)
    expect([line!.verdict, line!.caveat]).toEqual(['cannot tell', 'no gain that could shrink'])
  })

  it('says where a pair without a fixed order lies, and leaves out what the run lacks', () => {
    const rows = [row('schedule:2:2 − attention', 0.03, 0.01, 0.05), row('schedule:1:1 − attention', 0, -0.1, 0.1)]
    expect(controlLines(rows, orders, options).map(({ order, verdict }) => [orderName(order), verdict])).toEqual([
      ['schedule:1:1 ? attention', 'cannot tell'],
      ['schedule:2:2 ? attention', 'above zero'],
    ])
  })
})

describe('judge-controls', () => {
  const judge = async (rows: ReadonlyArray<MetricRow>, seeds = 2) => {
    const ctx = stageContext()
    const params = defaultsOf(judgeControls, { seeds })
    return { ...(await run({ params, inputs: { metrics: [rows] }, ctx })).controls, warnings: ctx.warnings }
  }

  it('gives each order its numbers and a verdict, counts them, and warns of what does not hold', async () => {
    const { columns, cells, note, warnings } = await judge([
      row('attention − attention:twin', -0.1, -0.2, -0.01), // wired the other way round
      row('attention − attention:twin', -0.1, -0.3, -0.005, `${AP}-simultaneous`),
      row('attention − attention:twin', 0.02, NaN, NaN, `${AP}-p-holm`),
      row('synthesis:null − plain', 0.05, 0.02, 0.08),
      row('attention:constant − plain', 0, -0.1, 0.1),
      row('schedule:joint − attention', 0, -0.1, 0.1),
    ])
    const at = (line: number, ...names: string[]) => names.map((name) => cells[line]![columns.indexOf(name)])
    expect(at(0, 'claim', 'verdict', 'ours, bounds of all contrasts together')).toEqual([
      'attention:twin ≥ attention',
      'as expected',
      '+0.100 [+0.005, +0.300]',
    ])
    expect(at(0, 'gain', 'low', 'high', 'simultaneous low', 'simultaneous high', 'p by Holm', 'n')).toEqual([
      0.1, 0.01, 0.2, 0.005, 0.3, 0.02, 90,
    ])
    expect(at(3, 'claim', 'verdict', 'simultaneous low')).toEqual([
      'synthesis:null < plain',
      'against expectation',
      null,
    ])
    for (const line of cells) expect(line).toHaveLength(columns.length)
    expect(note).toContain(
      'Of 3 orders 1 are as expected, of 0 only a difference of .016 the wrong way is excluded, 1 are against expectation, 1 this ' +
        'run cannot tell; of 1 more',
    )
    expect(note).toContain(`${orders.length - 4} have no contrast in this run`)
    expect(warnings).toEqual(['control: synthesis:null < plain does not hold: +0.050 [+0.020, +0.080] (95 % alone)'])
  })

  it('does not call arms that are equal as expected: if attention does nothing the note says so', async () => {
    const rows = orders.flatMap(({ left, right }) =>
      left.startsWith('attention') && !left.includes(' − ') ? [row(`${left} − ${right}`, 0, -0.01, 0.01)] : [],
    )
    const { cells, columns, note } = await judge(rows)
    const verdicts = cells.map((cell) => [cell[0], cell[columns.indexOf('verdict')]])
    expect(verdicts.filter(([, verdict]) => verdict === 'as expected')).toEqual([
      ['attention:constant = plain', 'as expected'],
    ])
    expect(verdicts).toContainEqual(['attention ≥ attention:a', 'loss of .016 excluded'])
    expect(verdicts).toContainEqual(['attention > attention:constant', 'cannot tell'])
    expect(note).toMatch(
      /Of 14 orders 1 are as expected, of 7 only a difference of \.016 the wrong way is excluded, 0 are/,
    )
    expect(note).toContain('.002 to .044')
  })

  it('settles nothing from one seed, and is empty where no control was run', async () => {
    const { cells, columns, note } = await judge([row('synthesis:null − plain', -0.1, -0.15, -0.05)], 1)
    expect(cells[0]![columns.indexOf('verdict')]).toBe('cannot tell')
    expect(note).toContain('one training seed')
    expect((await judge([])).cells).toEqual([])
  })
})
