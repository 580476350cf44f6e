// A stage that was stopped and goes on in another run, to a real server: it has one run there, below the pipeline's run that
// finished it, with each point once, whatever the first run had sent before it was killed.
import { expect, it, jest } from '@jest/globals'
import { processMark } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Privacy } from './Privacy.ts'
import { startTracking } from './startTracking.ts'
import { syncRun } from './syncRun.ts'
import { writeState } from './TrackingState.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'
import { trackingState } from './testing/readBack.ts'
import { nobody, realServer } from '../testing/realServer.ts'

jest.setTimeout(300_000)

const real = realServer()

const privacyOf = (): Privacy => nobody
/** A process that has ended. */
const dead = { ...processMark(), born: '1' }
const fit = 'fit[attention=on]'
const began = Date.parse('2026-11-24T05:12:03.000Z')

const plan = (at: number): JournalLine => ({ _tag: 'plan', at })
const start = (at: number, continues?: { readonly step: number; readonly run: string }): JournalLine => ({
  _tag: 'stage-start',
  label: fit,
  key: 'key of fit',
  reason: 'never computed',
  log: '',
  expected: undefined,
  ...(continues && { continues: { ...continues, label: fit } }),
  at,
})
const resumed = (step: number, at: number): JournalLine => ({ _tag: 'resumed', label: fit, step, total: 60, at })
const metrics = (from: number, to: number, at: number): ReadonlyArray<JournalLine> =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    _tag: 'metric',
    label: fit,
    name: 'detector.loss',
    value: Math.fround(1 / (1 + from + i)),
    step: from + i,
    at: at + i,
  }))
const done = (at: number): JournalLine => ({
  _tag: 'stage-done',
  label: fit,
  key: 'key of fit',
  hit: false,
  seconds: 1,
  at,
})

