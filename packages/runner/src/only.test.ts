// One stage computed by itself: from what is kept and nothing else, again without a second manifest, and under a debugger.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { ArtefactStore, fileManifests } from '@radiograft/artefact-store'
import type { Manifest, RunRecord } from '@radiograft/artefact-store'
import { Cause, Effect, Exit } from 'effect'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { executePlan } from './executePlan.ts'
import type { ExecuteOptions } from './ExecuteOptions.ts'
import { planOnly } from './planOnly.ts'
import type { RunResult } from './RunResult.ts'
import { attachDebugger } from './testing/attachDebugger.ts'
import { spawnTiny } from './testing/spawnTiny.ts'
import { manifestsOf, planTiny, runTiny, statuses } from './testing/runTiny.ts'
import { makeTinyWorkspace } from './testing/tinyWorkspace.ts'
import type { TinyWorkspace } from './testing/tinyWorkspace.ts'

jest.setTimeout(60_000)
const sets = { grafted: 'true' }
let tiny: TinyWorkspace
let manifests: Readonly<Record<string, Manifest>>
beforeAll(async () => {
  tiny = makeTinyWorkspace()
  manifests = await manifestsOf(tiny, await runTiny({ ...tiny, sets }))
  tiny.calls()
})
afterAll(() => tiny.remove())

const only = async (
  labels: ReadonlyArray<string>,
  changed: Readonly<Record<string, string>> = {},
  options: ExecuteOptions = {},
): Promise<RunResult> => {
  const chosen = new Set(labels)
  const plan = planOnly(await planTiny({ ...tiny, sets: { ...sets, ...changed } }), chosen)
  const exit = await Effect.runPromiseExit(
    Effect.provide(
      executePlan(plan, () => {}, { grace: 5000, only: chosen, ...options }),
      ArtefactStore.layerFileSystem(tiny.workspace.store),
    ),
  )
  if (Exit.isSuccess(exit)) return exit.value
  throw Cause.squash(exit.cause)
}
const newestRun = (): string => {
  const { runs } = tiny.workspace
  const [newest] = readdirSync(runs)
    .map((name) => join(runs, name))
    .toSorted((a, b) => statSync(b).birthtimeMs - statSync(a).birthtimeMs)
  return newest!
}
interface Frame {
  readonly functionName: string
  readonly location: { readonly scriptId: string }
}
const kept = (): number => readdirSync(join(tiny.workspace.store, 'manifests')).length

describe('only', () => {
  it('computes the stage and no other, though others would follow; what is above it is kept', async () => {
    const { record, again } = await only(['graft'], { 'graft.strength': '3' })
    expect(tiny.calls()).toEqual(['graft'])
    expect(again).toEqual([])
    expect(record.nodes.map(({ label, status }) => [label, status])).toEqual([
      ['read', 'hit'],
      ['graft', 'computed'],
    ])
    expect(record.results).toEqual({})
    // it was committed: a whole run goes on from it
    const plan = await planTiny({ ...tiny, sets: { ...sets, 'graft.strength': '3' } })
    expect(statuses(plan)['graft']).toBe('hit')
  })

  it('refuses where an input is not there, and names it', async () => {
    await expect(only(['score'], { 'read.films': '7' })).rejects.toMatchObject({
      _tag: 'InputsMissingError',
      stages: ['score'],
      missing: ['read', 'graft'],
    })
    expect(tiny.calls()).toEqual([])
  })
})

describe('again', () => {
  it('computes what is kept, commits nothing, and finds it bit for bit the same', async () => {
    const before = kept()
    const { again, record } = await only(['graft'], {}, { again: true })
    expect(tiny.calls()).toEqual(['graft'])
    const { digest } = manifests['graft']!.outputs['films']!
    expect(again).toEqual([
      {
        label: 'graft',
        key: manifests['graft']!.key,
        seconds: expect.any(Number),
        outputs: { films: { kept: digest, now: digest } },
      },
    ])
    expect(record.nodes.find(({ label }) => label === 'graft')?.status).toBe('computed')
    expect(kept()).toBe(before)
  })

  it('in this process too: columns lie in the order that a child writes them in', async () => {
    const { again } = await only(['score'], {}, { again: true, inProcess: true })
    const kept = Object.entries(manifests['score']!.outputs).map(([port, { digest }]) => [port, digest] as const)
    expect(Object.entries(again[0]!.outputs).map(([port, { now }]) => [port, now])).toEqual(kept)
    tiny.calls()
  })

  it('or not: what is kept then stays', async () => {
    const manifest = manifests['graft']!
    const store = fileManifests(tiny.workspace.store)
    // a result of the same key with other bytes, as another machine may have left it
    const other = { ...manifest, outputs: { films: manifests['read']!.outputs['films']! } }
    await store.supersede(manifest.key)
    await store.commit(other)
    const { again } = await only(['graft'], {}, { again: true })
    expect(again[0]!.outputs['films']).toEqual({
      kept: other.outputs.films.digest,
      now: manifest.outputs['films']!.digest,
    })
    expect(await store.get(manifest.key)).toEqual(other)
    await store.supersede(manifest.key)
    await store.commit(manifest)
    tiny.calls()
  })
})

