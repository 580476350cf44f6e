// What holds between processes: one writer a key, children that die with their parent, and kill -9 at any moment.
import { fileStore } from '@radiograft/artefact-store'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunResult } from './RunResult.ts'
import { runTiny } from './testing/runTiny.ts'
import { spawnTiny } from './testing/spawnTiny.ts'
import { makeTinyWorkspace } from './testing/tinyWorkspace.ts'
import type { TinyWorkspace } from './testing/tinyWorkspace.ts'

// processes start slowly on a busy machine
jest.setTimeout(120_000)

const sets = { grafted: 'true' }
let tiny: TinyWorkspace
beforeAll(() => {
  tiny = makeTinyWorkspace()
})
afterAll(() => tiny.remove())

const isAlive = (pid: number): boolean => {
  // a zombie waits for whoever took it over, and runs no more
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const gone = async (pid: number, within: number): Promise<boolean> => {
  for (const end = performance.now() + within; performance.now() < end; await wait(50)) if (!isAlive(pid)) return true
  return false
}
/** The pid of the child that computes `slow`, from what the run prints. */
const slowPid = async (run: ReturnType<typeof spawnTiny>): Promise<number> =>
  Number(String((await run.line('message', /^pid /))!['message']).slice(4))

describe('two runs of the same at one time', () => {
  it('compute every stage once: the second waits and joins', async () => {
    const one = spawnTiny(tiny.workspace.root, { ...sets, 'slow.milliseconds': '1500' })
    const two = spawnTiny(tiny.workspace.root, { ...sets, 'slow.milliseconds': '1500' })
    const [a, b] = await Promise.all([one.line('results'), two.line('results')])
    await Promise.all([one.ended, two.ended])
    expect(tiny.calls()).toEqual(['compare', 'graft', 'read', 'score', 'slow'])
    expect(a!['results']).toEqual(b!['results'])
    expect(Number(a!['computed']) + Number(b!['computed'])).toBe(5)
    expect(Number(a!['hits']) + Number(b!['hits'])).toBe(5)
    expect(readdirSync(join(tiny.workspace.store, 'locks'))).toEqual([])
  })
  it('in one process as well', async () => {
    const again = { ...tiny, sets: { ...sets, 'read.films': '4' } }
    const [a, b] = await Promise.all([runTiny(again), runTiny(again)])
    expect(tiny.calls()).toEqual(['compare', 'graft', 'read', 'score', 'slow'])
    expect(a.record.results).toEqual(b.record.results)
    expect(a.computed + b.computed).toBe(5)
  })
})

describe('a run that is killed with SIGKILL', () => {
  it('takes its child along, also one that hears nothing, and gives its locks free', async () => {
    const listening = spawnTiny(tiny.workspace.root, { ...sets, 'read.films': '2', 'slow.milliseconds': '59000' })
    const deaf = spawnTiny(tiny.workspace.root, { ...sets, 'slow.milliseconds': '58000', 'slow.deaf': 'true' })
    const pids = [await slowPid(listening), await slowPid(deaf)] as const
    expect(pids.map(isAlive)).toEqual([true, true])
    for (const run of [listening, deaf]) run.process.kill('SIGKILL')
    expect(await Promise.all(pids.map((pid) => gone(pid, 20_000)))).toEqual([true, true])
    tiny.calls()
    tiny.release()
    const began = performance.now()
    await runTiny({ ...tiny, sets: { ...sets, 'read.films': '2', 'slow.milliseconds': '59000' } })
    // not after the thirty seconds that a lock lasts when nobody knows about its holder
    expect(performance.now() - began).toBeLessThan(20_000)
    expect(tiny.calls()).toEqual(['compare', 'slow'])
  })

  it.each([1, 2, 3])('at a random moment, seed %i: what is there is whole, and the next run goes on', async (seed) => {
    const mine = { ...sets, 'read.films': String(20 + seed), 'slow.milliseconds': '30' }
    const run = spawnTiny(tiny.workspace.root, mine)
    // anywhere from the first stage's start to beyond the end
    while (
      !readFileSync(join(tiny.workspace.root, 'calls.txt'), 'utf8').includes('read') &&
      run.process.exitCode === null
    )
      await wait(10)
    await wait((seed * 7919) % 900)
    run.process.kill('SIGKILL')
    await run.ended
    const store = fileStore(tiny.workspace.store)
    let checked = 0
    for (const file of readdirSync(join(store.location, 'manifests'))) {
      if (!/^[0-9a-f]{64}\.json$/.test(file)) continue
      const manifest = await store.manifests.get(file.replace('.json', ''))
      expect(manifest).toBeDefined()
      for (const { chunks } of Object.values(manifest!.outputs))
        for (const { digest, bytes } of chunks) {
          expect([file, await store.blobs.size(digest), await store.blobs.verify(digest)]).toEqual([
            file,
            bytes,
            undefined,
          ])
          checked++
        }
    }
    expect(checked).toBeGreaterThan(0)
    store.blobs.close()
    const killed = tiny.calls()
    const after = await runTiny({ ...tiny, sets: mine })
    const rest = tiny.calls()
    // only the stage that was killed in the middle is computed twice
    expect(killed.length + rest.length).toBeLessThanOrEqual(6)
    expect(new Set([...killed, ...rest]).size).toBe(5)
    // and the same as a run that was left alone
    const elsewhere = { ...tiny.workspace, store: join(tiny.workspace.root, `alone-${seed}`) }
    const alone = await runTiny({ ...tiny, workspace: elsewhere, sets: mine })
    const digests = (of: RunResult) => of.record.results['metrics']!.map(({ digest }) => digest)
    expect(digests(after)).toEqual(digests(alone))
    tiny.calls()
  })
})

describe('a store that cannot be used', () => {
  beforeAll(async () => {
    // fills the cache of the loader too, which could not be written under a limit
    await spawnTiny(tiny.workspace.root, { ...sets, 'read.films': '900' }).ended
    tiny.calls()
  })
  const manifests = (): number => {
    const folder = join(tiny.workspace.store, 'manifests')
    return existsSync(folder) ? readdirSync(folder).length : 0
  }
  it('a file in the way, or a path that takes no folder: an error before any entry is called', async () => {
    const file = join(tiny.workspace.root, 'a-file')
    writeFileSync(file, 'kept')
    for (const store of [file, join(file, 'below'), '/proc/radiograft'])
      await expect(runTiny({ ...tiny, sets, workspace: { ...tiny.workspace, store } })).rejects.toMatchObject({
        _tag: expect.stringMatching(/^Store(Path|Io)Error$/),
        message: expect.stringContaining(store),
      })
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(tiny.calls()).toEqual([])
  })
  it('a folder of runs that cannot be made', async () => {
    const file = join(tiny.workspace.root, 'another-file')
    writeFileSync(file, '')
    await expect(runTiny({ ...tiny, sets, workspace: { ...tiny.workspace, runs: file } })).rejects.toMatchObject({
      _tag: 'RunFolderError',
      message: expect.stringMatching(/another-file.*Choose another with --out\.$/),
    })
    expect(tiny.calls()).toEqual([])
  })
  it('no room at all: the probe says so before any entry is called', async () => {
    // ulimit -f counts 1024 bytes; node answers EFBIG where a full disk answers ENOSPC
    const run = spawnTiny(tiny.workspace.root, { ...sets, 'read.films': '40' }, 'ulimit -f 2;')
    expect(await run.line('error')).toMatchObject({
      error: 'StoreIoError',
      message: expect.stringMatching(/probe-\d+: EFBIG/),
    })
    expect(tiny.calls()).toEqual([])
  })
  it('no room in the middle: the stage is named, nothing half stays, what was done is kept', async () => {
    const mine = { ...sets, 'read.films': '900', 'score.fold': '5' }
    const temporaries = () =>
      readdirSync(tiny.workspace.store, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))
    // runs that were killed above may have left some
    const [before, left] = [manifests(), temporaries()]
    // 900 scores take more than 16 kB
    const run = spawnTiny(tiny.workspace.root, mine, 'ulimit -f 16;')
    expect(await run.line('error')).toMatchObject({
      error: 'StageFailedError',
      message: expect.stringMatching(
        /^Stage 'score' failed at node 'score': StoreIoError: .*EFBIG[^]*inputs: films: films, 900 rows/,
      ),
    })
    await run.ended
    expect(temporaries()).toEqual(left)
    expect(manifests()).toBe(before)
    expect(tiny.calls()).toEqual(['score'])
    await runTiny({ ...tiny, sets: mine })
    expect(tiny.calls()).toEqual(['compare', 'score', 'slow'])
  })
})
