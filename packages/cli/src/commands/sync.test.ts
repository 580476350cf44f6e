// What sync tells of a run, and a store that is not there.
import { expect, it } from '@jest/globals'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { outcome, sync } from './sync.ts'

const sent = { _tag: 'sent', anew: false, address: 'http://m/1', refused: [], withheld: false, unreadable: 0 } as const

it('says what is not there', () => {
  expect(outcome(sent, 'r')).toBe('sent: http://m/1')
  expect(outcome({ ...sent, anew: true }, 'r')).toBe('was there no more; sent anew: http://m/1')
  expect(outcome({ ...sent, refused: ['tags: no\nmore'], unreadable: 2 }, 'r')).toBe(
    'sent, but the server refused 1 (tags: no), 2 lines of its journal could not be read: http://m/1',
  )
  expect(outcome({ ...sent, withheld: true, unreadable: 1 }, 'r')).toMatch(
    /^sent, but 1 line of its journal .*, without its report and figures: .*radiograft sync r --store <dir>.*: http:\/\/m\/1$/,
  )
  expect(outcome({ _tag: 'complete', withheld: true }, 'r')).toMatch(/^is there already, without its report/)
  expect(outcome({ _tag: 'complete', withheld: false }, 'r')).toBe('is there already')
})

it('a store that is not there is refused before a server is asked', async () => {
  const argv = ['--all', '--uri', 'http://127.0.0.1:59994', '--store', '/nonexistent/x']
  await expect(sync(argv, memoryTerminal(), new AbortController().signal)).rejects.toMatchObject({
    _tag: 'UsageError',
    message: expect.stringMatching(/no store at \/nonexistent\/x/),
  })
})
