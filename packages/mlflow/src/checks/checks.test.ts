// Everything that a server would half read, refuse or cut: none of it leaves.
import { expect, it } from '@jest/globals'
import { makeMlflowClient } from '../makeMlflowClient.ts'
import type { MlflowClient } from '../MlflowClient.ts'

const sent: Array<string> = []
const client = makeMlflowClient('http://127.0.0.1:1', {
  fetch: (address) => {
    sent.push(address)
    return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }))
  },
})

const good = { key: 'loss', value: 1, timestamp: 1, step: 0 }
const metric = (change: object) => (c: MlflowClient) => c.logBatch('r1', { metrics: [good, { ...good, ...change }] })
const param = (params: object) => (c: MlflowClient) => c.logBatch('r1', { params: params as Record<string, string> })
const tag = (tags: object) => (c: MlflowClient) => c.setTags('r1', tags as Record<string, string>)
const run = (change: object) => (c: MlflowClient) =>
  c.createRun({ experimentId: '1', name: 'n', startTime: 1, id: 'i', ...change })
const update = (change: object) => (c: MlflowClient) => c.updateRun('r1', change)
const dataset = { name: 'n', digest: 'd', sourceType: 'local', source: {} }
const input = (change: object) => (c: MlflowClient) => c.logInputs('r1', [{ ...dataset, ...change }])
const artifact = (path: unknown) => (c: MlflowClient) => c.putArtifact('r1', path as string, '')
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const image = (change: object) => (c: MlflowClient) =>
  c.logImage('r1', { key: 'k', step: 0, timestamp: 0, png, small: png, ...change })

