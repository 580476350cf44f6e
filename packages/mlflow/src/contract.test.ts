// Replay of what a real server (MLflow 3.17.2) was asked and answered: our requests are those, and its answers are understood.
import { expect, it } from '@jest/globals'
import contract from './fixtures/contract.json' with { type: 'json' }
import { makeMlflowClient } from './makeMlflowClient.ts'
import type { MlflowClient } from './MlflowClient.ts'

interface Exchange {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status: number
  readonly ct: string | null
  readonly resp: unknown
}
const exchanges: Readonly<Record<string, Exchange>> = contract.exchanges
const time = 1_795_476_917_190
const parent = 'f1fd3cc7781348a587c540ffa7a650d3'
const child = 'ac979f3139344d2b8a8c3a86c942635f'
const run = { runId: parent, artifactUri: `mlflow-artifacts:/1/${parent}/artifacts` }
const model = 'cxr-densenet-1795476917190'
const point = (key: string, value: number, step = 0) => ({ key, value, timestamp: time + step * 1000, step })

const sameAddress = (path: string, recorded: string) => {
  const [ours, theirs] = [path, recorded].map((p) => new URL(p, 'http://h'))
  const missing = [...(theirs?.searchParams ?? [])].filter(([name, value]) => ours?.searchParams.get(name) !== value)
  // a page size of our own is all that may differ
  return (
    decodeURIComponent(ours!.pathname) === decodeURIComponent(theirs!.pathname) &&
    missing.every(([name]) => name === 'max_results')
  )
}

/** A client whose server knows the recorded exchanges, and nothing else but an empty answer to a search for ids. */
const replayed = (labels: ReadonlyArray<string>) => {
  const sent: Array<{ readonly label: string; readonly body: unknown }> = []
  const client = makeMlflowClient('http://tracking.example', {
    retries: 0,
    fetch: (address, init) => {
      const path = address.replace('http://tracking.example', '')
      const label = labels.find(
        (name) => exchanges[name]!.method === init.method && sameAddress(path, exchanges[name]!.path),
      )
      const body: unknown =
        typeof init.body === 'string' && init.body.startsWith('{') ? JSON.parse(init.body) : undefined
      if (label === undefined && /\/search/.test(path))
        return Promise.resolve(Response.json(path.includes('model-versions') ? {} : { runs: [] }))
      if (label === undefined) throw new Error(`nobody recorded ${init.method} ${path}`)
      sent.push({ label, body })
      const { status, ct, resp } = exchanges[label]!
      const text = typeof resp === 'string' ? resp : JSON.stringify(resp)
      return Promise.resolve(new Response(text, { status, headers: ct === null ? {} : { 'content-type': ct } }))
    },
  })
  return { client, sent }
}

const history = async (client: MlflowClient, key: string) => client.metricHistory(parent, key)
const all = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const taken: Array<A> = []
  for await (const item of items) taken.push(item)
  return taken
}

