import { describe, expect, it } from '@jest/globals'
import { rng } from './rng.ts'

describe('streams', () => {
  it('give the same numbers in bulk, one by one, and from any offset', () => {
    const one = rng(5)
    const single = Array.from({ length: 23 }, () => one.uniform())
    const bulk = rng(5)
    const parts = [...bulk.uniforms(1), ...bulk.uniforms(2), ...bulk.uniforms(9), bulk.uniform(), ...bulk.uniforms(10)]
    expect(parts).toEqual(single)
  })

  it('fork by name, whatever was drawn before', () => {
    const fresh = rng('a').fork('film').fork(3).normals(5)
    const drawn = rng('a')
    drawn.uniforms(17)
    const film = drawn.fork('film')
    film.uint32()
    expect(film.fork(3).normals(5)).toEqual(fresh)
  })

  it('differ by seed, by name and by the type of the name', () => {
    const firsts = [
      rng(1),
      rng(2),
      rng('1'),
      rng(1.5),
      rng(1 + 2 ** 32),
      rng(1).fork(1),
      rng(1).fork('1'),
      rng(1).fork('a').fork('b'),
      rng(1).fork('b').fork('a'),
      rng(1).fork('ab'),
    ].map((stream) => stream.uint32())
    expect(new Set(firsts).size).toBe(firsts.length)
    expect(rng(-0).uint32()).toBe(rng(0).uint32())
  })

  it('refuse a seed that is no number', () => {
    expect(() => rng(NaN)).toThrow('seed or name is NaN, expected a finite number or a string')
    expect(() => rng(1).fork(Infinity)).toThrow(expect.objectContaining({ _tag: 'RandomArgumentError' }))
  })

  it('of neighbouring names are uncorrelated', () => {
    const n = 20_000
    const a = rng(0).fork(0).normals(n)
    const b = rng(0).fork(1).normals(n)
    const correlation = a.reduce((sum, x, i) => sum + x * b[i]!, 0) / n
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(n))
  })
})

describe('uniforms', () => {
  it('lie in [0, 1), are multiples of 2^-24 and fill 64 bins evenly', () => {
    const n = 64_000
    const bins = new Float64Array(64)
    let unlike = 0
    for (const u of rng('bins').uniforms(n)) {
      if ((u * 2 ** 24) % 1 !== 0 || u < 0) unlike += 1
      bins[Math.floor(u * 64)]! += 1
    }
    expect(unlike).toBe(0)
    const chiSquare = bins.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0)
    expect(chiSquare).toBeLessThan(63 + 4 * Math.sqrt(2 * 63)) // mean 63, standard deviation sqrt(126)
  })
})

describe('normals', () => {
  const n = 400_000
  const x = rng('normals').normals(n)

  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
    [6, 15, 10_170],
  ])('moment %i is %d', (power, moment, variance) => {
    // variance of x^k is E[x^2k] - E[x^k]^2: 1, 3-1, 15, 105-9, 10395-225
    const mean = x.reduce((sum, value) => sum + value ** power, 0) / n
    expect(Math.abs(mean - moment)).toBeLessThan(4 * Math.sqrt(variance / n))
  })

  it('reach 4 sigma as often as they should', () => {
    // P(|x| > 4) = 6.334e-5: 25 of 400,000, give or take 4 times 5
    const beyond = x.filter((value) => Math.abs(value) > 4).length
    expect(Math.abs(beyond - 25.3)).toBeLessThan(20)
  })
})

describe('whole numbers', () => {
  it('cover a range evenly and within its ends', () => {
    const counts = new Map<number, number>()
    for (const value of rng('ints').ints(30_000, -1, 2)) counts.set(value, (counts.get(value) ?? 0) + 1)
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([-1, 0, 1])
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt(30_000 * (2 / 9)))
  })

  it('are unbiased where the modulus would be: 3 * 2^30 values, lower third no likelier', () => {
    // word % (3 * 2^30) without rejection would put half, not a third, of the draws below 2^30
    const stream = rng('bias')
    let low = 0
    for (let i = 0; i < 9_000; i++) if (stream.int(0, 3 * 2 ** 30) < 2 ** 30) low += 1
    expect(Math.abs(low - 3_000)).toBeLessThan(4 * Math.sqrt(9_000 * (2 / 9)))
  })

  it('of the full range are the words themselves', () => {
    expect(rng(1).int(0, 2 ** 32)).toBe(rng(1).uint32())
    expect(rng(1).ints(1, -(2 ** 31), 2 ** 31)[0]).toBe(rng(1).uint32() - 2 ** 31)
  })

  it('refuse empty and broken ranges', () => {
    expect(() => rng(1).int(3, 3)).toThrow('range is [3, 3), expected whole numbers')
    expect(() => rng(1).int(0, 2.5)).toThrow('whole numbers')
    expect(() => rng(1).int(0, 2 ** 32 + 1)).toThrow('lo + 2^32')
    expect(() => rng(1).ints(1, 0, 2 ** 31 + 1)).toThrow('int32')
    expect(() => rng(1).uniforms(-1)).toThrow('n is -1, expected a whole number, zero or more')
  })
})

describe('permutations', () => {
  it('hold every index once', () => {
    expect(rng(3).permutation(1000).toSorted()).toEqual(Int32Array.from({ length: 1000 }, (_, i) => i))
    expect(rng(3).permutation(0)).toEqual(new Int32Array(0))
  })

  it('of three come in all six orders, equally often', () => {
    const stream = rng('six')
    const counts = new Map<string, number>()
    for (let i = 0; i < 6_000; i++) {
      const order = stream.permutation(3).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4 * Math.sqrt(6_000 * (5 / 36)))
  })

  it('shuffle items and leave the caller’s array alone', () => {
    const items = ['a', 'b', 'c', 'd'] as const
    const order = rng(9).permutation(4)
    expect(rng(9).shuffle(items)).toEqual(Array.from(order, (i) => items[i]))
    expect(items).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('weighted choice', () => {
  it('follows the weights and never takes a zero', () => {
    const stream = rng('choice')
    const counts = [0, 0, 0, 0, 0]
    for (let i = 0; i < 8_000; i++) counts[stream.choice([0, 1, 0, 3, 0])]! += 1
    expect([counts[0], counts[2], counts[4]]).toEqual([0, 0, 0])
    expect(Math.abs(counts[1]! - 2_000)).toBeLessThan(4 * Math.sqrt(8_000 * (3 / 16)))
  })

  it('refuses weights that mean nothing', () => {
    expect(() => rng(1).choice([1, -1])).toThrow('weight 1 is -1')
    expect(() => rng(1).choice([0, 0])).toThrow('sum of weights is 0')
    expect(() => rng(1).choice([])).toThrow('sum of weights')
  })
})
