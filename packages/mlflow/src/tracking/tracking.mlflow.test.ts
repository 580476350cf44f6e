// Runs tracked by a real server: what it has is what the journal says, whatever came between.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { processMark } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MlflowClient } from '../MlflowClient.ts'
import { makeMlflowClient } from '../MlflowClient.ts'
import type { Privacy } from './Privacy.ts'
import { startTracking } from './startTracking.ts'
import { syncRun } from './syncRun.ts'
import { crashingServer } from './testing/crashingServer.ts'
import type { CrashingServer } from './testing/crashingServer.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'
import { journalPoints, serverPoints, serverRuns, trackingState } from './testing/readBack.ts'
import { wickedProxy } from './testing/wickedProxy.ts'
import type { Mischief } from './testing/wickedProxy.ts'

jest.setTimeout(300_000)

let server: CrashingServer
let client: MlflowClient
let runs: string
beforeAll(async () => {
  server = await crashingServer()
  client = makeMlflowClient(server.uri)
  runs = mkdtempSync(join(tmpdir(), 'radiograft-tracked-'))
})
afterAll(async () => {
  await server.stop()
  rmSync(runs, { recursive: true })
})

const open: Privacy = { learn: async () => {}, whom: () => 'nobody', clean: (text) => text }
const privacyOf = (): Privacy => open
const dead = { ...processMark(), born: '1' }
const fit = 'fit[attention=on]'
const began = Date.parse('2026-11-24T05:12:03.000Z')

/** A folder with a run of this name. */
const newRun = (run: string, given: Partial<RunRecord> = {}, lines: ReadonlyArray<JournalLine> = []): string => {
  const folder = join(runs, run)
  writeRun(folder, exampleRecord({ run, ...given }), lines)
  return folder
}
const append = (folder: string, line: JournalLine): void =>
  appendFileSync(join(folder, 'events.ndjson'), `${JSON.stringify(line)}\n`)
const start = (label: string, at: number): JournalLine => ({
  _tag: 'stage-start',
  label,
  key: `key of ${label}`,
  reason: 'never computed',
  log: '',
  expected: undefined,
  at,
})
const done = (label: string, at: number): JournalLine => ({
  _tag: 'stage-done',
  label,
  key: `key of ${label}`,
  hit: false,
  seconds: 1,
  at,
})
const metric = (label: string, name: string, step: number, at: number): JournalLine => ({
  _tag: 'metric',
  label,
  name,
  value: Math.fround(1 / (1 + step)),
  step,
  at,
})
const expectEqual = async (folder: string): Promise<void> =>
  expect(await serverPoints(client, folder)).toEqual(journalPoints(folder))

