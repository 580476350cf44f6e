// Everything that is written to a real server is read back and compared: a 200 alone proves nothing there.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { makeMlflowClient } from './makeMlflowClient.ts'
import { metricName } from './metricName.ts'
import type { MlflowClient } from './MlflowClient.ts'
import type { MlflowOptions } from './MlflowOptions.ts'
import type { MetricPoint } from './Run.ts'
import { mlflowServer, type MlflowServer } from '@radiograft/testing'

let server: MlflowServer
let mlflow: MlflowClient
let experimentId: string
const start = 1_700_000_000_000

beforeAll(async () => {
  server = await mlflowServer()
  mlflow = makeMlflowClient(server.uri)
  experimentId = await mlflow.experiment('films, réunis')
}, 240_000)
afterAll(() => server?.stop())

const newRun = (change: object = {}, client = mlflow) =>
  client.createRun({ experimentId, name: 'run', startTime: start, id: randomUUID(), ...change })

const all = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const taken: Array<A> = []
  for await (const item of items) taken.push(item)
  return taken
}

const values = [NaN, Infinity, -Infinity, 0, -1e-300, 0.1 + 0.2, 1e300, 5e-324, 2 ** 53, -7]

it('is the version that the contract was recorded of', async () => {
  expect(await mlflow.version()).toMatch(/^3\.\d+\.\d+$/)
})

it('3,000 points under unicode keys, 250 params and 120 tags are there as they were sent', async () => {
  const run = await newRun()
  const keys = ['train/loss', 'Übersicht/потеря 損失', metricName('ap@0.5:0.95')]
  const points = (key: string): ReadonlyArray<MetricPoint> =>
    Array.from({ length: 1000 }, (_, i) => ({
      key,
      value: i < values.length ? values[i]! : Math.sin(i) * 10 ** ((i % 30) - 15),
      timestamp: start + i,
      step: i - 500,
    }))
  const metrics = keys.flatMap(points)
  const params = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`p${i}/ключ`, i === 0 ? '' : `${i} "é"\n`]))
  const tags = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`t ${i}`, `{"a":'${i}'}`]))
  const batch = { metrics, params, tags }
  await mlflow.logBatch(run, batch)
  await mlflow.logBatch(run, batch) // repeating it changes nothing
  for (const key of keys) expect(await mlflow.metricHistory(run, key)).toEqual(points(key))
  const got = await mlflow.getRun(run)
  expect(got.params).toEqual(params)
  expect(got.tags).toMatchObject(tags)
  expect(Object.keys(got.metrics).toSorted()).toEqual(keys.toSorted())
}, 180_000)

it('a history of several pages is whole', async () => {
  const run = await newRun()
  const metrics = Array.from({ length: 1500 }, (_, i) => ({ key: 'm', value: i, timestamp: start + i, step: i }))
  await mlflow.logBatch(run, { metrics })
  const pages: Array<string> = []
  const paging: MlflowOptions['fetch'] = (address, init) => {
    pages.push(address)
    return fetch(address.replace('max_results=25000', 'max_results=400'), init)
  }
  expect(await makeMlflowClient(server.uri, { fetch: paging }).metricHistory(run, 'm')).toEqual(metrics)
  expect(pages).toHaveLength(4)
})

it('long values are refused, or cut so that it shows', async () => {
  const run = await newRun()
  const params = { note: 'é'.repeat(7000) }
  await expect(mlflow.logBatch(run, { params })).rejects.toMatchObject({ field: 'params["note"]' })
  const cutting = makeMlflowClient(server.uri, { longValues: 'cut' })
  await cutting.logBatch(run, { params, tags: { t: '𝛼'.repeat(9000) } })
  await cutting.logBatch(run, { params })
  const got = await mlflow.getRun(run)
  expect(Array.from(got.params['note'] ?? '')).toHaveLength(6000)
  expect(got.params['note']).toMatch(/^é+ … \[cut: 7000 characters, sha256 [0-9a-f]{12}\]$/)
  expect(Array.from(got.tags['t'] ?? '')).toHaveLength(8000)
})

it('a param that changes is refused, and nothing of its batch is stored', async () => {
  const run = await newRun()
  await mlflow.logBatch(run, { params: { rate: '1' } })
  const metrics = [{ key: 'm', value: 1, timestamp: start, step: 0 }]
  await expect(mlflow.logBatch(run, { params: { rate: '2' }, metrics })).rejects.toMatchObject({
    _tag: 'MlflowRefusedError',
    errorCode: 'INVALID_PARAMETER_VALUE',
  })
  expect(await mlflow.metricHistory(run, 'm')).toEqual([])
})

