// Runs that are sent later, by a real server: damaged journals, a store that was away, a database that is new.
import { expect, it, jest } from '@jest/globals'
import { processMark } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Privacy } from './Privacy.ts'
import { isUnsent } from './isUnsent.ts'
import { syncRun } from './syncRun.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'
import { journalPoints, serverPoints, serverRuns, trackingState } from './testing/readBack.ts'
import { nobody, realServer } from '../testing/realServer.ts'

jest.setTimeout(300_000)

const real = realServer()

const privacyOf = (): Privacy => nobody
const fit = 'fit[attention=on]'
const began = Date.parse('2026-11-24T05:12:03.000Z')

const lines: ReadonlyArray<JournalLine> = [
  { _tag: 'plan', at: began },
  { _tag: 'stage-start', label: fit, key: 'k', reason: 'new', log: '', expected: undefined, at: began + 1 },
  { _tag: 'metric', label: fit, name: 'loss', value: 0.5, step: 1, at: began + 2 },
  { _tag: 'metric', label: fit, name: 'loss', value: 0.25, step: 2, at: began + 3 },
  { _tag: 'stage-done', label: fit, key: 'k', hit: false, seconds: 2, at: began + 4 },
  { _tag: 'run-done', at: began + 5 },
]
const newRun = (run: string, given: Partial<RunRecord> = {}, journal = lines): string => {
  const folder = join(real.runs, run)
  const process = { ...processMark(), born: '1' }
  writeRun(folder, exampleRecord({ run, process, status: 'done', ...given }), journal)
  return folder
}
/** Spoils the first bytes of lines, as a disk may. */
const damage = (folder: string, ...numbers: ReadonlyArray<number>): void => {
  const file = join(folder, 'events.ndjson')
  const texts = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, texts.map((text, i) => (numbers.includes(i) ? `\0\0\0${text.slice(3)}` : text)).join('\n'))
}

it('damaged beginnings of the run and of a stage: both are there, with every point, and the count is told', async () => {
  const folder = newRun('20261124-000000-tiny-quick-1001')
  damage(folder, 0, 1)
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent', unreadable: 2 })
  expect(await serverRuns(real.client, folder)).toEqual([`${fit} FINISHED`, 'pipeline FINISHED'])
  expect(await serverPoints(real.client, folder)).toEqual(journalPoints(folder))
  const { runs: ids } = trackingState(folder)
  expect((await real.client.getRun(ids[fit]!)).tags['mlflow.parentRunId']).toBe(ids[''])
  expect(await real.client.getRun(ids['']!)).toMatchObject({ startTime: began, params: { preset: 'quick' } })
})

it('a server at the same address with a new database: said, and sent anew', async () => {
  const folder = newRun('20261124-000000-tiny-quick-1002')
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent', anew: false })
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toEqual({ _tag: 'complete', withheld: false })
  // ids that this server never gave
  const state = trackingState(folder)
  const strangers = Object.fromEntries(Object.keys(state.runs).map((label, i) => [label, String(i).repeat(32)]))
  const forgotten = { ...state, experimentId: '999', runs: strangers }
  writeFileSync(join(folder, 'mlflow.json'), JSON.stringify(forgotten))
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent', anew: true })
  expect(await serverPoints(real.client, folder)).toEqual(journalPoints(folder))
  // the same for one that was half there
  writeFileSync(join(folder, 'mlflow.json'), JSON.stringify({ ...forgotten, closed: false, open: [''] }))
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent', anew: true })
  expect(await serverRuns(real.client, folder)).toEqual([`${fit} FINISHED`, 'pipeline FINISHED'])
})

it('a store that is away: report and figures are told as withheld, and sent when it is there', async () => {
  const folder = newRun('20261124-000000-tiny-quick-1003')
  mkdirSync(join(folder, 'report'))
  writeFileSync(join(folder, 'report/index.html'), '<h1>Report of Miller</h1>')
  let here = false
  const ofPatients = (): Privacy => {
    let learnt = false
    return {
      learn: async () => void (learnt ||= here),
      whom: () => (learnt ? 'known' : 'unknown'),
      clean: (text) => (learnt ? text.replaceAll('Miller', 'patient-1') : text),
    }
  }
  const sync = () => syncRun({ folder, uri: real.server.uri, privacyOf: ofPatients })
  expect(await sync()).toMatchObject({ _tag: 'sent', withheld: true })
  const id = trackingState(folder).runs['']!
  const page = async (): Promise<string> =>
    Buffer.from(await real.client.getArtifact(await real.client.getRun(id), 'report/index.html')).toString('utf8')
  await expect(page()).rejects.toThrow(/404|RESOURCE_DOES_NOT_EXIST|not exist|No such/i)
  expect(await sync()).toEqual({ _tag: 'complete', withheld: true })
  expect([await isUnsent(folder, real.server.uri), await isUnsent(folder, real.server.uri, '/a/store')]).toEqual([
    false,
    true,
  ])
  here = true
  expect(await sync()).toMatchObject({ _tag: 'sent', withheld: false, anew: false })
  expect(await page()).toBe('<h1>Report of patient-1</h1>')
  expect(await serverRuns(real.client, folder)).toEqual([`${fit} FINISHED`, 'pipeline FINISHED'])
  expect(await serverPoints(real.client, folder)).toEqual(journalPoints(folder))
  expect(await isUnsent(folder, real.server.uri, '/a/store')).toBe(false)
  expect(await sync()).toEqual({ _tag: 'complete', withheld: false })
})

it('a clock that was put back an hour: nothing ends before it began', async () => {
  const back = lines.map((line, i) => (i < 4 ? line : { ...line, at: line.at - 3_600_000 }))
  const folder = newRun('20261124-000000-tiny-quick-1004', { seconds: 3 }, back)
  expect(await syncRun({ folder, uri: real.server.uri, privacyOf })).toMatchObject({ _tag: 'sent', refused: [] })
  const { runs: ids } = trackingState(folder)
  expect(await real.client.getRun(ids[fit]!)).toMatchObject({ startTime: began + 1, endTime: began + 2001 })
  expect(await real.client.getRun(ids['']!)).toMatchObject({ startTime: began, endTime: began + 3000 })
})
