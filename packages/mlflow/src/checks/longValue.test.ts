import { expect, it } from '@jest/globals'
import { longValue } from './longValue.ts'

it('keeps what fits, counted in characters as the server does', () => {
  expect(longValue('f', '𝛼'.repeat(10), 10, 'refuse')).toBe('𝛼'.repeat(10))
})

it('cuts so that the end says so, and equal beginnings stay apart', () => {
  const [a, b] = ['a', 'b'].map((end) => longValue('f', 'é'.repeat(200) + end, 100, 'cut'))
  expect(a).toBe(`${'é'.repeat(55)} … [cut: 201 characters, sha256 ${a?.slice(-13, -1)}]`)
  expect(Array.from(a ?? '')).toHaveLength(100)
  expect(b).not.toBe(a)
})