it.each<[string, (client: MlflowClient) => Promise<unknown>, unknown]>([
  ['version', (c) => c.version(), '3.17.2'],
  ['get by name', (c) => c.experiment('cxr-1795476917190'), '1'],
  [
    'log-batch ok',
    (c) =>
      c.logBatch(parent, {
        metrics: [
          point('train/loss', 1),
          point('val/auroc.macro', 0.6),
          point('system/cpu_utilization_percentage', 50),
        ],
        params: { lr: '0.001', 'augment.flip': 'true' },
        tags: { stage: 'train' },
      }),
    undefined,
  ],
  [
    'batch with NaN',
    (c) => c.logBatch(parent, { metrics: [point('nanbatch', NaN), point('infbatch', Infinity)] }),
    undefined,
  ],
  ['artifact PUT space+unicode', (c) => c.putArtifact(run, 'reports/r é+x.json', '[]'), undefined],
  ['artifact GET', async (c) => new TextDecoder().decode(await c.getArtifact(run, 'reports/a.txt')), 'hello world 2'],
  [
    'artifacts list root',
    (c) => c.listArtifacts(parent),
    [
      { path: 'a%b.txt', isFolder: false, size: 1 },
      { path: 'a+b.txt', isFolder: false, size: 1 },
      { path: 'reports', isFolder: true },
    ],
  ],
  [
    'artifacts list sub',
    (c) => c.listArtifacts(parent, 'reports'),
    [
      { path: 'reports/a.txt', isFolder: false, size: 13 },
      { path: 'reports/r é+x.json', isFolder: false, size: 2 },
    ],
  ],
  ['artifacts list missing', (c) => c.listArtifacts(parent, 'nope'), []],
  ['artifact DELETE', (c) => c.deleteArtifact(run, 'a+b.txt'), undefined],
  ['metrics/get-history NaN', (c) => history(c, 'nanbatch'), [point('nanbatch', NaN)]],
  ['metrics/get-history Inf', (c) => history(c, 'infbatch'), [point('infbatch', Infinity)]],
  ['alias', (c) => c.setModelAlias(model, 'champion', '1'), undefined],
  [
    'get alias',
    (c) => c.modelVersionByAlias(model, 'champion'),
    expect.objectContaining({ version: '1', aliases: ['champion'] }),
  ],
  ['runs/update end', (c) => c.updateRun(parent, { status: 'FINISHED', endTime: time + 60_000 }), undefined],
  ['runs/delete child', (c) => c.deleteRun(child), undefined],
  ['runs/restore', (c) => c.restoreRun(child), undefined],
  [
    'experiments/search',
    (c) => all(c.searchExperiments({ filter: "name LIKE 'cxr-%'", pageSize: 2 })),
    [
      {
        experimentId: '1',
        name: 'cxr-1795476917190',
        lifecycle: 'active',
        artifactLocation: 'mlflow-artifacts:/1',
        tags: { 'mlflow.note.content': '**hello** note' },
      },
    ],
  ],
])('%s', async (label, call, expected) => {
  const { client, sent } = replayed([label])
  expect(await call(client)).toEqual(expected)
  expect(sent).toEqual([{ label, body: exchanges[label]!.body }])
})

it('log-inputs: one request a dataset, each as recorded', async () => {
  const { client, sent } = replayed(['log-inputs'])
  const recorded = exchanges['log-inputs']!.body as { datasets: ReadonlyArray<{ dataset: Record<string, string> }> }
  const given = recorded.datasets.map(({ dataset }, i) => ({
    name: dataset['name']!,
    digest: dataset['digest']!,
    sourceType: dataset['source_type']!,
    source: JSON.parse(dataset['source']!) as Record<string, unknown>,
    schema: JSON.parse(dataset['schema']!) as Record<string, unknown>,
    profile: JSON.parse(dataset['profile']!) as Record<string, unknown>,
    context: ['training', 'eval'][i]!,
  }))
  await client.logInputs(parent, given)
  expect(sent.flatMap(({ body }) => (body as typeof recorded).datasets)).toEqual(recorded.datasets)
})

it('runs/create: as recorded, with the id among the tags', async () => {
  const { client, sent } = replayed(['create run (child)'])
  expect(await client.createRun({ experimentId: '1', name: 'fold-0', startTime: time, id: 'own', parent })).toBe(child)
  const recorded = exchanges['create run (child)']!.body as { tags: ReadonlyArray<unknown> }
  expect(sent[0]?.body).toEqual({ ...recorded, tags: [...recorded.tags, { key: 'radiograft.id', value: 'own' }] })
})

it('model-versions/create: as recorded, with the id among the tags', async () => {
  const { client, sent } = replayed(['model-versions/create'])
  const recorded = exchanges['model-versions/create']!.body as { source: string; tags: ReadonlyArray<unknown> }
  const given = { name: model, source: recorded.source, runId: parent, tags: { k: 'v' }, id: 'own' }
  expect(await client.createModelVersion(given)).toMatchObject({ version: '1', status: 'READY', runId: parent })
  expect(sent[0]?.body).toEqual({ ...recorded, tags: [...recorded.tags, { key: 'radiograft.id', value: 'own' }] })
})

/** A client whose server gives these answers one after the other, and where it was asked. */
const inTurn = (...labels: ReadonlyArray<string>) => {
  const answers = labels.map((label) => exchanges[label]!)
  const asked: Array<string> = []
  const fetch = (address: string) => {
    asked.push(address)
    const { status, resp } = answers.shift()!
    return Promise.resolve(Response.json(resp, { status }))
  }
  return { client: makeMlflowClient('http://tracking.example', { fetch }), asked }
}

