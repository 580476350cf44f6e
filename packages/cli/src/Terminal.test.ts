import { expect, it } from '@jest/globals'
import { terminalModes } from './Terminal.ts'

const modes = (isTerminal: boolean, env: Readonly<Record<string, string>>): string => {
  const { live, colour } = terminalModes(isTerminal, env)
  return `${live ? 'live' : 'plain'}, ${colour ? 'colour' : 'none'}`
}
const nx = { NX_TASK_TARGET_PROJECT: 'pipelines', FORCE_COLOR: 'true' }

it('colours and live lines on a terminal only, unless asked otherwise', () => {
  expect(modes(true, {})).toBe('live, colour')
  expect(modes(false, {})).toBe('plain, none')
  expect(modes(true, { NO_COLOR: '1' })).toBe('live, none')
  expect(modes(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe('live, none')
  expect(modes(true, { NO_COLOR: '' })).toBe('live, colour')
  expect(modes(true, { FORCE_COLOR: '0' })).toBe('live, none')
  expect(modes(false, { FORCE_COLOR: '1' })).toBe('plain, colour')
  expect(modes(true, { TERM: 'dumb' })).toBe('plain, none')
  expect(modes(true, { CI: 'true' })).toBe('plain, none')
})

it('what Nx sets for every task is not what a person asked for', () => {
  expect(modes(false, nx)).toBe('plain, none')
  expect(modes(true, nx)).toBe('live, colour')
  expect(modes(false, { ...nx, FORCE_COLOR: '1' })).toBe('plain, colour')
})
