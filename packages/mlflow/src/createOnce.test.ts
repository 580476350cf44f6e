// A creation whose answer is lost, at each point where it can be: one run comes of it.
import { expect, it } from '@jest/globals'
import { makeMlflowClient } from './makeMlflowClient.ts'
import { json, localServer, page, reset, type Answer } from './testing/localServer.ts'

const info = (runId: string) => ({
  info: { run_id: runId, experiment_id: '1', status: 'RUNNING', lifecycle_stage: 'active', artifact_uri: 'x' },
})
const found = (...ids: ReadonlyArray<string>) => json({ runs: ids.map(info) })
const made = (id: string) => json({ run: info(id) })

const create = async (...answers: ReadonlyArray<Answer>) => {
  const server = await localServer(...answers)
  const client = makeMlflowClient(server.uri, { backoff: 1, retries: 2 })
  try {
    const run = await client
      .createRun({ experimentId: '1', name: 'n', startTime: 1, id: 'own', parent: 'p1' })
      .catch((error: unknown) => error)
    return { run, calls: server.received.map(({ url }) => url.split('/').at(-1)), bodies: server.received }
  } finally {
    await server.close()
  }
}

it('looks before it makes', async () => {
  expect(await create(found('r0'))).toMatchObject({ run: 'r0', calls: ['search'] })
})

it('makes one that carries the id and its parent', async () => {
  const { run, calls, bodies } = await create(found(), made('r1'))
  expect([run, calls]).toEqual(['r1', ['search', 'create']])
  expect(JSON.parse(bodies[0]?.body ?? '')).toMatchObject({ filter: "tags.`radiograft.id` = 'own'" })
  expect(JSON.parse(bodies[1]?.body ?? '')).toEqual({
    experiment_id: '1',
    run_name: 'n',
    start_time: 1,
    tags: [
      { key: 'mlflow.parentRunId', value: 'p1' },
      { key: 'radiograft.id', value: 'own' },
    ],
  })
})

it('finds the run whose answer was lost', async () => {
  expect(await create(found(), reset, found('r1'))).toMatchObject({ run: 'r1', calls: ['search', 'create', 'search'] })
})

it('makes it again when the request was lost, and then looks whether the first came through after all', async () => {
  const { run, calls, bodies } = await create(found(), reset, found(), made('r9'), found('r9', 'r2'), json({}))
  expect([run, calls]).toEqual(['r2', ['search', 'create', 'search', 'create', 'search', 'delete']])
  expect(JSON.parse(bodies[5]?.body ?? '')).toEqual({ run_id: 'r9' })
})

it('a refusal is no unknown outcome', async () => {
  const { run, calls } = await create(found(), json({ error_code: 'INVALID_PARAMETER_VALUE', message: 'no' }, 400))
  expect(run).toMatchObject({ _tag: 'MlflowRefusedError' })
  expect(calls).toEqual(['search', 'create'])
})

it('gives up after the last look', async () => {
  const failed = page(500, 'text/html', 'no')
  const { run, calls } = await create(found(), failed, found(), failed, found(), failed, found())
  expect(run).toMatchObject({ _tag: 'MlflowUnavailableError', message: expect.stringContaining('tried 3 times') })
  expect(calls).toEqual(['search', ...Array(3).fill(['create', 'search']).flat()])
})
