// A run that keeps all its stages, to a real server: few requests, several at a time, and each stage there once.
import { expect, it, jest } from '@jest/globals'
import type { JournalLine } from '@radiograft/runner'
import { join } from 'node:path'
import { startTracking } from './startTracking.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'
import { serverRuns, trackingState } from './testing/readBack.ts'
import { nobody, realServer } from '../testing/realServer.ts'
import { wickedProxy } from './testing/wickedProxy.ts'

jest.setTimeout(300_000)

const real = realServer()

const began = Date.parse('2026-11-24T05:12:03.000Z')
const count = 40

/** A folder with a run of so many stages, all computed or all kept from another run. */
const runOf = (run: string, from?: string): string => {
  const [, template] = exampleRecord().nodes
  const nodes = Array.from({ length: count }, (_, i) => ({ ...template!, id: `s${i}`, label: `s${i}` }))
  const lines = nodes.flatMap(({ label }, i): ReadonlyArray<JournalLine> => {
    const stage = { label, key: `key of ${label}`, at: began + i }
    if (from !== undefined)
      return [{ _tag: 'stage-done', ...stage, hit: true, seconds: 1, from: { run: from, metrics: { loss: i } } }]
    return [
      { _tag: 'stage-start', ...stage, reason: 'never computed', log: '', expected: undefined },
      { _tag: 'stage-done', ...stage, hit: false, seconds: 1 },
    ]
  })
  const folder = join(real.runs, run)
  writeRun(folder, exampleRecord({ run, status: 'done', datasets: {}, nodes }), [
    { _tag: 'plan', at: began },
    ...lines,
    { _tag: 'run-done', at: began + 1000 },
  ])
  return folder
}
const first = '20261124-000000-kept-quick-0001'

it('three requests a stage, several at a time; the run that computed them is looked for once', async () => {
  expect(
    await startTracking({ folder: runOf(first), uri: real.server.uri, privacyOf: () => nobody }).finish(60_000),
  ).toMatchObject({ _tag: 'sent' })
  const asked: string[] = []
  let underWay = 0
  let most = 0
  const watched = async (address: string, init: RequestInit): Promise<Response> => {
    asked.push(new URL(address).pathname.replace('/api/2.0/mlflow/', ''))
    most = Math.max(most, ++underWay)
    try {
      return await fetch(address, init)
    } finally {
      underWay--
    }
  }
  const folder = runOf('20261124-000000-kept-quick-0002', first)
  const tracking = startTracking({
    folder,
    uri: real.server.uri,
    privacyOf: () => nobody,
    options: { fetch: watched },
  })
  expect(await tracking.finish(60_000)).toMatchObject({ _tag: 'sent', refused: [] })
  expect(asked.filter((path) => path === 'runs/search')).toHaveLength(1)
  expect(asked.length).toBeLessThan(3 * count + 20)
  expect(most).toBeGreaterThan(3)
  const stages = Array.from({ length: count }, (_, i) => `s${i} FINISHED`)
  expect(await serverRuns(real.client, folder)).toEqual(['pipeline FINISHED', ...stages].toSorted())
  const { runs: ids } = trackingState(folder)
  const kept = await real.client.getRun(ids['s7']!)
  expect(kept.metrics['loss']).toMatchObject({ value: 7 })
  expect(kept.tags['radiograft.computed_by']).toBe(trackingState(join(real.runs, first)).runs['s7'])
})

it('answers that are lost on the way: what was made is found, and not made twice', async () => {
  const proxy = await wickedProxy(real.server.uri, (n) => (n >= 6 && n < 18 ? 'answer lost' : 'none'))
  const folder = runOf('20261124-000000-kept-quick-0003', first)
  const tracking = startTracking({ folder, uri: proxy.uri, privacyOf: () => nobody, options: { retries: 0 } })
  const tracked = await tracking.finish(120_000)
  await proxy.close()
  expect(tracked).toMatchObject({ _tag: 'sent', refused: [] })
  const stages = Array.from({ length: count }, (_, i) => `s${i} FINISHED`)
  expect(await serverRuns(real.client, folder)).toEqual(['pipeline FINISHED', ...stages].toSorted())
})
