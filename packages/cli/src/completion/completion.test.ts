// The completion script in bash, in a workspace with a run; zsh and fish have tests of their own (`completion.shells.test.ts`).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { shellAsker } from '../testing/shellAsker.ts'
import { scoredPipeline, testWorkspace } from '../testing/testWorkspace.ts'

jest.setTimeout(180_000)
const workspace = testWorkspace()
const asked = shellAsker(workspace)
beforeAll(async () => {
  const { code, err } = await workspace.run(['run', scoredPipeline, '--out', join(workspace.path, 'a')])
  expect([code, err]).toEqual([0, ''])
  // what a pattern would find, were a name taken for one
  for (const name of ['judge2.scores', 'judge2.provenance']) writeFileSync(join(workspace.path, name), '')
})

describe('bash', () => {
  let script = ''
  beforeAll(async () => void (script = (await workspace.run(['completion', 'bash'])).out))
  const ask = (line: string): string =>
    asked(
      'bash',
      `${script}\ncomplete -p radiograft >/dev/null || exit 3\nCOMP_LINE=$1 COMP_POINT=\${#1}; _radiograft; printf '%s\\n' "\${COMPREPLY[@]}"`,
      line,
    )
  it('completes commands, flags, values, pipelines, runs, stages and ports', () => {
    expect(ask('radiograft co')).toBe('compare\ncompletion')
    expect(ask('radiograft show --cs')).toBe('--csv')
    expect(ask('radiograft phantom --layout rs')).toBe('rsna\nrsna-images')
    expect(ask('radiograft run gran')).toBe('granet')
    expect(ask(`radiograft run ${scoredPipeline} --preset q`)).toBe('quick')
    expect(ask('radiograft compare late')).toBe('latest')
    expect(ask('radiograft show a make.c')).toBe('make.cohort\nmake.curves')
    // what stands before the last = is not replaced
    expect(ask('radiograft show a judge\\[fold=2\\].p')).toBe('2\\].provenance')
    expect(ask('radiograft show --rows 3 a make.fi')).toBe('make.films')
    expect(ask('radiograft nonsense x')).toBe('')
  })
  it('takes no name for a pattern, though files are there that it would find', () => {
    writeFileSync(join(workspace.path, 'judge[fold=2]'), '')
    writeFileSync(join(workspace.path, 'judgef'), '')
    expect(ask('radiograft show a judge')).toContain('judge\\[fold=2\\].scores')
    expect(ask('radiograft show a judge')).not.toMatch(/^judgef$/m)
    writeFileSync(join(workspace.path, 'some *'), '')
    expect(ask('radiograft show a make.films --out some')).toBe('some *')
  })
  it('offers the metrics that compare takes', () => {
    const file = join(workspace.path, 'a/metrics.json')
    const metrics = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const row = metrics['model/test/ap']
    writeFileSync(file, JSON.stringify({ ...metrics, 'model/test/ap-smallest-detectable': row }))
    expect(ask('radiograft compare a a --metric ')).toBe('ap\nspread')
  })
})

it('an unknown shell is named with what was probably meant', async () => {
  const { code, err } = await workspace.run(['completion', 'csh'])
  expect(code).toBe(2)
  expect(err).toMatch(/unknown shell 'csh', did you mean '(bash|zsh|fish)'\?/)
})
