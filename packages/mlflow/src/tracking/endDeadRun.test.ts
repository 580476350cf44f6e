// Which runs are over, and the end that those get whose process could write none.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { processMark, readRunRecord } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endDeadRun } from './endDeadRun.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-dead-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const started = Date.parse('2026-11-24T05:12:03.000Z')
const plan: JournalLine = { _tag: 'plan', at: started }
const metric: JournalLine = { _tag: 'metric', label: 'fit', name: 'loss', value: 1, step: 1, at: started + 4000 }
/** Born at another time than the process that has this number now. */
const dead = { ...processMark(), born: '1' }
const elsewhere = { ...dead, host: 'another machine' }
const lastLine = (): unknown =>
  JSON.parse(readFileSync(join(folder, 'events.ndjson'), 'utf8').trim().split('\n').at(-1)!)

it('of a live process: left alone', async () => {
  writeRun(folder, exampleRecord(), [plan, metric], '{"_tag":"me')
  expect(await endDeadRun(folder)).toBe(false)
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toMatch(/\{"_tag":"me$/)
})

it('of a killed process: interrupted at its last sign of life, once', async () => {
  writeRun(folder, exampleRecord({ process: dead }), [plan, metric], '{"_tag":"me')
  expect(await endDeadRun(folder)).toBe(true)
  const text = readFileSync(join(folder, 'events.ndjson'), 'utf8')
  expect(lastLine()).toMatchObject({ _tag: 'run-stopped', status: 'interrupted', at: started + 4000 })
  const record = await readRunRecord(folder)
  expect(record).toMatchObject({ status: 'interrupted', seconds: 4 })
  expect(record.nodes.map(({ status }) => status)).toEqual(['not-reached', 'not-reached'])
  expect(await endDeadRun(folder)).toBe(true)
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toBe(text)
})

it('killed after run.json was ended and before the journal was: the same end', async () => {
  writeRun(folder, exampleRecord({ process: dead, status: 'done' }), [plan, metric])
  expect(await endDeadRun(folder)).toBe(true)
  expect(lastLine()).toEqual({ _tag: 'run-done', at: started + 4000 })
  writeRun(folder, exampleRecord({ process: dead, status: 'failed', error: 'no' }), [plan])
  expect(await endDeadRun(folder)).toBe(true)
  expect(lastLine()).toEqual({ _tag: 'run-stopped', status: 'failed', error: 'no', at: started })
})

it('of another machine: over when it says so, or after ten minutes of silence', async () => {
  writeRun(folder, exampleRecord({ process: elsewhere }), [plan, metric])
  expect(await endDeadRun(folder)).toBe(false)
  expect(await endDeadRun(folder, Date.now() + 9 * 60_000)).toBe(false)
  const long = (Date.now() - 11 * 60_000) / 1000
  utimesSync(join(folder, 'events.ndjson'), long, long)
  expect(await endDeadRun(folder)).toBe(true)
  expect((await readRunRecord(folder)).status).toBe('interrupted')
  writeRun(folder, exampleRecord({ process: elsewhere, status: 'done' }), [plan, { _tag: 'run-done', at: started + 1 }])
  expect(await endDeadRun(folder)).toBe(true)
  expect((await readRunRecord(folder)).status).toBe('done')
})
