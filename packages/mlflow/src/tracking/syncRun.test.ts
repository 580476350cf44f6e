// What a run remembers of its servers, without one: addresses that nobody listens at.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { processMark } from '@radiograft/artefact-store'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeMlflowClient } from '../MlflowClient.ts'
import { hang, localServer } from '../testing/localServer.ts'
import { openSender } from './openSender.ts'
import type { Privacy } from './Privacy.ts'
import { isUnsent } from './isUnsent.ts'
import { syncRun } from './syncRun.ts'
import { exampleRecord, writeRun } from './testing/exampleRun.ts'
import { freshState, readState, stateFor, writeState } from './TrackingState.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-sync-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const right = 'http://127.0.0.1:59998'
const mistyped = 'http://127.0.0.1:59996'
const began = Date.parse('2026-11-24T05:12:03.000Z')
const record = exampleRecord({ process: { ...processMark(), born: '1' } })
const write = (): void => writeRun(folder, record, [{ _tag: 'plan', at: began }])
const privacyOf = (): Privacy => ({ learn: async () => {}, whom: () => 'nobody', clean: (text) => text })
const sync = (uri: string) => syncRun({ folder, uri, tries: 1, privacyOf })

it('a mistyped address that nobody answers at: the run is still meant for its own server', async () => {
  write()
  const state = { ...freshState(record.run, right, 'tiny', undefined), experimentId: '3', acknowledged: 12 }
  await writeState(folder, state)
  await expect(sync(mistyped)).rejects.toMatchObject({ _tag: 'MlflowUnavailableError' })
  expect(await readState(folder)).toEqual(state)
  expect([await isUnsent(folder, right), await isUnsent(folder, mistyped)]).toEqual([true, false])
})

it('a run that was meant for no server is meant for none after a server that did not answer', async () => {
  write()
  await expect(sync(mistyped)).rejects.toMatchObject({ _tag: 'MlflowUnavailableError' })
  expect(existsSync(join(folder, 'mlflow.json'))).toBe(false)
})

it('each server has a state of its own', async () => {
  const first = { ...freshState('r', right, 'tiny', undefined), acknowledged: 12 }
  const second = freshState('r', mistyped, 'tiny', first)
  expect(second).toMatchObject({ uri: mistyped, acknowledged: 0, others: [{ uri: right, acknowledged: 12 }] })
  const back = stateFor(second, 'r', right)
  expect(back).toMatchObject({ uri: right, acknowledged: 12, others: [{ uri: mistyped, acknowledged: 0 }] })
  expect(back?.others).toHaveLength(1)
  expect(stateFor(back, 'r', mistyped)?.others).toHaveLength(1)
  // the folder was used again: nothing of the earlier run holds
  expect(stateFor(second, 'another run', right)).toBeUndefined()
  expect(freshState('another run', mistyped, 'tiny', second).others).toEqual([])
  await writeState(folder, second)
  expect([await isUnsent(folder, right), await isUnsent(folder, mistyped)]).toEqual([true, true])
})

it('the name of the experiment can be corrected until a server has taken it', async () => {
  write()
  const client = makeMlflowClient(right)
  const open = async (experiment?: string) =>
    (await openSender({ client, folder, privacyOf, experiment, settleRun: async () => {} })).state().experiment
  expect(await open('x'.repeat(600))).toHaveLength(600)
  expect(await open('chest films')).toBe('chest films')
  expect(await open()).toBe('tiny')
  const state = freshState(record.run, right, 'chosen', undefined)
  await writeState(folder, state)
  // the variable is not set any more: what was wanted then
  expect(await open()).toBe('chosen')
  await writeState(folder, { ...state, experimentId: '3' })
  expect(await open('another')).toBe('chosen')
})

it('a run.json that is damaged is named', async () => {
  write()
  const file = join(folder, 'run.json')
  const refusal = async (text: string) => {
    writeFileSync(file, text)
    return sync(right).catch((error: unknown) => error)
  }
  expect(await refusal('{"run":"r"')).toMatchObject({ _tag: 'RunRecordError', file })
  expect(await refusal('[]')).toMatchObject({
    message: expect.stringMatching(/run\.json cannot be read: it has no fields/),
  })
  const nodes = [{ label: 'read' }]
  expect(await refusal(JSON.stringify({ ...record, nodes }))).toMatchObject({
    message: expect.stringMatching(/its stage 1 has no params/),
  })
  rmSync(file)
  expect(await refusal(JSON.stringify(record))).toMatchObject({ _tag: 'MlflowUnavailableError' })
})

it('a server that takes connections and says nothing is asked once', async () => {
  write()
  const server = await localServer(hang)
  const options = { timeout: 300 }
  const asked = performance.now()
  await expect(syncRun({ folder, uri: server.uri, options, privacyOf })).rejects.toMatchObject({ reason: 'timeout' })
  expect(performance.now() - asked).toBeLessThan(1500)
  expect(server.received).toHaveLength(1)
  await server.close()
})
