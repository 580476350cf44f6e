import { jest, test } from '@jest/globals'
import { expectResumed } from '@radiograft/testing/expect'

jest.setTimeout(300_000) // seven processes, on a machine that may be busy

test('killed at five points, one of them while a checkpoint is written, and resumed: bit-equal', () =>
  expectResumed({
    script: new URL('testing/trainOnce.ts', import.meta.url),
    steps: 12,
    every: 2,
    kills: [
      { at: 'step', step: 1 },
      { at: 'step', step: 3 },
      { at: 'save', step: 4 },
      { at: 'step', step: 7 },
      { at: 'step', step: 11 },
    ],
    moments: 'adam.v.',
  }))
