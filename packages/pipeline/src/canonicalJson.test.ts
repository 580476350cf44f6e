import { describe, expect, it } from '@jest/globals'
import { canonicalJson, parseCanonicalJson } from './canonicalJson.ts'

describe('canonicalJson', () => {
  it('sorts keys, drops undefined, keeps the order of arrays', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, 1], c: undefined }, é: 'x' })).toBe('{"a":{"d":[2,1]},"b":1,"é":"x"}')
  })
  it('tells numbers apart that JSON cannot write', () => {
    expect(canonicalJson([Number.NaN, Infinity, -Infinity, -0, 0, 1e21])).toBe(
      '[{"$number":"NaN"},{"$number":"Infinity"},{"$number":"-Infinity"},-0,0,1e+21]',
    )
    expect(parseCanonicalJson('[{"$number":"NaN"},{"$number":"-Infinity"},-0]')).toEqual([Number.NaN, -Infinity, -0])
  })
  it('reads a record that only looks like a number as it is', () => {
    for (const value of [{ $number: 'seven' }, { $number: 'NaN', and: 1 }, { $number: 7 }])
      expect(parseCanonicalJson(canonicalJson(value))).toEqual(value)
  })
  it('reads typed arrays as arrays and refuses functions', () => {
    expect(canonicalJson(Float32Array.of(1, 0.5))).toBe('[1,0.5]')
    expect(() => canonicalJson({ f: () => 1 })).toThrow('a function has no JSON')
  })
})
