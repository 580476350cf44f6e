// What a run leaves, what it does about blobs that are gone or damaged, and how it ends when a stage fails or is stopped.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { fileManifests } from '@radiograft/artefact-store'
import type { Manifest } from '@radiograft/artefact-store'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StageFailedError } from './errors.ts'
import type { JournalLine, RunEvent } from './RunEvent.ts'
import type { RunResult } from './RunResult.ts'
import { stageKey } from './stageKey.ts'
import { blobPath, manifestsOf, planTiny, runTiny, statuses } from './testing/runTiny.ts'
import { makeTinyWorkspace } from './testing/tinyWorkspace.ts'
import type { TinyWorkspace } from './testing/tinyWorkspace.ts'

// processes start slowly on a busy machine
jest.setTimeout(60_000)

/** one arm: read → graft → score → slow → compare */
const sets = { grafted: 'true' }
let tiny: TinyWorkspace
let first: RunResult
let manifests: Readonly<Record<string, Manifest>>
beforeAll(async () => {
  tiny = makeTinyWorkspace()
  first = await runTiny({ ...tiny, sets })
  manifests = await manifestsOf(tiny, first)
  tiny.calls()
})
afterAll(() => tiny.remove())

const artefactOf = (label: string, port: string) => manifests[label]!.outputs[port]!
const flip = (path: string): void => {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 4
  writeFileSync(path, bytes)
}
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`)
/** The pid that the stage `slow` wrote into its log. */
const pidOf = (event: RunEvent): number | undefined =>
  event._tag === 'log' && event.message.startsWith('pid ') ? Number(event.message.slice(4)) : undefined
const manifestFiles = (): ReadonlyArray<string> => readdirSync(join(tiny.workspace.store, 'manifests')).toSorted()
const temporaries = (): ReadonlyArray<string> =>
  readdirSync(tiny.workspace.store, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.tmp'))

describe('what a run leaves', () => {
  it('a manifest a stage: what went in, what came out, what it was made with', () => {
    const graft = manifests['graft']!
    expect(graft.key).toBe(stageKey(graft.keyParts))
    expect(graft).toMatchObject({
      format: 1,
      node: 'graft',
      stage: 'graft',
      run: first.run,
      keyParts: {
        params: { strength: 2 },
        runtime: { backend: 'tensorflow', precision: 'fp32', version: 'unknown' },
        inputs: { films: artefactOf('read', 'films').digest, boxes: artefactOf('read', 'boxes').digest },
        salt: '',
      },
      versions: { node: process.versions.node, outside: '1.0.0', inner: '1.0.0' },
      fingerprint: { threads: 1, arch: process.arch, platform: process.platform },
      provenance: [
        { port: 'films', from: manifests['read']!.key, output: 'films', digest: artefactOf('read', 'films').digest },
        { port: 'boxes', from: manifests['read']!.key, output: 'boxes', digest: artefactOf('read', 'boxes').digest },
      ],
    })
    // index.ts only names others: nothing of it is in the bundle
    expect(Object.keys(graft.modules)).toEqual(
      ['maths/src/add.ts', 'maths/src/step.ts', 'tiny/src/graft.run.ts', 'tiny/src/note.ts'].map(
        (m) => `packages/${m}`,
      ),
    )
    expect(graft.outputs['films']).toMatchObject({ kind: 'films', rows: 3, meta: { height: 2, storage: 'uint16' } })
    expect(graft.seconds).toBeGreaterThan(0)
    expect(manifests['read']!.keyParts.runtime).toBeNull()
    expect(manifests['read']!.provenance).toEqual([
      {
        port: 'dataset',
        from: 'dataset:films',
        output: 'dataset',
        digest: manifests['read']!.keyParts.inputs['dataset'],
      },
    ])
    expect(manifests['compare']!.keyParts.inputs['arms']).toEqual([artefactOf('slow', 'scores').digest])
    // films of (i + k) % 5 tenths, k < 4, as uint8 0, 26, 51, 77, 102: 154 + 256 + 230 over 12 pixels, grafted by + .2
    expect(manifests['score']!.metrics['mean']).toBeCloseTo(640 / 12 / 255 + 0.2, 4)
  })
  it('a folder: run.json, events and a log a stage', () => {
    const record = JSON.parse(readFileSync(join(first.folder, 'run.json'), 'utf8')) as RunResult['record']
    expect(record).toEqual(first.record)
    expect(record).toMatchObject({ status: 'done', preset: 'quick', error: null, store: tiny.workspace.store })
    expect(record.nodes.map(({ label, status, reason }) => [label, status, reason])).toEqual(
      ['read', 'graft', 'score', 'slow', 'compare'].map((label) => [label, 'computed', 'never computed']),
    )
    expect(record.results['metrics']).toEqual([
      {
        node: 'compare',
        key: manifests['compare']!.key,
        port: 'metrics',
        kind: 'metrics',
        digest: artefactOf('compare', 'metrics').digest,
      },
    ])
    expect(readFileSync(join(first.folder, 'logs/graft.log'), 'utf8')).toBe('a line of chatter\n')
    const events = readFileSync(join(first.folder, 'events.ndjson'), 'utf8').trim().split('\n')
    expect(events.map((line) => (JSON.parse(line) as RunEvent)._tag)).toEqual(
      expect.arrayContaining(['plan', 'stage-start', 'progress', 'metric', 'log', 'stage-done', 'run-done']),
    )
    expect(readdirSync(first.folder).toSorted()).toEqual(['events.ndjson', 'logs', 'run.json'])
    expect(readdirSync(join(tiny.workspace.store, 'locks'))).toEqual([])
  })
})

describe('blobs that are gone or damaged', () => {
  const calls = async (change: Readonly<Record<string, string>> = {}): Promise<ReadonlyArray<string>> => {
    const again = await runTiny({ ...tiny, sets: { ...sets, ...change } })
    if (Object.keys(change).length === 0) expect(again.record.results).toEqual(first.record.results)
    return tiny.calls()
  }
  it('one removed: its stage alone runs again', async () => {
    rmSync(blobPath(tiny, artefactOf('graft', 'films')))
    const plan = await planTiny({ ...tiny, sets })
    expect(statuses(plan)).toEqual({
      read: 'hit',
      graft: `miss: blob missing (films, ${artefactOf('graft', 'films').chunks[0]!.digest.slice(0, 12)})`,
      score: 'until graft',
      slow: 'until graft',
      compare: 'until graft',
    })
    expect(await calls()).toEqual(['graft'])
    expect(await calls()).toEqual([])
  })
  it('one cut short: seen by the plan', async () => {
    truncateSync(blobPath(tiny, artefactOf('score', 'scores')), 100)
    expect(statuses(await planTiny({ ...tiny, sets }))['score']).toMatch(/^miss: blob damaged \(scores, /)
    expect(await calls()).toEqual(['score'])
  })
  it('a flipped bit in a result: computed anew before anyone reads it', async () => {
    const path = blobPath(tiny, artefactOf('compare', 'metrics'))
    const whole = readFileSync(path)
    flip(path)
    expect(await calls()).toEqual(['compare'])
    expect(readFileSync(path)).toEqual(whole)
  })
  it('a flipped bit further up: not read by a run that needs it not, made whole by one that does', async () => {
    const path = blobPath(tiny, artefactOf('graft', 'films'))
    const whole = readFileSync(path)
    flip(path)
    expect(await calls()).toEqual([])
    expect(await calls({ 'score.fold': '7' })).toEqual(['compare', 'graft', 'score', 'slow'])
    expect(readFileSync(path)).toEqual(whole)
  })
  it('all of a chain: each made anew, in order', async () => {
    flip(blobPath(tiny, artefactOf('read', 'films')))
    rmSync(blobPath(tiny, artefactOf('graft', 'films')))
    flip(blobPath(tiny, artefactOf('compare', 'metrics')))
    expect(await calls()).toEqual(['compare', 'graft', 'read'])
    expect(await calls()).toEqual([])
  })
  it('a damaged manifest: its stage runs again', async () => {
    flip(join(tiny.workspace.store, 'manifests', `${manifests['score']!.key}.json`))
    expect(statuses(await planTiny({ ...tiny, sets }))['score']).toMatch(/^miss: /)
    expect(await calls()).toEqual(['score'])
  })
})

describe('a run that does not end well', () => {
  it('names a failing stage, its inputs and its log, and keeps what was done before', async () => {
    const events: RunEvent[] = []
    const error = (await runTiny({
      ...tiny,
      sets: { ...sets, 'slow.fail': 'true' },
      observe: (event) => events.push(event),
    }).catch((cause: unknown) => cause)) as StageFailedError
    expect(error).toMatchObject({
      _tag: 'StageFailedError',
      node: 'slow',
      stage: 'slow',
      inputs: ['scores: scores, 3 rows, 1 kB'],
      failure: { name: 'RangeError', message: 'this film is upside down' },
    })
    expect(error.message).toMatch(
      /^Stage 'slow' failed at node 'slow': RangeError: this film is upside down\n {2}inputs: /,
    )
    const log = readFileSync(error.log, 'utf8')
    expect(log).toContain('RangeError: this film is upside down\n')
    // through the bundle's own text, since an entry's path is no part of its digest
    expect(log).toMatch(/ at run /)
    expect(events.at(-2)).toMatchObject({ _tag: 'stage-failed', label: 'slow', log: error.log })
    expect(events.at(-1)).toEqual({ _tag: 'run-stopped', status: 'failed', error: error.message })
    const journal = readFileSync(join(error.log, '../../events.ndjson'), 'utf8').trim().split('\n')
    const lines = journal.map((line) => JSON.parse(line) as JournalLine)
    expect(lines.map(({ _tag }) => _tag)).toEqual([
      'plan',
      'stage-done',
      'stage-done',
      'stage-done',
      'stage-start',
      'log',
      'stage-failed',
      'run-stopped',
    ])
    // what was kept says where it came from
    const kept = lines.flatMap((line) => (line._tag === 'stage-done' ? [line] : []))
    for (const { key, from } of kept) {
      const { run, metrics } = (await fileManifests(tiny.workspace.store).get(key))!
      expect(from).toEqual({ run, metrics })
    }
    expect(lines.every(({ at }) => Number.isInteger(at))).toBe(true)
    const record = JSON.parse(readFileSync(join(error.log, '../../run.json'), 'utf8')) as RunResult['record']
    expect(record.status).toBe('failed')
    expect(record.error).toBe(error.message)
    expect(Object.fromEntries(record.nodes.map(({ label, status }) => [label, status]))).toEqual({
      read: 'hit',
      graft: 'hit',
      score: 'hit',
      slow: 'failed',
      compare: 'not-reached',
    })
    expect(tiny.calls()).toEqual(['slow'])
  })

  it('a stopped one gives its stage time, leaves no half artefact, and goes on later', async () => {
    const before = manifestFiles()
    const stop = new AbortController()
    let pid: number | undefined
    const waiting = { ...sets, 'slow.milliseconds': '59000' }
    const folder: string[] = []
    await expect(
      runTiny({
        ...tiny,
        sets: waiting,
        signal: stop.signal,
        observe: (event) => {
          if (event._tag === 'plan') folder.push(event.folder)
          pid ??= pidOf(event)
          if (pid !== undefined) stop.abort()
        },
      }),
    ).rejects.toThrow(/interrupt/i)
    expect(tiny.calls()).toEqual(['slow', 'slow-stopped'])
    expect(isAlive(pid!)).toBe(false)
    expect(manifestFiles()).toEqual(before)
    expect(temporaries()).toEqual([])
    expect(readdirSync(join(tiny.workspace.store, 'locks'))).toEqual([])
    expect(readdirSync(folder[0]!).toSorted()).toEqual(['events.ndjson', 'logs', 'run.json'])
    const record = JSON.parse(readFileSync(join(folder[0]!, 'run.json'), 'utf8')) as RunResult['record']
    expect([record.status, record.error]).toEqual(['interrupted', 'interrupted'])
    tiny.release()
    const later = await runTiny({ ...tiny, sets: waiting })
    expect(later.record.status).toBe('done')
    expect(tiny.calls()).toEqual(['slow'])
  })

  it('a stage that hears no signal is killed after the grace', async () => {
    const stop = new AbortController()
    let pid: number | undefined
    const began = performance.now()
    await expect(
      runTiny({
        ...tiny,
        sets: { ...sets, 'slow.milliseconds': '58000', 'slow.deaf': 'true' },
        signal: stop.signal,
        execute: { grace: 200 },
        observe: (event) => {
          pid ??= pidOf(event)
          if (pid !== undefined) stop.abort()
        },
      }),
    ).rejects.toThrow(/interrupt/i)
    expect(isAlive(pid!)).toBe(false)
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(tiny.calls()).toEqual(['slow'])
  })

  it('a process that is killed in the middle is a clear error, and nothing of it stays', async () => {
    const before = manifestFiles()
    const error = (await runTiny({
      ...tiny,
      sets: { ...sets, 'slow.milliseconds': '57000', 'slow.deaf': 'true' },
      observe: (event) => {
        const pid = pidOf(event)
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      },
    }).catch((cause: unknown) => cause)) as StageFailedError
    expect(error).toMatchObject({
      _tag: 'StageFailedError',
      node: 'slow',
      failure: {
        name: 'ProcessDied',
        message: 'the process was killed (SIGKILL): by hand, or by the system for want of memory',
      },
    })
    expect(manifestFiles()).toEqual(before)
    expect(temporaries()).toEqual([])
    tiny.calls()
  })

  it('an entry that ends its process, and one that returns nothing on a port', async () => {
    const entry = 'packages/tiny/src/slow.run.ts'
    tiny.edit(entry, 'return { scores', 'if (params.milliseconds === 1) process.exit(3)\n  return { scores')
    const ended = await runTiny({ ...tiny, sets: { ...sets, 'slow.milliseconds': '1' } }).catch(
      (cause: unknown) => cause,
    )
    expect((ended as StageFailedError).failure.message).toBe('the process ended with code 3 and no answer')
    tiny.edit(entry, 'return { scores:', 'return { points:')
    const nothing = await runTiny({ ...tiny, sets }).catch((cause: unknown) => cause)
    expect((nothing as StageFailedError).failure.message).toBe(`the entry returned nothing on its port 'scores'`)
    tiny.calls()
  })

  it('code that cannot be bundled: which entry, which line, before anything runs', async () => {
    tiny.append('packages/maths/src/step.ts', 'export const = 1\n')
    await expect(planTiny({ ...tiny, sets })).rejects.toMatchObject({
      _tag: 'BundleError',
      entry: 'packages/tiny/src/graft.run.ts',
      message: expect.stringContaining('packages/maths/src/step.ts:2: '),
    })
    tiny.edit('packages/maths/src/step.ts', 'export const = 1\n', '')
    rmSync(join(tiny.workspace.root, 'packages/tiny/src/compare.run.ts'))
    await expect(planTiny({ ...tiny, sets })).rejects.toMatchObject({
      _tag: 'BundleError',
      message: expect.stringContaining('compare.run.ts cannot be bundled: there is no such file'),
    })
  })
})
