// The completion scripts in zsh and fish, which not every machine has: `npm run test:shells`.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, jest } from '@jest/globals'
import { shellAsker } from '../testing/shellAsker.ts'
import { scoredPipeline, testWorkspace } from '../testing/testWorkspace.ts'

jest.setTimeout(180_000)
const workspace = testWorkspace()
const asked = shellAsker(workspace)
beforeAll(async () => {
  const { code, err } = await workspace.run(['run', scoredPipeline, '--out', join(workspace.path, 'a')])
  expect([code, err]).toEqual([0, ''])
})

it('zsh completes what depends on the words before: presets, stages, ports', async () => {
  const { out: script } = await workspace.run(['completion', 'zsh'])
  const ask = (...line: ReadonlyArray<string>): ReadonlyArray<string> =>
    asked(
      'zsh',
      `compdef() { :; }; compset() { :; }; compadd() { shift; print -rl -- "$@"; }
${script}
words=("$@"); CURRENT=$#; _radiograft`,
      ...line,
    ).split('\n')
  expect(ask('radiograft', 'co')).toContain('completion')
  expect(ask('radiograft', 'run', scoredPipeline, '--preset', 'q')).toEqual(['quick', 'default', 'paper'])
  const ports = ask('radiograft', 'show', '--rows', '3', 'a', 'make.c')
  expect(ports).toEqual(expect.arrayContaining(['make', 'make.cohort', 'judge[fold=2].scores']))
  expect(ask('radiograft', 'compare', 'a', 'a', '--metric', '')).toEqual(['ap', 'spread'])
})

it.each(['zsh', 'fish'])('the script for %s is what this shell can read', async (shell) => {
  const { out: script } = await workspace.run(['completion', shell])
  expect(script).toContain('completion candidates')
  writeFileSync(join(workspace.path, `c.${shell}`), script)
  execFileSync(shell, ['-n', join(workspace.path, `c.${shell}`)])
})
