import { expect, it } from '@jest/globals'
import { errorLine } from './errorLine.ts'

it('is the first line that tells of an error, else the last, else nothing', () => {
  const said = "x.cc: In function 'ThrowError':\nx.cc:3: error: no such unit\nx.cc:9: error: another\n1 error\n"
  expect(errorLine(said, /error/)).toBe('x.cc:3: error: no such unit')
  expect(errorLine(said, /error/i)).toBe("x.cc: In function 'ThrowError':")
  expect(errorLine('one\nKilled\n\n', /error/)).toBe('Killed')
  expect(errorLine('\n', /error/)).toBe('')
})