it('a run that goes well: runs, parameters, datasets, points, results', async () => {
  const folder = newRun('20261124-000000-tiny-quick-0001')
  const tracking = startTracking({ folder, uri: server.uri, privacyOf })
  append(folder, { _tag: 'plan', commit: 'c'.repeat(40), at: began })
  append(folder, start('read', began + 1))
  append(folder, done('read', began + 2))
  append(folder, start(fit, began + 3))
  for (let step = 1; step <= 50; step++) append(folder, metric(fit, 'detector.loss', step, began + 10 * step))
  appendFileSync(
    join(folder, 'events.ndjson'),
    `{"_tag":"metric","at":${began + 600},"label":"${fit}","name":"detector.loss","step":51,"value":{"$number":"NaN"}}\n`,
  )
  append(folder, done(fit, began + 1000))
  const figure = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="red"/></svg>`
  mkdirSync(join(folder, 'figures'))
  mkdirSync(join(folder, 'report/films'), { recursive: true })
  writeFileSync(join(folder, 'figures/forest.svg'), figure)
  writeFileSync(join(folder, 'report/index.html'), '<h1>Report</h1>')
  writeFileSync(join(folder, 'report/films/0001-1.png'), 'no picture')
  writeFileSync(
    join(folder, 'metrics.json'),
    JSON.stringify({ 'plain − other/test/ap': { value: 0.5, low: 0.25, high: null, n: 4, unit: '' } }),
  )
  const results = { forest: [{ node: fit, key: 'k', port: 'figure', kind: 'figure', digest: 'd' }] }
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify(exampleRecord({ run: '20261124-000000-tiny-quick-0001', status: 'done', results })),
  )
  append(folder, { _tag: 'run-done', at: began + 2000 })
  const tracked = await tracking.finish(60_000)
  const state = trackingState(folder)
  expect(tracked).toEqual({
    _tag: 'sent',
    address: `${server.uri}/#/experiments/${state.experimentId}/runs/${state.runs['']}?workflowType=machine_learning`,
    refused: [],
  })
  await expectEqual(folder)
  expect(await serverRuns(client, folder)).toEqual([`${fit} FINISHED`, 'pipeline FINISHED', 'read FINISHED'])

  const parent = await client.getRun(state.runs['']!)
  expect(parent).toMatchObject({
    startTime: began,
    endTime: began + 2000,
    params: { steps: '40', preset: 'quick', seed: '7', 'axis.attention': 'off, on', 'data.films': 'nih' },
    inputs: [{ name: 'films', digest: 'a'.repeat(36) }],
  })
  expect(Object.values(parent.metrics).map(({ key, value }) => [key, value])).toEqual([
    ['plain - other/test/ap', 0.5],
    ['plain - other/test/ap.low', 0.25],
  ])
  expect((await client.listArtifacts(parent.runId)).map(({ path }) => path).toSorted()).toEqual([
    'figures',
    'images',
    'metrics.json',
    'report',
    'run.json',
  ])
  const text = async (path: string) => Buffer.from(await client.getArtifact(parent, path)).toString('utf8')
  expect(await text('figures/forest.svg')).toBe(figure)
  expect(await text('report/films/0001-1.png')).toBe('no picture')
  // where it ran and on what is nobody's business
  expect(await text('run.json')).not.toMatch(/\/home|Miller|"host"|"pid"|command/)
  const nested = await client.getRun(state.runs[fit]!)
  expect(nested.tags).toMatchObject({
    'mlflow.parentRunId': parent.runId,
    'radiograft.key': `key of ${fit}`,
    'radiograft.status': 'computed',
    'mlflow.loggedImages': 'True',
  })
  expect(nested.params).toEqual({ steps: '40', lrpercent: '[0.1,0.01]', finding: 'a|b' })
  const images = await client.listArtifacts(nested.runId, 'images')
  expect(images.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)).toSorted()).toEqual(['png', 'webp'])
})

it('a stage that was kept links to the run that computed it, on this server, whatever the experiment', async () => {
  const from = { run: '20261124-000000-tiny-quick-0001', metrics: { 'detector.loss': 0.125 } }
  const hit: JournalLine = { ...done(fit, began + 5), hit: true, from } as JournalLine
  const gone: JournalLine = { ...done('read', began + 4), key: 'elsewhere', hit: true, from } as JournalLine
  const folder = newRun('20261124-000000-tiny-quick-0002', { process: dead, status: 'done', pipeline: 'other' }, [
    { _tag: 'plan', at: began },
    gone,
    hit,
    { _tag: 'run-done', at: began + 6 },
  ])
  expect(await syncRun({ folder, uri: server.uri, privacyOf })).toMatchObject({ _tag: 'sent' })
  const { runs: ids } = trackingState(folder)
  const first = trackingState(join(runs, '20261124-000000-tiny-quick-0001'))
  const kept = await client.getRun(ids[fit]!)
  expect(kept.status).toBe('FINISHED')
  expect(kept.tags).toMatchObject({ 'radiograft.status': 'hit', 'radiograft.computed_by': first.runs[fit] })
  expect(kept.tags['mlflow.note.content']).toContain(
    `computed by [${fit}](#/experiments/${first.experimentId}/runs/${first.runs[fit]}) of run 20261124-000000-tiny-quick-0001`,
  )
  expect(kept.metrics['detector.loss']).toMatchObject({ value: 0.125, timestamp: began + 5 })
  const other = await client.getRun(ids['read']!)
  expect(other.tags['radiograft.computed_by']).toBeUndefined()
  expect(other.tags['mlflow.note.content']).toContain('computed by 20261124-000000-tiny-quick-0001')
  expect(await syncRun({ folder, uri: server.uri, privacyOf })).toMatchObject({ _tag: 'complete' })
})

const mischiefs = ['status 500', 'html', 'hang', 'reset', 'answer lost', 'answer cut', 'half written'] as const
/** Every second request goes well, by chance with a seed: a cycle could fall in step with the sender's own. */
const chance = (seed: number): ((count: number) => Mischief) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return mischiefs[Math.floor((state / 2 ** 32) * 2 * mischiefs.length)] ?? 'none'
  }
}

