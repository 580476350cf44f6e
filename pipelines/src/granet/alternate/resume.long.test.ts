import { jest, test } from '@jest/globals'
import { expectResumed } from '@radiograft/testing/expect'

jest.setTimeout(600_000) // seven processes, on a machine that may be busy

/** `2:1` with epochs of three steps: detector 0 to 5, generator 6 to 8, and so on. */
test.each([
  ['2:1, inside turns of either and where they change', '2:1', 18],
  ['joint', 'joint', 24],
])(
  'killed at five points, one of them while a checkpoint is written, and resumed: bit-equal (%s)',
  async (_, schedule, steps) => {
    await expectResumed({
      script: new URL('../../testing/trainAlternatingOnce.ts', import.meta.url),
      steps: 24,
      every: 4,
      kills: [
        { at: 'step', step: 3 },
        { at: 'step', step: 7 },
        { at: 'save', step: 8 },
        { at: 'step', step: 15 },
        { at: 'step', step: 23 },
      ],
      moments: 'pair.adam.generator.v.',
      given: JSON.stringify({ schedule, steps }),
    })
  },
)
