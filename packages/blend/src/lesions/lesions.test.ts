import { describe, expect, test } from '@jest/globals'
import { chooseHosts } from './chooseHosts.ts'
import { parseSyntheticId, syntheticId } from './syntheticId.ts'

describe('ids of synthetic films', () => {
  test('made and taken apart', () => {
    expect(syntheticId('film-01', 'film-02')).toBe('film-01+film-02')
    expect(parseSyntheticId('film-01+film-02')).toEqual({ host: 'film-01', donor: 'film-02' })
  })
  test('a film whose id holds a plus, or none, is refused by name', () => {
    expect(() => syntheticId('a+b', 'c')).toThrow(/^host: “a\+b” cannot be part .* rename the film/)
    expect(() => syntheticId('a', 'b+')).toThrow(/^donor: “b\+”/)
    expect(() => syntheticId('', 'b')).toThrow(/^host/)
    for (const id of ['a', 'a+', '+b', 'a+b+c', '']) expect(() => parseSyntheticId(id)).toThrow(/<host>\+<donor>/)
  })
})

describe('chooseHosts', () => {
  const ids = Array.from({ length: 40 }, (_, i) => `film-${String(i).padStart(2, '0')}`)
  test('0, or more than there are: all, ascending', () => {
    expect(chooseHosts(ids.toReversed(), 0, 1)).toEqual(ids)
    expect(chooseHosts(ids, 41, 1)).toEqual(ids)
  })
  test('by the seed alone: not by the order of the films, and fewer are some of more', () => {
    const ten = chooseHosts(ids, 10, 7)
    expect(ten).toHaveLength(10)
    expect(ten).toEqual(ten.toSorted())
    expect(chooseHosts(ids.toReversed(), 10, 7)).toEqual(ten)
    expect(chooseHosts(ids, 10, 8)).not.toEqual(ten)
    const twenty = chooseHosts(ids, 20, 7)
    expect(ten.every((id) => twenty.includes(id))).toBe(true)
  })
  test('a film less in the pool moves one host at most', () => {
    const ten = chooseHosts(ids, 10, 7)
    const without = chooseHosts(
      ids.filter((id) => id !== ten[0]),
      10,
      7,
    )
    expect(without.filter((id) => ten.includes(id))).toEqual(ten.slice(1))
  })
})