it('a proxy that answers 500 and pages, hangs, resets, loses answers and writes halves: each point once', async () => {
  const proxy = await wickedProxy(server.uri, chance(7))
  const folder = newRun('20261124-000000-tiny-quick-0003')
  const tracking = startTracking({ folder, uri: proxy.uri, privacyOf, options: { timeout: 3000 } })
  append(folder, { _tag: 'plan', at: began })
  append(folder, start('read', began + 1))
  append(folder, start(fit, began + 2))
  for (let step = 0; step < 4000; step++) {
    append(folder, metric(step % 3 === 0 ? 'read' : fit, `loss-${step % 4}`, step, began + 3 + step))
    if (step % 200 === 0) await sleep(100)
  }
  append(folder, done('read', began + 10_000))
  append(folder, { _tag: 'stage-failed', label: fit, error: 'no', log: '', at: began + 10_001 })
  append(folder, { _tag: 'run-stopped', status: 'failed', error: 'no', at: began + 10_002 })
  const first = await tracking.finish(20_000)
  // whatever is left is sent later, through the same proxy
  for (let i = 0; i < 60 && !trackingState(folder).closed; i++)
    await syncRun({ folder, uri: proxy.uri, privacyOf, options: { timeout: 3000, backoff: 10 }, tries: 3 }).catch(
      () => {},
    )
  await proxy.close()
  expect(['sent', 'kept']).toContain(first._tag)
  expect(trackingState(folder)).toMatchObject({ closed: true, refused: [] })
  await expectEqual(folder)
  expect(await serverRuns(client, folder)).toEqual([`${fit} FAILED`, 'pipeline FAILED', 'read FINISHED'])
  for (const mischief of mischiefs) expect([mischief, proxy.done[mischief] ?? 0]).not.toEqual([mischief, 0])
})

it('a server that is killed in the middle and comes back: nothing is lost, nothing twice', async () => {
  const folder = newRun('20261124-000000-tiny-quick-0004')
  const tracking = startTracking({ folder, uri: server.uri, privacyOf })
  append(folder, { _tag: 'plan', at: began })
  append(folder, start(fit, began + 1))
  let step = 0
  const emit = (count: number): void => {
    for (const until = step + count; step < until; step++) append(folder, metric(fit, 'loss', step, began + 2 + step))
  }
  emit(2000)
  await sleep(1300)
  emit(2000)
  await sleep(50)
  await server.crash()
  emit(2000)
  await sleep(1500)
  await server.start()
  emit(500)
  append(folder, done(fit, began + 10_000))
  append(folder, { _tag: 'run-done', at: began + 10_001 })
  expect(await tracking.finish(60_000)).toMatchObject({ _tag: 'sent' })
  await expectEqual(folder)
  expect(await serverRuns(client, folder)).toEqual([`${fit} FINISHED`, 'pipeline FINISHED'])
})

it('nobody there: the run waits for nobody; later everything is sent', async () => {
  const folder = newRun('20261124-000000-tiny-quick-0005', {}, [
    { _tag: 'plan', at: began },
    start(fit, began + 1),
    metric(fit, 'loss', 1, began + 2),
    { _tag: 'run-stopped', status: 'interrupted', error: 'interrupted', at: began + 3 },
  ])
  const tracking = startTracking({ folder, uri: 'http://127.0.0.1:59998', privacyOf })
  await sleep(300)
  const from = performance.now()
  expect(await tracking.finish()).toMatchObject({
    _tag: 'kept',
    points: 1,
    address: undefined,
    reason: expect.stringMatching(/ECONNREFUSED/),
  })
  expect(performance.now() - from).toBeLessThan(1000)
  expect(await syncRun({ folder, uri: server.uri, privacyOf })).toMatchObject({ _tag: 'sent' })
  await expectEqual(folder)
  expect(await serverRuns(client, folder)).toEqual([`${fit} KILLED`, 'pipeline KILLED'])
})

it('a server that never answers holds a run for a few seconds only', async () => {
  const proxy = await wickedProxy(server.uri, () => 'hang')
  const folder = newRun('20261124-000000-tiny-quick-0006', {}, [{ _tag: 'plan', at: began }])
  const tracking = startTracking({ folder, uri: proxy.uri, privacyOf })
  await sleep(200)
  const from = performance.now()
  expect(await tracking.finish()).toMatchObject({
    _tag: 'kept',
    points: 0,
    reason: `the server at ${proxy.uri} did not answer for 4 s`,
  })
  expect(performance.now() - from).toBeLessThan(6000)
  const again = performance.now()
  const second = startTracking({ folder, uri: proxy.uri, privacyOf })
  expect(await second.finish(500)).toMatchObject({ _tag: 'kept' })
  expect(performance.now() - again).toBeLessThan(1500)
  await proxy.close()
})

