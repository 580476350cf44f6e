// The command on a pseudo-terminal, and stopped by signals.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import type { RunRecord } from '@radiograft/artefact-store'
import { testWorkspace, tinyPipeline } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const slow = ['run', tinyPipeline, '--set', 'twice=off', '--set', 'n=40', '--set', 'pause=250']
const statusOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord).status
const stopped = 'Stopped. What was done is kept: the same command goes on from there.'

/** Command lines of processes that mention the text. */
const processesWith = (text: string): ReadonlyArray<string> =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(text) ? [line] : []
      } catch {
        return []
      }
    })

describe('on a terminal', () => {
  it('bars with the time left, in colour, redrawn in place; the cursor comes back', async () => {
    const args = ['run', tinyPipeline, '--preset', 'quick', '--set', 'n=6', '--set', 'pause=200']
    const { code, out } = await workspace.onTerminal(args)
    expect(code).toBe(0)
    expect(out).toContain('━')
    expect(out).toMatch(/count {2}\d\/6 {2}\d\.\d s left {2}squares/)
    expect(out).toMatch(/0\/2 stages.*about .* left/)
    expect(out).toContain('\u001B[32mdone\u001B[39m in ')
    // hidden once, shown again after; the region erased before it was drawn again
    expect(out.split('\u001B[?25l')).toHaveLength(2)
    expect(out.lastIndexOf('\u001B[?25h')).toBeGreaterThan(out.lastIndexOf('\u001B[?25l'))
    expect(out).toContain('A\r\u001B[0J')
  })

  it('NO_COLOR: no colours; TERM=dumb: plain lines', async () => {
    const args = ['run', tinyPipeline, '--preset', 'quick', '--set', 'n=3']
    const { out } = await workspace.onTerminal(args, { env: { NO_COLOR: '1' } })
    expect(out).toContain('\u001B[?25h')
    expect(
      out.replaceAll('\u001B[?25l', '').replaceAll('\u001B[?25h', '').split('A\r\u001B[0J').join(''),
    ).not.toContain('\u001B[3')
    const dumb = await workspace.onTerminal([...args, '--set', 'n=4'].filter((arg) => arg !== 'n=3').toSpliced(4, 1), {
      env: { TERM: 'dumb' },
    })
    expect(dumb.code).toBe(0)
    expect(dumb.out).not.toContain('\u001B')
  })

  it('Ctrl-C: exit code 130, how to go on, the cursor back, no process left', async () => {
    const folder = join(workspace.path, 'interrupted')
    const { code, out } = await workspace.onTerminal([...slow, '--out', folder], { until: '2/40' })
    expect(code).toBe(130)
    expect(out).toContain(stopped)
    expect(out).toContain('Stopping: the running stage is asked to save and end.')
    expect(out.lastIndexOf('\u001B[?25h')).toBeGreaterThan(out.lastIndexOf('\u001B[?25l'))
    expect(statusOf(folder)).toBe('interrupted')
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
