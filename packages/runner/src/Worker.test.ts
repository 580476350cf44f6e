// What a stage's process may see of the environment that the command was started in.
import { afterAll, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from './Job.ts'
import { startWorker } from './Worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'radiograft-worker-'))
const before = { ...process.env }
afterAll(() => {
  process.env = before
  rmSync(folder, { recursive: true })
})

it('no credentials of a tracking server, and no FORCE_COLOR beside NO_COLOR', async () => {
  const script = join(folder, 'child.mjs')
  writeFileSync(
    script,
    `import { writeSync } from 'node:fs'
     process.stdin.once('data', () => {
       writeSync(3, JSON.stringify({ _tag: 'log', message: Object.keys(process.env).join(' ') }) + '\\n')
       writeSync(3, JSON.stringify({ _tag: 'done', outputs: {}, seconds: 0 }) + '\\n')
     })`,
  )
  Object.assign(process.env, {
    MLFLOW_TRACKING_URI: 'http://user:secret@tracking:5000',
    MLFLOW_TRACKING_PASSWORD: 'secret',
    NO_COLOR: '1',
    FORCE_COLOR: '1',
    KEPT: 'yes',
  })
  const worker = startWorker(script, { GIVEN: 'too' }, 500)
  const messages: string[] = []
  const log = join(folder, 'child.log')
  await worker.run({} as Job, log, (event) => event._tag === 'log' && messages.push(event.message))
  await worker.stop()
  const names = messages.join('').split(' ')
  expect(names).toEqual(expect.arrayContaining(['GIVEN', 'KEPT', 'NO_COLOR', 'PATH', 'RADIOGRAFT_PARENT']))
  expect(names.filter((name) => name.startsWith('MLFLOW') || name === 'FORCE_COLOR')).toEqual([])
  expect(readFileSync(log, 'utf8')).not.toMatch(/warning/i)
})
