import { expect, test } from '@jest/globals'
import { exampleInput } from '../testing/exampleInput.ts'
import { inNumbers } from './inNumbers.ts'

const input = exampleInput()
const said = (arms: ReadonlyArray<string>, metrics?: ReadonlyArray<string>): string | undefined =>
  inNumbers(input, { arms, metrics })?.text.replaceAll(/<[^>]*>/g, '')

test('only what a figure draws is counted', () => {
  const all = ['plain', 'attention − plain', 'aligner']
  expect(said(all)).toContain('Table 1, Table 2, Table 3 (plain, attention − plain, aligner; n 100 to 250;')
  expect(said(all, ['ap-rsna-0.50'])).toContain('Table 1, Table 2 (plain, attention − plain; n 250; 95 % intervals)')
  expect(said(all, ['another'])).toBeUndefined()
})
