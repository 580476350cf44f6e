// Which checkpoints and graphs are removed at the start of a run: old ones that nobody computes, and those of committed keys.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { fileStore } from '@radiograft/artefact-store'
import type { Manifest, Store } from '@radiograft/artefact-store'
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newestCheckpoint } from './newestCheckpoint.ts'
import { sweepKeyFolders } from './sweepKeyFolders.ts'

const day = 24 * 60 * 60 * 1000
const now = (): number => Date.parse('2026-11-24T12:00:00Z')
let store: Store
beforeAll(() => {
  store = fileStore(mkdtempSync(join(tmpdir(), 'radiograft-sweep-')))
})
afterAll(() => rmSync(store.location, { recursive: true }))

/** Everything of it was last touched so many days ago, but for what is named. */
const put = (folder: 'checkpoints' | 'graphs', key: string, days: number, younger?: number): string => {
  const path = join(store.location, folder, key)
  const step = join(path, 'attempt', '340')
  mkdirSync(step, { recursive: true })
  writeFileSync(join(step, 'state.json'), '{}')
  const set = (file: string, age: number): void =>
    utimesSync(file, (now() - age * day) / 1000, (now() - age * day) / 1000)
  set(join(step, 'state.json'), younger ?? days)
  for (const file of [step, join(path, 'attempt'), path]) set(file, days)
  return path
}
const sweep = async (): Promise<ReadonlyArray<string>> => (await sweepKeyFolders(store, { now })).toSorted()

it('nothing where there is nothing', async () => {
  expect(await sweep()).toEqual([])
})

it('what nobody has touched for a week, not what is younger anywhere inside', async () => {
  const [old, young, mixed] = [
    put('checkpoints', 'old', 8),
    put('checkpoints', 'young', 6),
    put('checkpoints', 'mixed', 8, 6),
  ]
  const graphs = [put('graphs', 'old', 9), put('graphs', 'young', 30), put('graphs', 'alone', 8)]
  expect(await sweep()).toEqual(['alone', 'old'])
  expect([old, young, mixed, ...graphs].map(existsSync)).toEqual([false, true, true, false, true, false])
})

it('not of a key that is being computed', async () => {
  const path = put('checkpoints', 'held', 20)
  const lock = await store.locks.take('held')
  expect(await sweep()).toEqual([])
  expect(existsSync(path)).toBe(true)
  await lock!.release()
  expect(await sweep()).toEqual(['held'])
})

it('of a key that has its manifest, whatever their age: its commit was the last that a killed run did', async () => {
  const path = put('checkpoints', 'done', 0)
  await store.manifests.commit({ format: 1, key: 'done', stage: 'fit', outputs: {} } as unknown as Manifest)
  expect(await sweep()).toEqual(['done'])
  expect(existsSync(path)).toBe(false)
})

it('a checkpoint of another version is none to a plan', async () => {
  put('checkpoints', 'other', 0)
  expect(await newestCheckpoint(store.location, 'other')).toBeUndefined()
})