describe('under a debugger', () => {
  it('waits, stops before the entry is called, and shows its source by a map', async () => {
    let told: (url: string) => void = () => {}
    const address = new Promise<string>((settle) => (told = settle))
    const run = only(['graft'], {}, { again: true, inspect: { tell: (_, at) => told(at) } })
    const url = await address
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\//)
    // nobody has attached: the entry has not been called
    await new Promise((next) => setTimeout(next, 300))
    expect(tiny.calls()).toEqual([])
    const client = await attachDebugger(url)
    await client.send('Runtime.enable')
    await client.send('Debugger.enable')
    const paused = (await client.go()) as { readonly callFrames: ReadonlyArray<Frame> }
    expect(paused.callFrames[0]!.functionName).toBe('runJob')
    expect(tiny.calls()).toEqual([])
    // into the entry
    let at: Frame | undefined
    for (let step = 0; step < 6 && at?.functionName !== 'run'; step++) {
      await client.send('Debugger.stepInto')
      at = ((await client.event('Debugger.paused')) as { readonly callFrames: ReadonlyArray<Frame> }).callFrames[0]
    }
    expect(at?.functionName).toBe('run')
    const script = client.seen('Debugger.scriptParsed').find(({ scriptId }) => scriptId === at?.location.scriptId)
    const file = String(script?.['url'])
    expect(file).toMatch(/stages\/[0-9a-f]{64}\.debug\.mjs$/)
    const text = readFileSync(fileURLToPath(file), 'utf8')
    const map = JSON.parse(Buffer.from(text.slice(text.lastIndexOf('base64,') + 7), 'base64').toString('utf8')) as {
      readonly sources: ReadonlyArray<string>
      readonly sourceRoot: string
    }
    const sources = map.sources.map((source) => fileURLToPath(new URL(source, map.sourceRoot)))
    expect(sources).toContain(join(tiny.workspace.root, 'packages/tiny/src/graft.run.ts'))
    await client.send('Debugger.resume')
    const { again } = await run
    client.close()
    expect(tiny.calls()).toEqual(['graft'])
    expect(again[0]!.outputs['films']!.now).toBe(manifests['graft']!.outputs['films']!.digest)
  })

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'in this process, ended by %s while it waits: the folder says so, nothing is left',
    async (signal) => {
      const run = spawnTiny(tiny.workspace.root, sets, '', 'graft')
      await run.line('url')
      await new Promise((next) => setTimeout(next, 200))
      run.process.kill(signal)
      await run.ended
      expect(run.process.signalCode).toBe(signal)
      const folder = newestRun()
      const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord
      expect([record.status, record.error]).toEqual(['interrupted', 'interrupted while a debugger was waited for'])
      expect(record.nodes.map(({ status }) => status)).not.toContain('pending')
      expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toEqual([])
      expect(tiny.calls()).toEqual([])
    },
  )

  it('in this process, once the debugger has come: the run goes on to its end', async () => {
    const run = spawnTiny(tiny.workspace.root, sets, '', 'graft')
    const client = await attachDebugger(String((await run.line('url'))!['url']))
    await client.send('Debugger.enable')
    await client.go()
    const folder = newestRun()
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toContain('"status": "running"')
    expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toHaveLength(1)
    await client.send('Debugger.resume')
    await run.ended
    client.close()
    expect(tiny.calls()).toEqual(['graft'])
    expect(readFileSync(join(folder, 'run.json'), 'utf8')).toContain('"status": "done"')
    expect(readdirSync(folder).filter((name) => name.startsWith('scratch-'))).toEqual([])
  })
})
