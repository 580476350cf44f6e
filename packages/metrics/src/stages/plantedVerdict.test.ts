import { expect, test } from '@jest/globals'
import { plantedVerdict } from './plantedVerdict.ts'

const all = { copies: 8, blocked: 8, named: 8, exported: 0, others: 8, othersBlocked: 0, chance: 0.02 }

test('all blocked by name, none exported, others pass', () =>
  expect(plantedVerdict(all)).toEqual({
    verdict: 'holds',
    why: '8 of 8 copies blocked, 8 by name, 0 exported; of 8 films of other patients 0 blocked (p 1.0)',
  }))

test.each([
  ['one passes', { blocked: 7 }],
  ['one is blocked for another film’s sake', { named: 7 }],
  ['one is exported', { exported: 1 }],
])('%s: fails', (_, given) => expect(plantedVerdict({ ...all, ...given }).verdict).toBe('fails'))

test('one of eight others may be blocked by chance (1 − .98⁸ = .149), two hardly', () => {
  expect(plantedVerdict({ ...all, othersBlocked: 1 })).toMatchObject({
    verdict: 'holds',
    why: expect.stringContaining('p 0.15'),
  })
  expect(plantedVerdict({ ...all, othersBlocked: 2 }).verdict).toBe('cannot tell')
  expect(plantedVerdict({ ...all, others: 0 }).why).toMatch(/no films of other patients/)
})
