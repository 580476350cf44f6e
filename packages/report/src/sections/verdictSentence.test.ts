import { expect, test } from '@jest/globals'
import { emptyInput } from '../testing/exampleInput.ts'
import { verdictSentence } from './verdictSentence.ts'

/** A verdict, and null for a claim of which no arm was run. */
const said = (...verdicts: ReadonlyArray<string | null>): string | undefined => {
  const cells = verdicts.map((verdict) => ['c', verdict === null ? null : 0.1, verdict ?? 'cannot tell'])
  const table = { title: '', rows: '', columns: ['claim', 'gain', 'verdict', 'the paper'], cells }
  return verdictSentence({ ...emptyInput(), tables: [{ name: 'verdicts', table }] })?.text.replaceAll(/<[^>]*>/g, '')
}

test('what was tested, what came of it, and what was not tried', () => {
  expect(said('cannot tell', 'cannot tell', null, null, null)).toBe(
    '2 of 5 claims were tested; on both this run cannot tell; 3 were not tried.',
  )
  expect(said('holds', 'holds', 'fails', 'cannot tell', null)).toBe(
    '4 of 5 claims were tested; 2 hold, 1 fails, on 1 this run cannot tell; 1 was not tried.',
  )
  expect(said('cannot tell')).toBe('1 of 1 claim was tested; on it this run cannot tell.')
  expect(said(null, null)).toBe('Of 2 claims none was tested.')
  expect(said()).toBeUndefined()
})
