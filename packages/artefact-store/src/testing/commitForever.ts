// Writes artefacts and commits manifests as fast as it can, and prints each key once its commit has returned, until it is
// killed: `node … commitForever.ts <store> <writer>`.
import { Metrics } from '@radiograft/pipeline'
import { writeSync } from 'node:fs'
import { fileStore } from '../fileStore.ts'
import { sha256 } from '../sha256.ts'
import { writeArtefact } from '../writeArtefact.ts'
import { sampleManifest } from './sampleManifest.ts'

const [root, writer] = process.argv.slice(2) as [string, string]
const store = fileStore(root)
await store.probe()
for (let i = 0; ; i++) {
  // two writers share every second key and every blob
  const key = sha256(`${i % 2 === 0 ? 'both' : writer} ${i}`)
  const rows = Array.from({ length: 200 }, (_, n) => ({
    arm: `a${n}`,
    part: 'test',
    metric: `m${i}`,
    value: n * i,
    low: 0,
    high: 1,
    n,
    unit: '',
  }))
  const metrics = await writeArtefact(store.blobs, Metrics, rows)
  const { manifest } = await store.manifests.commit(sampleManifest({ key, run: writer, outputs: { metrics } }))
  writeSync(1, `${manifest.key}\n`)
}
