// What is written is read, and equal rows are one artefact.
import { ArtefactStore, memoryStore, writeArtefact } from '@radiograft/artefact-store'
import { Boxes } from '@radiograft/pipeline'
import { Effect } from 'effect'

const rows = [{ film: 'f1', x0: 2, y0: 3, x1: 9, y1: 8, label: 'opacity' }]
const program = Effect.gen(function* () {
  const store = yield* ArtefactStore
  const artefact = yield* store.write(Boxes, rows)
  const again = yield* store.write(Boxes, [...rows])
  return { same: artefact.digest === again.digest, read: yield* store.read(Boxes, artefact) }
})
const { same, read } = await Effect.runPromise(Effect.provide(program, ArtefactStore.layerMemory))
console.log(same, [...read].length, [...read][0]?.x1) // true 1 9

// without Effect
const artefact = await writeArtefact(memoryStore().blobs, Boxes, rows)
console.log(artefact.kind) // boxes
