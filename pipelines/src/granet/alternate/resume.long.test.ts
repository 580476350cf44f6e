import { jest, test } from '@jest/globals'
import { expectResumed } from '@radiograft/testing/expect'

jest.setTimeout(600_000) // seven processes, on a machine that may be busy

/** `2:1` with epochs of two steps: detector 0 to 3, generator 4 and 5, and so on. */
test.each([
  ['2:1, inside turns of either and where they change', '2:1', 14],
  ['joint', 'joint', 20],
])(
  'killed at five points, one of them while a checkpoint is written, and resumed: bit-equal (%s)',
  async (_, schedule, steps) => {
    Object.assign(process.env, { SCHEDULE: schedule, DETECTOR_STEPS: String(steps) })
    await expectResumed({
      script: new URL('../../testing/trainAlternatingOnce.ts', import.meta.url),
      steps: 20,
      every: 3,
      kills: [
        { at: 'step', step: 2 },
        { at: 'step', step: 5 },
        { at: 'save', step: 6 },
        { at: 'step', step: 10 },
        { at: 'step', step: 17 },
      ],
      moments: 'pair.adam.generator.v.',
    })
  },
)
