// The command with a real tracking server: stopped at any moment, with films of patients, with a server that is not there.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { readRunRecord } from '@radiograft/artefact-store'
import { makeMlflowClient } from '@radiograft/mlflow'
import type { MlflowClient } from '@radiograft/mlflow'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runIds } from '../files/runFolders.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { mlflowServer } from '@radiograft/testing'
import type { MlflowServer } from '@radiograft/testing'
import { filmName, writeRsnaFolder } from '../testing/rsnaFolder.ts'
import { picturesPipeline, testWorkspace, tinyPipeline } from '../testing/testWorkspace.ts'

jest.setTimeout(1_500_000)

let server: MlflowServer
let client: MlflowClient
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  server = await mlflowServer()
  client = makeMlflowClient(server.uri)
  env = { MLFLOW_TRACKING_URI: server.uri }
})
afterAll(() => server.stop())

interface State {
  readonly experimentId: string
  readonly runs: Readonly<Record<string, string>>
  readonly closed: boolean
  readonly refused: ReadonlyArray<string>
}
const stateOf = (folder: string): State => JSON.parse(readFileSync(join(folder, 'mlflow.json'), 'utf8')) as State

/** `label metric step value time` of every whole line of the journal, of points that stages emitted. */
const journalPoints = (folder: string): ReadonlyArray<string> =>
  readFileSync(join(folder, 'events.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"_tag":"metric"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as { label: string; name: string; step: number; value: number; at: number })
    .map(({ label, name, step, value, at }) => `${label} ${name} ${step} ${value} ${at}`)
    .toSorted()

/** The same of the server, for stages that were computed. */
const serverPoints = async (folder: string): Promise<ReadonlyArray<string>> => {
  const points: string[] = []
  for (const [label, id] of Object.entries(stateOf(folder).runs)) {
    const { metrics, tags } = await client.getRun(id)
    if (label === '' || tags['radiograft.status'] === 'hit') continue
    for (const key of Object.keys(metrics))
      for (const { step, value, timestamp } of await client.metricHistory(id, key))
        points.push(`${label} ${key} ${step} ${value} ${timestamp}`)
  }
  return points.toSorted()
}

/** name → status of all runs of the server that belong to a run folder */
const statuses = async (experimentId: string, run: string): Promise<Readonly<Record<string, string>>> => {
  const found: Record<string, string> = {}
  for await (const { name, status } of client.searchRuns({
    experimentIds: [experimentId],
    filter: `tags.\`radiograft.run\` = '${run}'`,
  })) {
    // twice would be a run that was made twice
    expect(found[name]).toBeUndefined()
    found[name] = status
  }
  return found
}

describe('stopped at ten moments', () => {
  const moments = [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9, 1]
  const signals = ['SIGKILL', 'SIGINT', 'SIGTERM'] as const
  it('by any signal: after sync nothing runs on, and every point is there once', async () => {
    const workspace = testWorkspace()
    let n = 10
    /** Other parameters each time, or all would be kept from the run before. */
    const args = (): ReadonlyArray<string> => {
      n++
      return ['run', tinyPipeline, '--set', `n=${n}`, '--set', `pause=${Math.round(1000 / n)}`]
    }
    const from = performance.now()
    const whole = await workspace.run(args(), env)
    const length = performance.now() - from
    expect(whole.out).toMatch(
      /^mlflow {3}http:\/\/127\.0\.0\.1:\d+\/#\/experiments\/\d+\/runs\/[0-9a-f]{32}\?workflowType=machine_learning$/m,
    )
    for (const signal of signals)
      for (const moment of moments) {
        const { process: child, ended } = workspace.start(args(), env)
        await sleep(moment * length)
        const told = performance.now()
        child.kill(signal)
        const { code, signal: by, out } = await ended
        if (signal === 'SIGKILL') continue
        // over before the signal came, or stopped by it; then nobody waits long for a server
        if (code === null) {
          // nobody listens while Node starts or takes itself down: the signal ends what has not begun, or has said all
          expect(by).toBe(signal)
          expect(out === '' || /^mlflow {3}/m.test(out)).toBe(true)
        } else expect([0, signal === 'SIGINT' ? 130 : 143]).toContain(code)
        if (code !== 0) expect(performance.now() - told).toBeLessThan(15_000)
        if (out.includes('starts (')) expect(out).toMatch(/^mlflow {3}/m)
      }
    const runs = join(workspace.path, '.radiograft/runs')
    const ids = runIds(runs).filter((id) => existsSync(join(runs, id, 'run.json')))
    expect(ids.length).toBeGreaterThan(15)
    const synced = await workspace.run(['sync', '--all'], env)
    expect([synced.code, synced.err]).toEqual([0, ''])
    const ends = new Set<string>()
    for (const id of ids) {
      const folder = join(runs, id)
      const state = stateOf(folder)
      expect([id, state.closed, state.refused]).toEqual([id, true, []])
      if (!existsSync(join(folder, 'events.ndjson'))) continue
      expect([id, await serverPoints(folder)]).toEqual([id, journalPoints(folder)])
      const found = await statuses(state.experimentId, id)
      expect(Object.values(found)).not.toContain('RUNNING')
      const { status } = await readRunRecord(folder)
      if (id in found) {
        expect([id, found[id]]).toEqual([id, status === 'done' ? 'FINISHED' : 'KILLED'])
        ends.add(found[id]!)
      }
      expect(['done', 'interrupted']).toContain(status)
      expect(existsSync(join(folder, 'locks'))).toBe(false)
    }
    expect([...ends].toSorted()).toEqual(['FINISHED', 'KILLED'])
    const again = await workspace.run(['sync'], env)
    expect(again.out).toMatch(/^nothing to send/)
    rmSync(workspace.path, { recursive: true })
  })
})

it('the next run ends on the server what was killed before it', async () => {
  const workspace = testWorkspace()
  const { process: child, ended, out } = workspace.start(['run', tinyPipeline, '--set', 'pause=3000'], env)
  while (!out().includes('starts (')) await sleep(50)
  await sleep(3000)
  child.kill('SIGKILL')
  await ended
  const runs = join(workspace.path, '.radiograft/runs')
  const [id] = runIds(runs)
  const { experimentId } = stateOf(join(runs, id!))
  expect((await statuses(experimentId, id!))[id!]).toBe('RUNNING')
  expect((await workspace.run(['run', tinyPipeline, '--set', 'pause=1', '--set', 'n=40'], env)).code).toBe(0)
  // it may not have come to it in so short a run
  await workspace.run(['sync'], env)
  const found = await statuses(experimentId, id!)
  expect(found[id!]).toBe('KILLED')
  expect(Object.values(found)).not.toContain('RUNNING')
  expect(await readRunRecord(join(runs, id!))).toMatchObject({ status: 'interrupted' })
  rmSync(workspace.path, { recursive: true })
})

it('a server that is away costs a run nothing; sync says so with 1, and sends it when it is back', async () => {
  const workspace = testWorkspace()
  const away = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:59997' }
  const { code, out } = await workspace.run(['run', tinyPipeline], away)
  expect(code).toBe(0)
  const [, id] = /^mlflow {3}12 points are kept: npm run radiograft -- sync (\S+) sends them \(.*ECONNREFUSED/m.exec(
    out,
  )!
  const refused = await workspace.run(['sync'], away)
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/ECONNREFUSED/)])
  const sent = await workspace.run(['sync', id!, '--uri', server.uri])
  expect([sent.code, sent.out]).toEqual([0, expect.stringMatching(/ sent: http/)])
  const folder = join(workspace.path, '.radiograft/runs', id!)
  expect(await serverPoints(folder)).toEqual(journalPoints(folder))
  // copied to another machine, without its store
  const copy = emptyFolder('copied')
  cpSync(folder, copy, { recursive: true })
  const elsewhere = testWorkspace()
  const record = await readRunRecord(copy)
  const other = { ...record, store: '/nowhere/store', process: { ...record.process, host: 'another machine' } }
  writeFileSync(join(copy, 'run.json'), JSON.stringify(other))
  rmSync(join(copy, 'mlflow.json'))
  const copied = await elsewhere.run(['sync', copy], { ...env, MLFLOW_EXPERIMENT_NAME: 'copied' })
  expect([copied.code, copied.out]).toEqual([0, expect.stringMatching(/ sent: http/)])
  const state = stateOf(copy)
  expect((await client.getExperiment(state.experimentId)).name).toBe('copied')
  const images = await client.listArtifacts(state.runs['sum[twice=on]']!, 'images')
  expect(images.length).toBe(2)
  for (const path of [workspace.path, elsewhere.path, copy]) rmSync(path, { recursive: true })
})

