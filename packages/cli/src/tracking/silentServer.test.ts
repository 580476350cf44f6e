// The command with a server that takes connections and never answers.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { testWorkspace, tinyPipeline } from '../testing/testWorkspace.ts'
import type { TestWorkspace } from '../testing/testWorkspace.ts'

const server = createServer(() => {})
let uri = ''
let workspace: TestWorkspace
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  workspace = testWorkspace()
})
afterAll(() => {
  server.close()
  rmSync(workspace.path, { recursive: true })
})

it('a run that fails says why before it waits, says that it waits, and who did not answer', async () => {
  const started = workspace.start(['run', tinyPipeline, '--set', 'fail=true'], { MLFLOW_TRACKING_URI: uri })
  let told = 0
  started.process.stderr!.once('data', () => (told = performance.now()))
  const { code, out, err } = await started.ended
  expect(code).toBe(1)
  expect(err).toMatch(/^error: /)
  expect(err.match(/error: /g)).toHaveLength(1)
  // the tracker's patience is 4 s
  expect(performance.now() - told).toBeGreaterThan(3000)
  expect(out).toMatch(/^sending to MLflow; Ctrl-C leaves the rest for sync$/m)
  expect(out).toMatch(
    /^mlflow {3}.*kept: .*sends \S+ \(the server at http:\/\/127\.0\.0\.1:\d+ did not answer for \d s\)$/m,
  )
})
