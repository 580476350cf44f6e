import { jest, test } from '@jest/globals'
import { expectResumed } from '@radiograft/testing/expect'

jest.setTimeout(300_000) // seven processes, on a machine that may be busy

test('killed at five points, one of them while a checkpoint is written, and resumed: bit-equal', () =>
  expectResumed({
    script: new URL('testing/trainOnce.ts', import.meta.url),
    steps: 30,
    every: 5,
    kills: [
      { at: 'step', step: 3 },
      { at: 'step', step: 8 },
      { at: 'save', step: 10 },
      { at: 'step', step: 17 },
      { at: 'step', step: 29 },
    ],
    moments: 'adam.generator.v.',
  }))

test('a growth, killed at a new resolution and inside its fade: bit-equal', () =>
  expectResumed({
    script: new URL('testing/trainProgressiveOnce.ts', import.meta.url),
    steps: 30,
    every: 5,
    kills: [
      { at: 'step', step: 3 },
      { at: 'step', step: 4 },
      { at: 'save', step: 10 }, // the state of this step has grown
      { at: 'step', step: 13 },
      { at: 'step', step: 29 },
    ],
    moments: 'adam.generator.v.',
  }))