it.each<[string, (client: MlflowClient) => Promise<unknown>, string]>([
  [
    'a step with a fraction',
    metric({ step: 1.5 }),
    'metrics[1].step must be an integer, and is a number with a fraction',
  ],
  [
    'a time with a fraction',
    metric({ timestamp: 1.25 }),
    'metrics[1].timestamp must be an integer that is not negative, and is a number with a fraction',
  ],
  [
    'a negative time',
    metric({ timestamp: -1 }),
    'metrics[1].timestamp must be an integer that is not negative, and is a negative integer',
  ],
  [
    'a step beyond 2^53',
    metric({ step: 2 ** 53 }),
    'metrics[1].step must be an integer, and is an integer beyond 2^53',
  ],
  ['no step', metric({ step: undefined }), 'metrics[1].step must be an integer, and is missing'],
  [
    'a value that is a text',
    metric({ value: '0.5' }),
    'metrics[1].value must be a number, and is a text of 3 characters',
  ],
  ['a value that is null', metric({ value: null }), 'metrics[1].value must be a number, and is null'],
  ['a value that is true', metric({ value: true }), 'metrics[1].value must be a number, and is a boolean'],
  ['a bigint', metric({ value: 1n }), 'metrics[1].value must be a number, and is a bigint'],
  [
    'a metric that is none',
    (c) => c.logBatch('r1', { metrics: [null as never] }),
    'metrics[0] must be an object, and is null',
  ],
  [
    'metrics that are no list',
    (c) => c.logBatch('r1', { metrics: {} as never }),
    'metrics must be an array, and is an object',
  ],
  ['a name with @', metric({ key: 'ap@0.5' }), 'metrics[1].key must be a name'],
  ['an empty name', metric({ key: '' }), 'metrics[1].key must be a name'],
  ['a param that is a number', param({ rate: 5 }), 'params["rate"] must be a text, and is an integer'],
  [
    'a param that is too long',
    param({ note: 'x'.repeat(6001) }),
    'params["note"] must be at most 6000 characters long',
  ],
  ['a param name with //', param({ 'a//b': '1' }), 'the key "a//b" of params must be a name'],
  ['NUL in a value', param({ a: 'x\0' }), 'params["a"] must be a text that can be stored'],
  ['half a surrogate pair', tag({ a: '\ud800' }), 'tags["a"] must be a text that can be stored'],
  ['a tag that is too long', tag({ note: 'x'.repeat(8001) }), 'tags["note"] must be at most 8000 characters long'],
  ['tags that are a list', tag(['a']), 'tags must be an object, and is an array'],
  ['a run id that is a path', (c) => c.getRun('../x'), 'runId must be a run id'],
  [
    'an experiment id that is a number',
    run({ experimentId: 1 }),
    'experimentId must be an experiment id, as a text, and is an integer',
  ],
  ['a start that has a fraction', run({ startTime: 0.1 }), 'startTime must be an integer that is not negative'],
  ['no name', run({ name: '' }), 'name must be a text that is not blank'],
  ['an id with a quote', run({ id: "it's" }), 'id must be 1 to 250 letters'],
  ['no id', run({ id: undefined }), 'id must be 1 to 250 letters'],
  ['a parent that is no id', run({ parent: 'a b' }), 'parent must be a run id'],
  [
    'more tags than a request takes',
    run({ tags: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`t${i}`, ''])) }),
    'tags must be at most 100',
  ],
  [
    'an unknown status',
    update({ status: 'DONE' }),
    'status must be one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED',
  ],
  ['an end that has a fraction', update({ endTime: 1.5 }), 'endTime must be an integer that is not negative'],
  ['a change of nothing', update({}), 'change must be a status, an endTime or a name'],
  ['a dataset without source', input({ source: undefined }), 'datasets[0].source must be an object, and is missing'],
  [
    'a source that is a text',
    input({ source: '{}' }),
    'datasets[0].source must be an object, and is a text of 2 characters',
  ],
  [
    'a digest that is too long',
    input({ digest: 'd'.repeat(37) }),
    'datasets[0].digest must be at most 36 characters long',
  ],
  [
    'a profile that JSON cannot hold',
    input({ profile: { n: 1n } }),
    'datasets[0].profile must be an object that JSON can hold',
  ],
  [
    'a source of more than 64 KB',
    input({ source: { x: 'x'.repeat(65_536) } }),
    'datasets[0].source must be at most 65535 characters of JSON',
  ],
  [
    'a path upwards',
    artifact('a/../b'),
    'path must be a relative path like reports/a.html, and is one with an empty part, . or ..',
  ],
  ['an absolute path', artifact('/etc/x'), 'path must be a relative path'],
  ['a path with #', artifact('a#b'), 'path must be a relative path like reports/a.html, and is one with #'],
  [
    'a path that would be decoded',
    artifact('a%20b'),
    'path must be a relative path like reports/a.html, and is one with % before two hex digits',
  ],
  ['a file name that no disk takes', artifact('é'.repeat(128)), 'path must be a relative path'],
  [
    'data that is none',
    (c) => c.putArtifact('r1', 'a', 5 as never),
    'data must be bytes, a text, a Blob or a ReadableStream, and is an integer',
  ],
  ['an image name with a colon', image({ key: 'a:b' }), "key must be an image's name"],
  ['an image name that makes no file name', image({ key: 'k'.repeat(250) }), 'key must be at most'],
  [
    'an image that is no PNG',
    image({ png: new Uint8Array(9) }),
    'png must be the bytes of a PNG file, and is other bytes',
  ],
  [
    'a table whose row is short',
    (c) => c.logTable('r1', 't.json', { columns: ['a', 'b'], data: [[1]] }),
    'data[0] must be 2 cells, one a column, and is 1',
  ],
  [
    'a table that is no JSON file',
    (c) => c.logTable('r1', 't.csv', { columns: [], data: [] }),
    'path must be a path that ends in .json',
  ],
  ['an experiment without name', (c) => c.experiment(' '), 'name must be a text that is not blank'],
  ['a model name with a slash', (c) => c.registeredModel('a/b'), 'name must be a name without / and :'],
  ['a reserved alias', (c) => c.setModelAlias('m', 'v1', '1'), 'alias must be an alias'],
  ['a version that is no number', (c) => c.getModelVersion('m', 'latest'), 'version must be a version'],
])('%s is refused by the client', async (_, call, message) => {
  sent.length = 0
  const error: unknown = await call(client).catch((error: unknown) => error)
  expect(error).toMatchObject({ _tag: 'MlflowValueError' })
  expect((error as Error).message).toContain(message)
  expect((error as Error).message).toMatch(/Nothing was sent\.$/)
  expect(sent).toEqual([])
})

it.each<[string, Parameters<typeof makeMlflowClient>, string]>([
  ['no address', ['localhost'], 'uri must be the http or https address'],
  ['a file', ['file:///tmp/mlruns'], 'one of file:'],
  ['a query', ['http://h/?a=1'], 'one with a ? or # part'],
  ['a token of two lines', ['http://h', { token: 'a\nb' }], 'options.token must be printable ASCII'],
  ['half of the credentials', ['http://h', { username: 'a' }], 'given only one of them'],
  ['no time', ['http://h', { timeout: 0 }], 'options.timeout must be an integer'],
  ['a time that no timer holds', ['http://h', { timeout: 2 ** 31 }], 'options.timeout must be at most'],
  [
    'an unknown way with long values',
    ['http://h', { longValues: 'drop' as never }],
    'options.longValues must be one of',
  ],
])('a client is not made of %s', (_, given, message) => {
  expect(() => makeMlflowClient(...given)).toThrow(message)
})

it('keeps user and password of an address to itself', () => {
  expect(makeMlflowClient('https://reader:hunter%202@host.example/mlflow/').uri).toBe('https://host.example/mlflow')
})
