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
})
