// What becomes of a request when the server does not behave, over real sockets.
import { afterEach, expect, it } from '@jest/globals'
import type { ReadableStream } from 'node:stream/web'
import { inspect } from 'node:util'
import { MlflowRefusedError, MlflowUnavailableError } from '../errors.ts'
import { makeMlflowClient } from '../makeMlflowClient.ts'
import type { MlflowOptions, MlflowRetry } from '../MlflowOptions.ts'
import {
  halfBody,
  hang,
  json,
  localServer,
  page,
  reset,
  type Answer,
  type LocalServer,
} from '../testing/localServer.ts'

const open: Array<LocalServer> = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const given = async (answers: ReadonlyArray<Answer>, options: MlflowOptions = {}) => {
  const server = await localServer(...answers)
  open.push(server)
  const retries: Array<MlflowRetry> = []
  const client = makeMlflowClient(server.uri, {
    backoff: 1,
    timeout: 1000,
    onRetry: (r) => retries.push(r),
    ...options,
  })
  return { server, client, retries }
}

const rejection = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not reject')
}

const point = { key: 'loss', value: 1, timestamp: 0, step: 0 }

it.each<[string, Answer, MlflowUnavailableError['reason']]>([
  ['500 as a page', page(500, 'text/html', '<h1>Internal Server Error</h1>'), 'status'],
  ['503 as JSON', json({ error_code: 'TEMPORARILY_UNAVAILABLE', message: 'later' }, 503), 'status'],
  ['429', page(429, 'text/plain', 'slow down'), 'status'],
  ['no answer', hang, 'timeout'],
  ['a reset connection', reset, 'connection'],
  ['half a body', halfBody, 'connection'],
  ['half a JSON', page(200, 'application/json', '{"a":'), 'connection'],
])('a batch is sent again after %s, and is done', async (_, answer, reason) => {
  const { server, client, retries } = await given([answer, json({})])
  await client.logBatch('r1', { metrics: [point] })
  expect(server.received.map(({ body }) => body)).toEqual(Array(2).fill(server.received[0]?.body))
  expect(retries.map(({ attempt, error }) => [attempt, (error as MlflowUnavailableError).reason])).toEqual([
    [1, reason],
  ])
})

it('repeats are bounded, and the error says how many there were', async () => {
  const { server, client } = await given([page(502, 'text/html', '<b>bad gateway</b>')], { retries: 2 })
  const error = await rejection(client.logBatch('r1', { metrics: [point] }))
  expect(error).toBeInstanceOf(MlflowUnavailableError)
  expect(error.message).toBe(
    `POST ${server.uri}/api/2.0/mlflow/runs/log-batch: the server answered 502: bad gateway (tried 3 times)`,
  )
  expect(server.received).toHaveLength(3)
})

it('waits as long as Retry-After says, and gives up at once when that is over a minute', async () => {
  const busy = (after: string) => json({ error_code: 'X', message: 'm' }, 429, { 'retry-after': after })
  const { client, retries } = await given([busy('1'), json({})])
  await client.setTags('r1', { a: 'b' })
  expect(retries.map(({ delayMs }) => delayMs)).toEqual([1000])
  const other = await given([busy('3600')])
  expect(await rejection(other.client.setTags('r1', { a: 'b' }))).toMatchObject({ status: 429, retryAfter: 3_600_000 })
  expect(other.server.received).toHaveLength(1)
})

it.each<[string, Answer, string, RegExp]>([
  ['a page instead of JSON', page(200, 'text/html', '<title>Log in</title>'), 'answer', /a page, 'Log in'.*proxy/],
  ['JSON of another shape', json({ hello: 'world' }), 'answer', /run should be an object, and is missing/],
  ['a list', json([]), 'answer', /the answer should be an object, and is an array/],
  ['an unknown path', page(404, 'text/html', '<h1>Not Found</h1>'), 'answer', /Is the address that of an MLflow/],
  [
    'the check of host names',
    page(403, 'text/plain', 'Invalid Host header - possible DNS rebinding attack detected'),
    'host',
    /--allowed-hosts '127\.0\.0\.1:\d+'/,
  ],
  [
    'a redirect',
    (response) => response.writeHead(302, { location: 'https://u:p@sso.example/login?key=secret' }).end(),
    'answer',
    /elsewhere, to https:\/\/sso\.example\/login\. /,
  ],
])('%s is an error that no repeat would mend', async (_, answer, reason, message) => {
  const { server, client } = await given([answer])
  const error = await rejection(client.getRun('r1'))
  expect(error).toMatchObject({ _tag: 'MlflowUnavailableError', reason, method: 'GET' })
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain('secret')
  expect(server.received).toHaveLength(1)
})

it('what the server refuses is its own error code, once', async () => {
  const { server, client } = await given([json({ error_code: 'INVALID_PARAMETER_VALUE', message: 'no' }, 400)])
  const error = await rejection(client.setTags('r1', { a: 'b' }))
  expect(error).toBeInstanceOf(MlflowRefusedError)
  expect(error).toMatchObject({ errorCode: 'INVALID_PARAMETER_VALUE', status: 400 })
  expect(server.received).toHaveLength(1)
})

it('says what to set when it is not let in, and never prints what was set', async () => {
  const { server, client } = await given([page(401, 'text/plain', 'You are not authenticated')], {
    username: 'reader',
    password: 'hunter2',
  })
  const error = await rejection(client.getRun('r1'))
  expect(error.message).toMatch(/UNAUTHENTICATED.*MLFLOW_TRACKING_USERNAME/)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
  expect(server.received[0]?.headers.authorization).toBe(`Basic ${btoa('reader:hunter2')}`)
})

it('nobody listens: the reason is refused, and it was tried again', async () => {
  const { server, client, retries } = await given([json({})], { retries: 1 })
  await server.close()
  open.length = 0
  expect(await rejection(client.getRun('r1'))).toMatchObject({ reason: 'refused' })
  expect(retries).toHaveLength(1)
})

it('a signal ends a request that hangs, and a pause before a repeat', async () => {
  for (const answer of [hang, page(500, 'text/plain', 'no')]) {
    const controller = new AbortController()
    const { client } = await given([answer], { signal: controller.signal, timeout: 60_000, backoff: 60_000 })
    const asked = rejection(client.getRun('r1'))
    setTimeout(() => controller.abort(new Error('enough')), 50)
    expect((await asked).message).toBe('enough')
  }
})

it('keeps connections open between requests', async () => {
  const { server, client } = await given([json({})])
  for (let i = 0; i < 20; i += 1) await client.setTags('r1', { a: String(i) })
  expect(server.received).toHaveLength(20)
  expect(server.connections()).toBeLessThan(4)
})

it('a stream is sent once, bytes as often as needed', async () => {
  const root = { runId: 'r1', artifactUri: 'mlflow-artifacts:/1/r1/artifacts' }
  const { server, client } = await given([page(500, 'text/plain', 'no'), page(200, 'text/plain', '')])
  await client.putArtifact(root, 'a.txt', new TextEncoder().encode('hello'))
  expect(server.received.map(({ body }) => body)).toEqual(['hello', 'hello'])
  const other = await given([page(500, 'text/plain', 'no')])
  const stream = new Blob(['hello']).stream() as ReadableStream<Uint8Array>
  expect(await rejection(other.client.putArtifact(root, 'a.txt', stream))).toMatchObject({ status: 500 })
  expect(other.server.received.map(({ body }) => body)).toEqual(['hello'])
})
