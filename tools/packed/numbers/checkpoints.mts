// What was saved comes back, the last two stay, a damaged one is passed over, and what JSON cannot say is refused.
import { CheckpointValueError, folderCheckpoints } from '@radiograft/checkpoints'
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'))
const kept = folderCheckpoints(folder, { attempt: 'a' })
for (const step of [1, 2, 3])
  await kept.save({
    step,
    tensors: { w: { dtype: 'float64', shape: [2], values: Float64Array.of(step, -0) } },
    state: { step },
  })
console.log(readdirSync(join(folder, 'a'))) // [ '2', '3' ]
console.log((await kept.latest())?.tensors['w']?.values) // Float64Array(2) [ 3, -0 ]
truncateSync(join(folder, 'a', '3', 'tensors.safetensors'), 40)
console.log((await kept.latest())?.state) // { step: 2 }
const error: unknown = await kept.save({ step: 4, tensors: {}, state: Number.NaN }).catch((e: unknown) => e)
console.log(error instanceof CheckpointValueError && error.message) // state is NaN, which a checkpoint's state cannot hold
rmSync(folder, { recursive: true })
