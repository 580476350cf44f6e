import { describe, expect, it } from '@jest/globals'
import { formatNumber, makeScale } from './scale.ts'

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.123456, '0.123'],
    [-0.5, '−0.5'],
    [1234.5, '1235'],
    [0.00001234, '1.23e−5'],
    [12345678, '1.23e7'],
    [NaN, 'n/a'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})

describe('makeScale', () => {
  it('places data on pixels and ticks on whole steps', () => {
    const scale = makeScale([0, 10], [100, 200])
    expect([scale.at(0), scale.at(2.5), scale.at(10)]).toEqual([100, 125, 200])
    expect(scale.ticks.map(({ text }) => text)).toEqual(['0', '2', '4', '6', '8', '10'])
  })

  it('writes as many decimals as the step needs, and thousands', () => {
    expect(makeScale([0.4, 0.6], [0, 1]).ticks.map(({ text }) => text)).toEqual([
      '0.40',
      '0.45',
      '0.50',
      '0.55',
      '0.60',
    ])
    expect(makeScale([0, 20000], [0, 1], { ticks: 4 }).ticks.map(({ text }) => text)).toEqual([
      '0',
      '5,000',
      '10,000',
      '15,000',
      '20,000',
    ])
    expect(makeScale([-0.1, 0.1], [0, 1], { ticks: 2 }).ticks.map(({ text }) => text)).toEqual(['−0.1', '0.0', '0.1'])
  })

  it('widens to whole ticks when asked', () => {
    const scale = makeScale([0.13, 0.87], [0, 100], { nice: true })
    expect([scale.at(0), scale.at(1)].map(Math.round)).toEqual([0, 100])
  })

  it('is logarithmic: a decade is as long everywhere, and zero cannot be drawn', () => {
    const scale = makeScale([1, 10000], [0, 100], { log: true })
    expect([scale.at(10), scale.at(100)]).toEqual([25, 50])
    expect(scale.ticks.map(({ value }) => value)).toEqual([1, 10, 100, 1000, 10000])
    expect(makeScale([0.06, 1.8], [0, 1], { log: true, nice: true }).ticks.map(({ text }) => text)).toEqual([
      '0.05',
      '0.1',
      '0.2',
      '0.5',
      '1',
      '2',
    ])
    expect([scale.drawable(0), scale.drawable(5), scale.drawable(NaN)]).toEqual([false, true, false])
  })

  it('gives a constant its own room, and refuses what no axis shows', () => {
    expect(makeScale([3, 3], [0, 100]).at(3)).toBeCloseTo(50, 10)
    expect(() => makeScale([0, 1], [0, 1], { log: true })).toThrow('no logarithmic axis can show 0 to 1')
    expect(() => makeScale([0, Infinity], [0, 1])).toThrow('no axis can show')
  })
})