const append = (folder: string, ...lines: ReadonlyArray<JournalLine>): void =>
  appendFileSync(join(folder, 'events.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
const newRun = (run: string, given: Partial<RunRecord>, lines: ReadonlyArray<JournalLine>): string => {
  const folder = join(real.runs, run)
  writeRun(folder, exampleRecord({ run, ...given }), lines)
  return folder
}
const track = async (folder: string, limit = 60_000): Promise<string> =>
  (await startTracking({ folder, uri: real.server.uri, privacyOf }).finish(limit))._tag
const fitRun = (folder: string): string => trackingState(folder).runs[fit]!
const lossOf = async (id: string): Promise<ReadonlyArray<string>> =>
  (await real.client.metricHistory(id, 'detector.loss')).map(({ step, timestamp }) => `${step} ${timestamp}`).toSorted()
const expected = (lines: ReadonlyArray<JournalLine>): ReadonlyArray<string> =>
  lines.flatMap((line) => (line._tag === 'metric' ? [`${line.step} ${line.at}`] : [])).toSorted()

it('its own run is taken over: re-parented, running again, then finished; no point twice', async () => {
  // killed at step 37 with 32 sent; its last checkpoint is that of step 30
  const first = '20261124-000000-tiny-quick-0001'
  const one = newRun(first, { process: dead }, [plan(began), start(began + 1), ...metrics(1, 32, began + 10)])
  const tracking = startTracking({ folder: one, uri: real.server.uri, privacyOf })
  const sent = async (): Promise<number> => {
    try {
      return (await lossOf(fitRun(one))).length
    } catch {
      return 0
    }
  }
  for (let i = 0; i < 300 && (await sent()) < 32; i++) await sleep(100)
  await tracking.finish(0)
  append(one, ...metrics(33, 37, began + 100))
  const nested = fitRun(one)
  expect(await lossOf(nested)).toHaveLength(32)

  const second = '20261124-000100-tiny-quick-0002'
  const later = began + 60_000
  const two = newRun(second, { status: 'done' }, [
    plan(later),
    start(later + 1, { step: 30, run: first }),
    resumed(30, later + 2),
    ...metrics(31, 60, later + 10),
    done(later + 100),
    { _tag: 'run-done', at: later + 200 },
  ])
  expect(await track(two)).toBe('sent')
  expect(fitRun(two)).toBe(nested)
  const run = await real.client.getRun(nested)
  expect(run).toMatchObject({
    status: 'FINISHED',
    startTime: began + 1,
    endTime: later + 100,
    tags: {
      'mlflow.parentRunId': trackingState(two).runs['']!,
      'radiograft.run': second,
      'radiograft.continues': first,
      'radiograft.resumed_at': '30',
      'radiograft.status': 'computed',
    },
  })
  // what the first had not sent came before it was taken over; what both have of steps 31 to 37 is there once
  const fromFirst = [...metrics(1, 32, began + 10), ...metrics(33, 37, began + 100)]
  const fromSecond = metrics(31, 60, later + 10).filter((line) => line._tag === 'metric' && line.step > 37)
  expect(await lossOf(nested)).toEqual(expected([...fromFirst, ...fromSecond]))
  // the first has its end, and its stage none of it
  expect(trackingState(one).closed).toBe(true)
  expect(await real.client.getRun(trackingState(one).runs['']!)).toMatchObject({ status: 'KILLED' })
})

it('what the first run sends later changes nothing of it', async () => {
  const [one, two] = ['20261124-000000-tiny-quick-0001', '20261124-000100-tiny-quick-0002'].map((run) =>
    join(real.runs, run),
  )
  const before = await real.client.getRun(fitRun(two!))
  const points = await lossOf(fitRun(two!))
  // as after a crash that lost what was acknowledged
  await writeState(one!, { ...trackingState(one!), acknowledged: 0, open: [], closed: false })
  expect(await syncRun({ folder: one!, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent' })
  const after = await real.client.getRun(fitRun(two!))
  expect([after.status, after.endTime, after.tags]).toEqual([before.status, before.endTime, before.tags])
  expect(await lossOf(fitRun(two!))).toEqual(points)
})

it('a first run that never reached a server is sent first; one that was for no server is left alone', async () => {
  const first = '20261124-000200-tiny-quick-0003'
  const one = newRun(first, { process: dead }, [plan(began), start(began + 1), ...metrics(1, 12, began + 10)])
  const unreachable = startTracking({ folder: one, uri: 'http://127.0.0.1:9', privacyOf })
  await unreachable.finish(0)
  const { uri: _, ...meant } = trackingState(one)
  await writeState(one, { ...meant, uri: real.client.uri })
  const second = newRun('20261124-000300-tiny-quick-0004', { status: 'done' }, [
    plan(began + 1000),
    start(began + 1001, { step: 10, run: first }),
    resumed(10, began + 1002),
    ...metrics(11, 20, began + 1010),
    done(began + 1100),
    { _tag: 'run-done', at: began + 1200 },
  ])
  expect(await track(second)).toBe('sent')
  expect(fitRun(second)).toBe(fitRun(one))
  expect(await lossOf(fitRun(second))).toEqual(
    expected([...metrics(1, 12, began + 10), ...metrics(11, 20, began + 1010).slice(2)]),
  )

  const untracked = '20261124-000400-tiny-quick-0005'
  const three = newRun(untracked, { process: dead }, [plan(began), start(began + 1), ...metrics(1, 12, began + 10)])
  const fourth = newRun('20261124-000500-tiny-quick-0006', { status: 'done' }, [
    plan(began + 2000),
    start(began + 2001, { step: 10, run: untracked }),
    resumed(10, began + 2002),
    ...metrics(11, 20, began + 2010),
    done(began + 2100),
    { _tag: 'run-done', at: began + 2200 },
  ])
  expect(await track(fourth)).toBe('sent')
  expect(() => trackingState(three)).toThrow('ENOENT')
  expect(await lossOf(fitRun(fourth))).toEqual(expected(metrics(11, 20, began + 2010)))
  expect(await real.client.getRun(fitRun(fourth))).toMatchObject({ status: 'FINISHED' })
})
