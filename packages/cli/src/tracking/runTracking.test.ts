import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { runTracking } from './runTracking.ts'

it('what cannot be tracked is said at the end, and never thrown into the run', async () => {
  const folder = emptyFolder('tracking')
  writeFileSync(join(folder, 'run.json'), '{}')
  const tracking = runTracking('no address', {}, emptyFolder('tracking'))
  tracking.start('20260102-000000-p-quick-bbbb', folder)
  const lines = await tracking.finish(new AbortController().signal)
  expect(lines.join('\n')).toMatch(/^mlflow   \S/)
})