it('inputs are there with source, schema, profile and context', async () => {
  const run = await newRun()
  const films = {
    name: 'films é',
    digest: 'd'.repeat(36),
    sourceType: 'local',
    source: { uri: '/data/é "x"' },
    schema: { mlflow_colspec: [{ type: 'string', name: 'film' }] },
    profile: { num_rows: 26_684, mean: NaN },
    context: 'training',
  }
  const plain = { name: 'plain', digest: '1', sourceType: 'http', source: {} }
  await mlflow.logInputs(run, [films, plain])
  await mlflow.logInputs(run, [films])
  const { inputs } = await mlflow.getRun(run)
  const sorted = inputs.toSorted((a, b) => a.name.localeCompare(b.name))
  expect(sorted).toEqual([{ ...films, profile: { num_rows: 26_684, mean: 'NaN' } }, plain])
})

it('a parent and its children, found by tag and by page', async () => {
  const parent = await newRun({ name: 'pipeline' })
  const children = await Promise.all(
    [0, 1, 2].map((fold) => newRun({ parent, name: `fold ${fold}`, tags: { fold: `${fold}` } })),
  )
  const filter = `tags.\`mlflow.parentRunId\` = '${parent}'`
  const found = await all(mlflow.searchRuns({ experimentIds: [experimentId], filter, pageSize: 2 }))
  expect(found.map(({ runId }) => runId).toSorted()).toEqual(children.toSorted())
  const tags = { 'mlflow.parentRunId': parent, fold: '1' }
  expect((await mlflow.findRun(experimentId, tags))?.runId).toBe(children[1])
  expect(await mlflow.findRun(experimentId, { fold: 'none' })).toBeUndefined()
})

it('a run ends, is renamed, deleted and restored', async () => {
  const run = await newRun()
  await mlflow.updateRun(run, { status: 'FAILED', endTime: start + 5, name: 'ended é' })
  expect(await mlflow.getRun(run)).toMatchObject({
    status: 'FAILED',
    startTime: start,
    endTime: start + 5,
    name: 'ended é',
  })
  await mlflow.deleteRun(run)
  expect((await mlflow.getRun(run)).lifecycle).toBe('deleted')
  await mlflow.restoreRun(run)
  expect((await mlflow.getRun(run)).lifecycle).toBe('active')
})

it('one id is one run: repeated, and when answers are lost', async () => {
  const id = randomUUID()
  const first = await newRun({ id })
  expect(await newRun({ id })).toBe(first)
  let lost = 0
  const losing: MlflowOptions = {
    backoff: 1,
    fetch: async (address, init) => {
      const answer = await fetch(address, init)
      if (!address.endsWith('/create') || lost === 1) return answer
      lost += 1
      await answer.text()
      throw new TypeError('fetch failed')
    },
  }
  const own = randomUUID()
  const run = await newRun({ id: own }, makeMlflowClient(server.uri, losing))
  const filter = `tags.\`radiograft.id\` = '${own}'`
  expect((await all(mlflow.searchRuns({ experimentIds: [experimentId], filter }))).map(({ runId }) => runId)).toEqual([
    run,
  ])
  expect(lost).toBe(1)
})

it('an experiment is one, whoever asks first, and comes back after a deletion', async () => {
  for (const name of ["it's é", 'with "both\'']) {
    const ids = await Promise.all(Array.from({ length: 8 }, () => makeMlflowClient(server.uri).experiment(name)))
    expect(new Set(ids).size).toBe(1)
    await mlflow.deleteExperiment(ids[0]!)
    const again = await Promise.all([mlflow.experiment(name), makeMlflowClient(server.uri).experiment(name)])
    expect(again).toEqual([ids[0], ids[0]])
    await mlflow.setExperimentTags(ids[0]!, { 'mlflow.note.content': '**é**' })
    expect(await mlflow.getExperiment(ids[0]!)).toMatchObject({ name, tags: { 'mlflow.note.content': '**é**' } })
  }
  expect((await all(mlflow.searchExperiments({ pageSize: 1 }))).length).toBeGreaterThan(2)
})

it('an image is two files and a tag, however often it is logged', async () => {
  const run = await newRun()
  const png = await sharp({ create: { width: 640, height: 320, channels: 3, background: '#345' } })
    .png()
    .toBuffer()
  const image = { key: 'gradcam/effusion', step: 3, timestamp: start, png }
  await mlflow.logImage(run, image)
  await mlflow.logImage(run, image)
  const files = await mlflow.listArtifacts(run, 'images')
  const [small, full] = files.map(({ path }) => path).toSorted()
  expect(files).toHaveLength(2)
  expect(full).toMatch(/^images\/gradcam~effusion\+step\+3\+timestamp\+1700000000000\+[0-9a-f-]{36}\.png$/)
  expect(small).toBe(full?.replace(/\.png$/, '+compressed.webp'))
  expect(Buffer.from(await mlflow.getArtifact(run, full!)).equals(png)).toBe(true)
  expect(await sharp(await mlflow.getArtifact(run, small!)).metadata()).toMatchObject({
    format: 'webp',
    width: 256,
    height: 128,
  })
  expect((await mlflow.getRun(run)).tags['mlflow.loggedImages']).toBe('True')
})

