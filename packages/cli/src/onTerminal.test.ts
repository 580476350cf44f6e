// The command on a pseudo-terminal, and stopped by signals.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import type { RunRecord } from '@radiograft/artefact-store'
import { emulator } from './testing/emulator.ts'
import { processesWith } from './testing/processesWith.ts'
import { resizeMark, testWorkspace, tinyPipeline } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const slow = ['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=40', '--set', 'pause=250']
const statusOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord).status
const stopped = 'Stopped. What was done is kept: the same command goes on from there.'

/** What a terminal of this size shows after all that was printed; it is as a shell expects it. */
const seen = async (out: string, columns: number, rows: number) => {
  const screen = emulator(columns, rows)
  // each resize where it came
  const [first = '', ...more] = out.split('\0')
  await screen.write(first)
  for (let i = 0; i < more.length; i += 2) {
    const [c, r] = more[i]!.split('x').map(Number)
    screen.resize(c!, r!)
    await screen.write(more[i + 1] ?? '')
  }
  const lines = screen.scrolled()
  expect(await screen.leftovers()).toEqual([])
  return lines.join('\n').trimEnd()
}

describe('on a terminal', () => {
  it('the tree with bars and the time left, drawn in place, and at the end only what stays', async () => {
    const args = ['run', tinyPipeline, '--preset', 'quick', '--set', 'n=6', '--set', 'pause=400']
    const { code, out } = await workspace.onTerminal(args, { columns: 80, rows: 24 })
    expect(code).toBe(0)
    expect(out).toContain('\u001B[32mdone\u001B[39m in ')
    // in the middle of it
    const at = out.indexOf('3/6')
    const screen = emulator(80, 24)
    await screen.write(out.slice(0, at + 3))
    const middle = screen.screen().join('\n')
    expect(middle).toMatch(/\n● count {2}running {2}━{5}─{5} 3\/6/)
    expect(middle).toMatch(
      /\n│ {8}why: never computed\n○ sum {4}waiting  about \d s\n─{10} 0\/2 stages  about \d s left/,
    )
    const end = await seen(out, 80, 24)
    expect(end).toMatch(/\[1\/2\] count done in [\d.]+ s\n\[2\/2\] sum done in [\d.]+ s\n {2}part/)
    expect(end).not.toMatch(/[●○━]/)
  })

  it.each([
    [40, 12],
    [200, 50],
  ] as const)('%i columns and %i rows', async (columns, rows) => {
    const args = ['run', tinyPipeline, '--preset', 'quick', '--set', `n=${columns}`, '--set', 'pause=5']
    const { code, out } = await workspace.onTerminal(args, { columns, rows })
    expect(code).toBe(0)
    const end = await seen(out, columns, rows)
    expect(end).not.toMatch(/[●○━]/)
    expect(end.match(/count done/g)).toHaveLength(1)
  })

  it('a window that changes its size in the middle', async () => {
    const args = ['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=23', '--set', 'pause=120']
    const { code, out } = await workspace.onTerminal(args, {
      columns: 100,
      rows: 30,
      acts: [
        { seen: '/23', after: 0.3, resize: [60, 20] },
        { seen: '/23', after: 0.5, resize: [120, 12] },
        { seen: '/23', after: 0.5, resize: [45, 30] },
      ],
    })
    expect([code, out.split('\0').length]).toEqual([0, 7])
    const end = await seen(out, 100, 30)
    expect(end).not.toMatch(/[●○━]/)
    expect(end.match(/count done/g)).toHaveLength(1)
  })

  it('NO_COLOR: no colours; TERM=dumb: plain lines', async () => {
    const args = ['run', tinyPipeline, '--preset', 'quick', '--set', 'n=3']
    const { out } = await workspace.onTerminal(args, { env: { NO_COLOR: '1' } })
    expect(out).toContain('● count')
    // only the cursor is moved and text erased
    for (const code of out.split('\u001B').slice(1)) expect(code).toMatch(/^\[\d*[ABJK]/)
    const dumb = await workspace.onTerminal(['run', tinyPipeline, '--preset', 'quick', '--set', 'n=4'], {
      env: { TERM: 'dumb' },
    })
    expect(dumb.code).toBe(0)
    expect(dumb.out).not.toContain('\u001B')
  })

  it('Ctrl-C: exit code 130, how to go on, the terminal as it was, no process left', async () => {
    const folder = join(workspace.path, 'interrupted')
    const { code, out } = await workspace.onTerminal([...slow, '--out', folder], { until: '/40' })
    expect(code).toBe(130)
    const end = await seen(out, 100, 30)
    expect(end).toContain(stopped)
    expect(end).toContain('Stopping: the running stage is asked to save and end.')
    expect(end).toMatch(/■ count +stopped/)
    expect(end).toContain('· 1 not reached: sum')
    expect(statusOf(folder)).toBe('interrupted')
    expect(processesWith(workspace.path)).toEqual([])
  })

  it('Ctrl-C again kills at once a stage that does not end; the same press from npm or Nx is no second one', async () => {
    // it looks for the signal only between steps
    const step = ['--set', 'twice=off', '--set', 'n=4', '--set', 'pause=8000']
    const { code, out } = await workspace.onTerminal(['run', tinyPipeline, ...step], {
      acts: [
        { seen: '1/4', type: '\u0003' },
        { after: 0.1, signal: 'SIGINT' },
        // it is still there
        { after: 0.7, resize: [90, 30] },
        { after: 0.3, type: '\u0003' },
      ],
    })
    expect(code).toBe(130)
    expect(out.split('Stopping:')).toHaveLength(2)
    expect(out).toContain(resizeMark(90, 30))
    // no word of an orderly end
    expect(await seen(out, 100, 30)).not.toContain('Stopped')
    for (let i = 0; i < 50 && processesWith(workspace.path).length > 0; i++)
      await new Promise((next) => setTimeout(next, 100))
    expect(processesWith(workspace.path)).toEqual([])
  })

  it('a window that is closed ends the run as SIGHUP does', async () => {
    const folder = join(workspace.path, 'closed')
    const { code } = await workspace.onTerminal(
      ['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=41', '--set', 'pause=250', '--out', folder],
      {
        acts: [{ seen: '/41', hangUp: true }],
      },
    )
    expect([code, statusOf(folder)]).toEqual([129, 'interrupted'])
    expect(processesWith(workspace.path)).toEqual([])
  })
})

describe('in a pipe', () => {
  it('SIGINT, then the same command goes on', async () => {
    const folder = join(workspace.path, 'piped')
    const run = workspace.start([...slow, '--out', folder])
    while (!run.out().includes('count starts')) await new Promise((next) => setTimeout(next, 50))
    run.process.kill('SIGINT')
    const { code, err, out } = await run.ended
    expect([code, err]).toEqual([130, `${stopped}\n`])
    expect(out).not.toContain('\u001B')
    expect(statusOf(folder)).toBe('interrupted')
    const again = await workspace.run(['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=40', '--out', folder])
    expect([again.code, statusOf(folder)]).toEqual([0, 'done'])
    expect(existsSync(join(folder, 'metrics.json'))).toBe(true)
  })

  it('a reader that has seen enough ends it in silence', async () => {
    const run = workspace.start(['run', '--help'])
    run.process.stdout!.destroy()
    const { code, err } = await run.ended
    expect([code, err]).toEqual([0, ''])
  })
})
