import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { messageOf } from '../testing/messageOf.ts'
import { runTracking } from './runTracking.ts'

it('what cannot be tracked is said at the end, and never thrown into the run', async () => {
  const folder = emptyFolder('tracking')
  writeFileSync(join(folder, 'run.json'), '{}')
  const tracking = runTracking('http://127.0.0.1:59996', {}, emptyFolder('tracking'))
  tracking.start('20260102-000000-p-quick-bbbb', folder)
  const lines = await tracking.finish(new AbortController().signal, () => {})
  expect(lines.join('\n')).toMatch(/^mlflow   \S/)
})

it('what no request can be made of is refused at first', () => {
  const of = (env: Readonly<Record<string, string>>) => () => runTracking('http://127.0.0.1:59996', env, '')
  expect(messageOf(of({ MLFLOW_TRACKING_TOKEN: 'tok en' }))).toMatch(/^runs cannot be tracked: options\.token must be/)
})
