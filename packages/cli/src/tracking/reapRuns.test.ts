// Earlier runs of a workspace: one that cannot be sent keeps no other here, a server that is away ends the round.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { makeMlflowClient } from '@radiograft/mlflow'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { reapRuns } from './reapRuns.ts'

const uri = 'http://127.0.0.1:59995'
let runs: string
beforeEach(() => {
  runs = emptyFolder('reaped')
})
afterEach(() => rmSync(runs, { recursive: true }))

const recordOf = (run: string) => ({
  format: 1,
  run,
  pipeline: 'tiny',
  preset: 'quick',
  status: 'done',
  command: [],
  params: [],
  axes: {},
  datasets: {},
  nodes: [],
  results: {},
  versions: {},
  fingerprint: {},
  store: join(runs, 'no-store'),
  process: { pid: 1, host: hostname(), born: '1' },
  started: '2026-11-24T05:12:03.000Z',
})
const write = (run: string, record: string = JSON.stringify(recordOf(run))): void => {
  const folder = join(runs, run)
  mkdirSync(folder)
  writeFileSync(join(folder, 'run.json'), record)
  writeFileSync(join(folder, 'events.ndjson'), '{"_tag":"plan","at":5}\n{"_tag":"run-done","at":6}\n')
  const state = { format: 1, run, uri: makeMlflowClient(uri).uri, experiment: `of ${run}`, experimentId: null }
  const none = { acknowledged: 0, runs: {}, open: [], closed: false, refused: [] }
  writeFileSync(join(folder, 'mlflow.json'), JSON.stringify({ ...state, ...none }))
}
/** Which runs' experiments the server was asked for. */
const reap = async (answer: () => Response): Promise<ReadonlyArray<string>> => {
  const asked: string[] = []
  const ask = async (address: string): Promise<Response> => {
    const name = new URL(address).searchParams.get('experiment_name')
    if (name !== null) asked.push(name)
    return answer()
  }
  await reapRuns({ runs, uri, options: { fetch: ask }, except: 'd', signal: new AbortController().signal })
  return asked
}

it('a damaged run and one that the server refuses: the older ones are tried', async () => {
  write('a')
  write('b')
  write('c', '{"run":')
  write('d')
  const refuse = (): Response => new Response('{"error_code":"PERMISSION_DENIED","message":"no"}', { status: 403 })
  expect(await reap(refuse)).toEqual(['of b', 'of a'])
})

it('a server that is away: no other is tried', async () => {
  write('a')
  write('b')
  const away = (): Response => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
  }
  expect(await reap(away)).toEqual(['of b'])
})