it('tables that are logged at once are all listed', async () => {
  const run = await newRun()
  const table = {
    columns: ['film', 'score'],
    data: [
      ['é', 0.5],
      [null, NaN],
    ],
  }
  await Promise.all(['t/a.json', 't/b.json', 't/a.json'].map((path) => mlflow.logTable(run, path, table)))
  const { tags } = await mlflow.getRun(run)
  expect(JSON.parse(tags['mlflow.loggedArtifacts'] ?? '')).toEqual([
    { path: 't/a.json', type: 'table' },
    { path: 't/b.json', type: 'table' },
  ])
  expect(JSON.parse(new TextDecoder().decode(await mlflow.getArtifact(run, 't/a.json')))).toEqual({
    columns: ['film', 'score'],
    data: [
      ['é', 0.5],
      [null, null],
    ],
  })
})

it('artifacts keep their bytes and their names, from bytes, text, a file and a stream', async () => {
  const run = await newRun()
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256)
  const path = 'reports é/a b+c%d 損.bin'
  await mlflow.putArtifact(run, path, bytes)
  expect(Buffer.from(await mlflow.getArtifact(run, path)).equals(bytes)).toBe(true)
  const [entry] = await mlflow.listArtifacts(run, 'reports é')
  expect(entry).toEqual({ path, isFolder: false, size: 100_000 })
  const file = fileURLToPath(import.meta.url)
  await mlflow.putArtifact(run, 'test.ts', await openAsBlob(file), 'text/plain')
  await mlflow.putArtifact(run, 'streamed.ts', (await openAsBlob(file)).stream() as ReadableStream<Uint8Array>)
  const [blob, stream] = await Promise.all(['test.ts', 'streamed.ts'].map((name) => mlflow.getArtifact(run, name)))
  expect(blob?.length).toBeGreaterThan(1000)
  expect(Buffer.from(stream ?? []).equals(blob ?? Buffer.of())).toBe(true)
  await mlflow.putArtifact(run, 'page.html', '<p>é</p>')
  expect(new TextDecoder().decode(await mlflow.getArtifact(run, 'page.html'))).toBe('<p>é</p>')
  await mlflow.deleteArtifact(run, 'page.html')
  await expect(mlflow.getArtifact(run, 'page.html')).rejects.toMatchObject({ errorCode: 'RESOURCE_DOES_NOT_EXIST' })
})

it('a model, its versions by id, an alias', async () => {
  const run = await newRun()
  await mlflow.putArtifact(run, 'model/MLmodel', 'flavors: {}')
  const [model, same] = await Promise.all([
    mlflow.registeredModel("cœur d'or", 'é'),
    mlflow.registeredModel("cœur d'or"),
  ])
  expect(model.name).toBe(same.name)
  const given = { name: model.name, source: `runs:/${run}/model`, runId: run, tags: { k: 'v' } }
  const [id, other] = [randomUUID(), randomUUID()]
  expect((await mlflow.createModelVersion({ ...given, id })).version).toBe('1')
  expect((await mlflow.createModelVersion({ ...given, id })).version).toBe('1')
  expect((await mlflow.createModelVersion({ ...given, id: other, description: 'é' })).version).toBe('2')
  await mlflow.setModelAlias(model.name, 'champion', '2')
  await mlflow.setModelVersionTags(model.name, '2', { checked: 'yes' })
  const champion = await mlflow.modelVersionByAlias(model.name, 'champion')
  expect(champion).toMatchObject({ version: '2', status: 'READY', runId: run, description: 'é', aliases: ['champion'] })
  expect(champion.tags).toEqual({ k: 'v', 'radiograft.id': other, checked: 'yes' })
  expect((await mlflow.registeredModel(model.name)).aliases).toEqual({ champion: '2' })
  expect((await all(mlflow.searchModelVersions({ filter: `run_id = '${run}'`, pageSize: 1 }))).length).toBe(2)
  await mlflow.deleteModelVersion(model.name, '1')
  await expect(mlflow.getModelVersion(model.name, '1')).rejects.toMatchObject({ _tag: 'MlflowRefusedError' })
  await mlflow.deleteRegisteredModel(model.name)
})

it('a host name that the server does not know is told with the remedy', async () => {
  const renamed: MlflowOptions['fetch'] = (address, init) =>
    fetch(address, { ...init, headers: { ...(init.headers as Record<string, string>), origin: 'http://evil.example' } })
  await expect(makeMlflowClient(server.uri, { fetch: renamed }).setTags('r1', { a: 'b' })).rejects.toMatchObject({
    reason: 'host',
    message: expect.stringContaining('--allowed-hosts'),
  })
})
