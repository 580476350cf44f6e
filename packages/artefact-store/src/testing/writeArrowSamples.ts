// node --conditions=@radiograft/source --import ./tools/ts-loader.mjs packages/artefact-store/src/testing/writeArrowSamples.ts <folder>
// Writes each sample's first chunk as `<name>.arrow`, for pyarrow to read.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryBlobs } from '../memoryBlobs.ts'
import { writeArtefact } from '../writeArtefact.ts'
import { arrowSamples } from './arrowSamples.ts'

const blobs = memoryBlobs()
for (const [name, [kind, value]] of Object.entries(arrowSamples)) {
  const artefact = await writeArtefact(blobs, kind, value)
  writeFileSync(join(process.argv[2]!, `${name}.arrow`), await blobs.read(artefact.chunks[0]!.digest))
}