it('an experiment that is not there is made, and one that somebody else made meanwhile is taken', async () => {
  expect(await inTurn('get by name missing', 'create experiment').client.experiment('cxr')).toBe('1')
  const { client } = inTurn('get by name missing', 'create experiment dup', 'get by name')
  expect(await client.experiment('cxr')).toBe('1')
})

it('a registered model that is not there is made', async () => {
  const { client } = inTurn('get by name missing', 'registered-models/create')
  expect(await client.registeredModel(model, 'd')).toEqual({
    name: model,
    description: 'd',
    tags: { a: 'b' },
    aliases: {},
  })
  const late = inTurn('get by name missing', 'registered-models/create dup', 'registered-models/create')
  expect((await late.client.registeredModel(model)).name).toBe(model)
})

it('metrics/get-history: the next page is asked for by its token', async () => {
  const { client, asked } = inTurn('metrics/get-history', 'metrics/get-history NaN')
  const points = await client.metricHistory(parent, 'train/loss')
  expect(points).toEqual([point('train/loss', 1), point('train/loss', 0.9933029737411089, 1), point('nanbatch', NaN)])
  expect(new URL(asked[1]!).searchParams.get('page_token')).toBe('eyJvZmZzZXQiOiAyfQ==')
})

it('runs/get and runs/search: the whole run', async () => {
  const { client } = replayed(['runs/get', 'runs/search'])
  const got = await client.getRun(parent)
  expect(got).toMatchObject({ runId: parent, name: 'parent', status: 'RUNNING', startTime: time, lifecycle: 'active' })
  expect(got.metrics['train/loss']).toEqual(point('train/loss', 0.0386059538613969, 49))
  expect(got.params['lr']).toBe('0.001')
  expect(got.inputs[0]).toMatchObject({
    name: 'nih-cxr14-synth',
    digest: 'a1b2c3d4',
    source: { uri: 'file:///data/cxr' },
  })
  const filter = `tags.\`mlflow.parentRunId\` = '${parent}'`
  const [only] = await all(client.searchRuns({ experimentIds: ['1'], filter, pageSize: 5 }))
  expect(only).toMatchObject({ runId: child, tags: { 'mlflow.parentRunId': parent } })
})

it.each<[string, (client: MlflowClient) => Promise<unknown>, object]>([
  ['runs/get missing', (c) => c.getRun('deadbeef'), { errorCode: 'RESOURCE_DOES_NOT_EXIST', status: 404 }],
  [
    'create run bad exp',
    (c) => c.createRun({ experimentId: '999999', name: 'n', startTime: time, id: 'i' }),
    { errorCode: 'RESOURCE_DOES_NOT_EXIST' },
  ],
  [
    'param relog different',
    () => inTurn('param relog different').client.logBatch(parent, { params: { lr: '0.01' } }),
    { errorCode: 'INVALID_PARAMETER_VALUE', status: 400 },
  ],
  [
    'runs/search bad filter',
    (c) => all(c.searchRuns({ experimentIds: ['1'], filter: 'garbage ~~ 1' })),
    { errorCode: 'INVALID_PARAMETER_VALUE' },
  ],
  ['artifact GET missing', (c) => c.getArtifact(run, 'nope.txt'), { errorCode: 'RESOURCE_DOES_NOT_EXIST' }],
])('%s is a refusal', async (label, call, error) => {
  await expect(call(replayed([label]).client)).rejects.toMatchObject({ _tag: 'MlflowRefusedError', ...error })
})

it.each(['wrong endpoint', 'wrong method', 'origin evil POST', 'mpu create'])('%s is understood', async (label) => {
  const { status, ct, resp } = exchanges[label]!
  const text = typeof resp === 'string' ? resp : JSON.stringify(resp)
  const fetch = () => Promise.resolve(new Response(text, { status, headers: { 'content-type': ct ?? '' } }))
  const error: unknown = await makeMlflowClient('http://h', { fetch })
    .getRun('r')
    .catch((e: unknown) => e)
  expect(error).toMatchObject(
    {
      'wrong endpoint': { reason: 'answer', status: 404 },
      'wrong method': { reason: 'answer', status: 405 },
      'origin evil POST': { reason: 'host', status: 403 },
      'mpu create': { _tag: 'MlflowRefusedError', errorCode: 'NOT_IMPLEMENTED', status: 501 },
    }[label] ?? {},
  )
})