it('an address that is no server’s ends the run before it begins', async () => {
  const workspace = testWorkspace()
  const { code, err } = await workspace.run(['run', tinyPipeline], { MLFLOW_TRACKING_URI: 'file:///tmp/mlruns' })
  expect([code, err]).toEqual([2, expect.stringMatching(/names a folder.*npx nx run tools:mlflow/)])
  rmSync(workspace.path, { recursive: true })
})

describe('films of patients', () => {
  const patient = (index: number): string => `Miller-${1001 + index}`
  const filesBelow = (folder: string): ReadonlyArray<string> =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))

  it('nothing that the server holds names one of them, or a path', async () => {
    const workspace = testWorkspace()
    const data = writeRsnaFolder({ patient, size: 32 })
    // left out, and so in no cohort: the report lists it by its name
    writeFileSync(join(data, 'stage_2_train_images', `${filmName(3)}.dcm`), 'no film')
    const { code, out, err } = await workspace.run(['run', picturesPipeline, '--data', data, '--skip-bad'], env)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^mlflow {3}http/m)
    const folder = join(workspace.path, '.radiograft/runs/latest')
    const { runs: ids, refused } = stateOf(folder)
    expect(refused).toEqual([])
    const pages = await client.listArtifacts(ids['']!, 'report')
    expect(pages.map(({ path }) => path)).toContain('report/index.html')
    // the page of the run folder names films, the one that was sent their pseudonyms
    const own = readFileSync(join(folder, 'report/index.html'), 'utf8')
    const sent = Buffer.from(await client.getArtifact(ids['']!, 'report/index.html')).toString('utf8')
    expect(own).toMatch(/film-003/)
    expect(sent).toMatch(/film-[0-9a-f]{12}/)
    expect(sent.length).toBeGreaterThan(own.length)
    const secrets = [
      ...Array.from({ length: 16 }, (_, i) => [filmName(i), patient(i)]).flat(),
      workspace.path,
      data,
    ].map((text) => Buffer.from(text))
    let bytes = 0
    const found: string[] = []
    for (const file of filesBelow(server.folder).filter((path) => !path.endsWith('server.log'))) {
      const content = readFileSync(file)
      bytes += content.length
      for (const secret of secrets) if (content.includes(secret)) found.push(`${secret.toString()} in ${file}`)
    }
    expect(found).toEqual([])
    expect(bytes).toBeGreaterThan(100_000)
    rmSync(workspace.path, { recursive: true })
    rmSync(data, { recursive: true })
  })
})
