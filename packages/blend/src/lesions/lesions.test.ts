import { describe, expect, test } from '@jest/globals'
import { chooseHosts } from './chooseHosts.ts'
import { spreadDonors } from './spreadDonors.ts'
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

describe('spreadDonors', () => {
  const patientOf = new Map('abcdefghxyz'.split('').map((film) => [film, film === 'a' ? 'of x' : `of ${film}`]))
  const hosts = 'abcdefgh'.split('')
  const pool = 'xyz'.split('')

  test('each donor lends as often as any other, and never to its own patient', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const chosen = spreadDonors(hosts, pool, patientOf, seed)
      const counts = pool.map((donor) => [...chosen.values()].filter((one) => one === donor).length)
      expect([chosen.size, Math.max(...counts) - Math.min(...counts) <= 1]).toEqual([8, true])
      expect(chosen.get('a')).not.toBe('x')
    }
  })

  test('depends on the seed, not on the order', () => {
    const of = (seed: number, turned = false) => [
      ...spreadDonors(turned ? hosts.toReversed() : hosts, turned ? pool.toReversed() : pool, patientOf, seed),
    ]
    expect(of(1, true)).toEqual(of(1))
    expect(new Set([1, 2, 3, 4, 5].map((seed) => String(of(seed)))).size).toBeGreaterThan(1)
  })

  test('names a host that has only its own patient', () => {
    expect(() =>
      spreadDonors(
        ['a'],
        ['x'],
        new Map([
          ['a', 'p'],
          ['x', 'p'],
        ]),
        1,
      ),
    ).toThrow(/film a has no donor/)
  })
})
