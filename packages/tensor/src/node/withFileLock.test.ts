import { describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withFileLock } from './withFileLock.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

const temporary = temporaryFolder()

describe('withFileLock', () => {
  it('lets one at a time in, also when a body fails', async () => {
    const lock = join(temporary.path, 'x.lock')
    let inside = 0
    let worst = 0
    const body = async () => {
      inside += 1
      worst = Math.max(worst, inside)
      await sleep(5)
      inside -= 1
      if (worst === 1) throw new Error('a failing body')
    }
    await Promise.allSettled(Array.from({ length: 6 }, () => withFileLock(lock, body, { pollMs: 2 })))
    expect(worst).toBe(1)
    expect(readdirSync(temporary.path)).toEqual([])
  })

  it('waits for a living owner and takes over from a dead one', async () => {
    const lock = join(temporary.path, 'x.lock')
    // A process that holds the lock and dies without giving it back.
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 150)'])
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    writeFileSync(lock, JSON.stringify({ host: hostname(), pid: child.pid, started }))
    const died = new Promise((resolve) => child.on('exit', () => resolve(Date.now())))
    let waits = 0
    const entered = await withFileLock(lock, async () => Date.now(), { pollMs: 10, onWait: () => (waits += 1) })
    expect(entered).toBeGreaterThanOrEqual(((await died) as number) - 20)
    expect(waits).toBe(1)
  })

  it('takes over a torn lock and one whose process number was given to another process', async () => {
    writeFileSync(join(temporary.path, 'torn.lock'), '{"ho')
    expect(await withFileLock(join(temporary.path, 'torn.lock'), async () => 1)).toBe(1)
    writeFileSync(
      join(temporary.path, 'reused.lock'),
      JSON.stringify({ host: hostname(), pid: process.pid, started: '1' }),
    )
    expect(await withFileLock(join(temporary.path, 'reused.lock'), async () => 2)).toBe(2)
    expect(readdirSync(temporary.path)).toEqual([])
  })
})
