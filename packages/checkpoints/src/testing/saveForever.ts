// Goes on at the latest checkpoint and saves one after another, and prints each step once its save has settled, until it is
// killed or fails: `node … saveForever.ts <folder> <values>`.
import { writeSync } from 'node:fs'
import { folderCheckpoints } from '../folderCheckpoints.ts'
import { sampleCheckpoint } from './sampleCheckpoint.ts'

const [folder, size] = process.argv.slice(2) as [string, string]
const checkpoints = folderCheckpoints(folder)
const found = await checkpoints.latest()
writeSync(1, `from ${found?.step ?? 0}\n`)
for (let step = (found?.step ?? 0) + 1; ; step++) {
  try {
    await checkpoints.save(sampleCheckpoint(step, Number(size)))
  } catch (error) {
    writeSync(1, `${JSON.stringify({ ...(error as object), message: (error as Error).message })}\n`)
    process.exit(3)
  }
  writeSync(1, `saved ${step}\n`)
}
