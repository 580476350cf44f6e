import { describe, expect, it } from '@jest/globals'
import { assertUnseen, LeakageError, provenanceOf, trainedOn } from './assertUnseen.ts'

const seen = provenanceOf('detector', [
  { film: 'a1', patient: 'a', role: 'training' },
  { film: 'b1', patient: 'b', role: 'tuning' },
])

describe('assertUnseen', () => {
  it('passes films of other patients', () => {
    expect(() => assertUnseen([seen], [{ film: 'c1', patient: 'c' }])).not.toThrow()
    expect(() => assertUnseen([], [{ film: 'a1', patient: 'a' }])).not.toThrow()
  })
  it('names another film of a patient that a product has seen, and never the patient', () => {
    const check = (): void => assertUnseen([[], seen], [{ film: 'a2', patient: 'a' }])
    expect(check).toThrow(LeakageError)
    expect(check).toThrow('film a2 (detector has seen film a1 of the same patient)')
  })
  it('counts donors too', () => {
    const donors = provenanceOf('graft', [{ film: 'd1', patient: 'd', role: 'donor' }])
    expect(() => assertUnseen([donors], [{ film: 'd1', patient: 'd' }])).toThrow('1 film(s)')
  })
})

describe('trainedOn', () => {
  it('names each film with its patient, and a film of no known patient as its own', () => {
    expect(trainedOn('detector', ['a2', 'x'], [{ film: 'a2', patient: 'a' }])).toEqual([
      { product: 'detector', film: 'a2', patient: 'a', role: 'training' },
      { product: 'detector', film: 'x', patient: 'x', role: 'training' },
    ])
  })
})
