import { expect, it } from '@jest/globals'
import { appendFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { folderCheckpoints } from './folderCheckpoints.ts'
import { statesIn } from './statesIn.ts'
import { newFolders } from './testing/newFolders.ts'
import { sampleCheckpoint } from './testing/sampleCheckpoint.ts'

const newFolder = newFolders('states')

it('none where there is no folder', async () => {
  expect(await statesIn(join(newFolder(), 'missing'))).toEqual([])
})

it('of all attempts, newest first; of one step that was saved again, the later first', async () => {
  const folder = newFolder()
  const [a, b] = ['a', 'b'].map((attempt) => folderCheckpoints(folder, { attempt }))
  await a!.save({ step: 3, tensors: {}, state: 'a3' })
  await b!.save({ step: 4, tensors: {}, state: 'b4' })
  await a!.save({ step: 7, tensors: {}, state: 'first' })
  await a!.save({ step: 7, tensors: {}, state: 'second' })
  expect((await statesIn(folder))[0]).toEqual({ step: 7, state: 'second' })
  expect((await statesIn(folder)).map(({ step }) => step)).toEqual([7, 4, 3])
})

it('one cut short or changed is left out', async () => {
  const folder = newFolder()
  const checkpoints = folderCheckpoints(folder, { attempt: 'a' })
  await checkpoints.save(sampleCheckpoint(1))
  await checkpoints.save(sampleCheckpoint(2))
  truncateSync(join(folder, 'a/2/tensors.safetensors'), 10)
  expect((await statesIn(folder)).map(({ step }) => step)).toEqual([1])
  appendFileSync(join(folder, 'a/1/state.json'), ' ')
  expect(await statesIn(folder)).toEqual([])
})