it('a run that was deleted there: said, and not logged into', async () => {
  const folder = newRun('20261124-000000-tiny-quick-0007', { process: dead }, [
    { _tag: 'plan', at: began },
    start(fit, began + 1),
  ])
  const other = { ...processMark(), host: 'another machine' }
  writeFileSync(
    join(folder, 'run.json'),
    JSON.stringify(exampleRecord({ run: '20261124-000000-tiny-quick-0007', process: other })),
  )
  expect(await syncRun({ folder, uri: server.uri, privacyOf })).toMatchObject({ _tag: 'running' })
  await client.deleteRun(trackingState(folder).runs[fit]!)
  for (let step = 0; step < 10; step++) append(folder, metric(fit, 'loss', step, began + 2 + step))
  await expect(syncRun({ folder, uri: server.uri, privacyOf })).rejects.toThrow(/deleted in MLflow/)
})

it('a login page, or a port that fetch never asks: the run waits for nobody', async () => {
  const proxy = await wickedProxy(server.uri, () => 'html')
  const folder = newRun('20261124-000000-tiny-quick-0008', {}, [{ _tag: 'plan', at: began }])
  for (const [uri, reason] of [
    [proxy.uri, /login page/],
    ['http://127.0.0.1:1', /nothing to this port/],
  ] as const) {
    const tracking = startTracking({ folder, uri, privacyOf })
    const from = performance.now()
    expect(await tracking.finish()).toMatchObject({ _tag: 'kept', reason: expect.stringMatching(reason) })
    expect(performance.now() - from).toBeLessThan(2000)
  }
  await proxy.close()
})

it('the experiment was deleted there, or the whole database: said with a way on', async () => {
  const own = { experiment: 'short-lived', uri: server.uri, privacyOf }
  const other = { ...processMark(), host: 'another machine' }
  const run = '20261124-000000-tiny-quick-0009'
  const folder = newRun(run, { process: other }, [{ _tag: 'plan', at: began }, start(fit, began + 1)])
  expect(await syncRun({ folder, ...own })).toMatchObject({ _tag: 'running' })
  const state = trackingState(folder)
  await client.deleteExperiment(state.experimentId!)
  append(folder, metric(fit, 'loss', 1, began + 2))
  await expect(syncRun({ folder, ...own })).rejects.toThrow(
    "the experiment 'short-lived' was deleted in MLflow: restore it there",
  )
  // a stage that is to be made there
  append(folder, start('read', began + 3))
  await expect(syncRun({ folder, ...own })).rejects.toThrow(/'short-lived' was deleted/)
  // as a new database would have it: these runs are not there, and maybe not this experiment
  const gone = Object.fromEntries(Object.keys(state.runs).map((label) => [label, 'f'.repeat(32)]))
  for (const experimentId of ['987654', '0']) {
    writeFileSync(join(folder, 'mlflow.json'), JSON.stringify({ ...state, experimentId, runs: gone }))
    expect(await startTracking({ folder, ...own }).finish()).toMatchObject({
      _tag: 'kept',
      reason: expect.stringMatching(
        experimentId === '0'
          ? /no longer has the run f+ .*delete mlflow\.json in the run folder/
          : /no longer has the experiment 987654 .*delete mlflow\.json in the run folder/,
      ),
    })
  }
  rmSync(join(folder, 'mlflow.json'))
  expect(await syncRun({ folder, ...own })).toMatchObject({ _tag: 'running' })
  await expectEqual(folder)
})

it('a disk that is full for a while: named, and the run is sent once there is room', async () => {
  const folder = newRun('20261124-000000-tiny-quick-0010', {}, [{ _tag: 'plan', at: began }, start(fit, began + 1)])
  // a folder of this name is as much in the way as a full disk
  mkdirSync(join(folder, 'mlflow.json.tmp'))
  const tracking = startTracking({ folder, uri: server.uri, privacyOf })
  await sleep(1500)
  rmSync(join(folder, 'mlflow.json.tmp'), { recursive: true })
  append(folder, metric(fit, 'loss', 1, began + 2))
  append(folder, done(fit, began + 3))
  append(folder, { _tag: 'run-done', at: began + 4 })
  const tracked = await tracking.finish(60_000)
  expect(tracked).toMatchObject({ _tag: 'sent' })
  await expectEqual(folder)
  const full = newRun('20261124-000000-tiny-quick-0011', {}, [{ _tag: 'plan', at: began }])
  mkdirSync(join(full, 'mlflow.json.tmp'))
  expect(await startTracking({ folder: full, uri: server.uri, privacyOf }).finish()).toMatchObject({
    _tag: 'kept',
    reason: expect.stringContaining(join(full, 'mlflow.json')),
  })
})
