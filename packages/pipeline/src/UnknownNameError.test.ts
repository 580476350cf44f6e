import { describe, expect, it } from '@jest/globals'
import { editDistance, nearestName, UnknownNameError } from './UnknownNameError.ts'

describe('UnknownNameError', () => {
  it('counts letters inserted, deleted, replaced and swapped', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('aling', 'align')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })
  it('suggests the nearest name, if it is near', () => {
    expect(nearestName('fit-detecter', ['fit-aligner', 'fit-detector'])).toBe('fit-detector')
    expect(nearestName('steps', ['fold'])).toBeUndefined()
    expect(new UnknownNameError('stage', 'aling', ['align', 'read']).message).toBe(
      "unknown stage 'aling', did you mean 'align'? Known: align, read.",
    )
  })
  it('a name like no other ends in a stop; of many names the nearest are listed, once', () => {
    expect(new UnknownNameError('pipeline', 'nope', ['granet']).message).toBe("unknown pipeline 'nope'. Known: granet.")
    expect(new UnknownNameError('preset', 'nope', []).message).toBe("unknown preset 'nope'. Known: (none).")
    const many = Array.from({ length: 40 }, (_, i) => `metric-${i}`)
    const { message, known } = new UnknownNameError('metric', 'metric-7x', many)
    expect(message).toMatch(
      /^unknown metric 'metric-7x', did you mean 'metric-7'\? The nearest of 40: metric-7(, metric-\d+){4}\.$/,
    )
    expect(known).toEqual(many)
  })
})
