import { expect, it } from '@jest/globals'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileLocks } from './fileLocks.ts'
import { newFolders } from './testing/newFolders.ts'

const folder = newFolders('locks')
const write = (at: string, key: string, holder: object): void => {
  mkdirSync(join(at, 'locks'), { recursive: true })
  writeFileSync(join(at, 'locks', `${key}.json`), JSON.stringify({ born: '', token: 'theirs', ...holder }))
}

it('takes the lock of a process of this machine that has ended, at once', async () => {
  const at = folder()
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  write(at, 'k', { host: hostname(), pid })
  const lock = await fileLocks(at).take('k')
  expect(lock).toBeDefined()
  await lock!.release()
  expect(readdirSync(join(at, 'locks'))).toEqual([])
})

it('tells a process from a later one with its number', async () => {
  const at = folder()
  write(at, 'k', { host: hostname(), pid: process.pid, born: 'long ago' })
  expect(await fileLocks(at).take('k')).toBeDefined()
})

it('waits a lease for a holder elsewhere, counted from its last touch', async () => {
  const at = folder()
  let now = 0
  write(at, 'k', { host: 'another', pid: 1 })
  const locks = fileLocks(at, { lease: 30_000, now: () => now })
  expect(await locks.take('k')).toBeUndefined()
  now = 29_000
  utimesSync(join(at, 'locks/k.json'), 1e9, 1e9)
  expect(await locks.take('k')).toBeUndefined()
  now = 58_000
  expect(await locks.take('k')).toBeUndefined()
  now = 59_001
  expect(await locks.take('k')).toBeDefined()
})

it('touches what it holds, so that a long computation keeps its lock', async () => {
  const at = folder()
  const path = join(at, 'locks/k.json')
  const mine = await fileLocks(at, { beat: 20 }).take('k')
  utimesSync(path, 1e9, 1e9)
  while (statSync(path).mtimeMs === 1e12) await wait(20)
  await mine!.release()
  expect(existsSync(path)).toBe(false)
})

it('is lost by a process that is frozen past its lease, which then takes nothing away', async () => {
  const at = folder()
  const module = new URL('./fileLocks.ts', import.meta.url).href
  const child = spawn(
    process.execPath,
    [
      '--conditions=@radiograft/source',
      '--import',
      new URL('../../../tools/ts-loader.mjs', import.meta.url).href,
      '--input-type=module',
      '-e',
      `import { fileLocks } from '${module}'
       const lock = await fileLocks(${JSON.stringify(at)}, { lease: 200, beat: 40 }).take('k')
       process.on('SIGUSR2', async () => { await lock.release(); console.log('released') })
       console.log('held')
       setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const said = (word: string): Promise<void> =>
    new Promise((done) => child.stdout.on('data', (text) => String(text).includes(word) && done()))
  try {
    await said('held')
    const locks = fileLocks(at, { lease: 200, beat: 40 })
    expect(await locks.take('k')).toBeUndefined()
    child.kill('SIGSTOP')
    let mine: Awaited<ReturnType<typeof locks.take>>
    const began = performance.now()
    while (!mine && performance.now() - began < 20_000) {
      mine = await locks.take('k')
      await wait(20)
    }
    expect(mine).toBeDefined()
    const mineSays = readFileSync(join(at, 'locks/k.json'), 'utf8')
    const released = said('released')
    child.kill('SIGCONT')
    child.kill('SIGUSR2')
    await released
    expect(readFileSync(join(at, 'locks/k.json'), 'utf8')).toBe(mineSays)
    await mine!.release()
    expect(existsSync(join(at, 'locks/k.json'))).toBe(false)
  } finally {
    child.kill('SIGKILL')
  }
})
