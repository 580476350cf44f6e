// kill -9 of a process that saves for ever, at random moments, again and again in one folder: what is read afterwards is whole
// and not older than the last that was acknowledged. And a disk that is full.
import { expect, it, jest } from '@jest/globals'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { folderCheckpoints } from './folderCheckpoints.ts'
import { newFolders } from './testing/newFolders.ts'
import { digestOf, sampleCheckpoint } from './testing/sampleCheckpoint.ts'
import { spawnSaver } from './testing/spawnSaver.ts'

jest.setTimeout(120_000)
const newFolder = newFolders('checkpoints-crash')
/** 4 MB: most of the time a save is under way */
const size = 1_000_000

const namesIn = (folder: string): ReadonlyArray<string> =>
  existsSync(folder) ? readdirSync(folder).flatMap((attempt) => readdirSync(join(folder, attempt))) : []

it.each([1, 2, 3, 4])('seed %i: four kills in a row', async (seed) => {
  const folder = newFolder()
  const damaged: string[] = []
  let cut = 0
  let last = 0
  for (let kill = 0; kill < 4; kill++) {
    const saver = spawnSaver(folder, size)
    await saver.ready
    // milliseconds from its first word on: a save takes some 5 to 50
    await wait((seed * 7919 + kill * 104_729) % 211)
    saver.process.kill('SIGKILL')
    const lines = await saver.ended
    expect(lines[0]).toBe(`from ${last}`)
    const acknowledged = Number(lines.at(-1)!.split(' ')[1])
    const found = await folderCheckpoints(folder, { onDamaged: (_, reason) => damaged.push(reason) }).latest()
    if (found) expect(digestOf(found)).toBe(digestOf(sampleCheckpoint(found.step, size)))
    last = found?.step ?? 0
    expect(last).toBeGreaterThanOrEqual(acknowledged)
    expect(last).toBeLessThanOrEqual(acknowledged + 1)
    cut += namesIn(folder).filter((name) => name.endsWith('.tmp')).length
  }
  expect(damaged).toEqual([])
  expect(cut).toBeGreaterThan(0) // else no kill has hit a save, and the test says nothing
  // the next that saves removes what was cut short
  await folderCheckpoints(folder).save(sampleCheckpoint(last + 1))
  expect(namesIn(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

it('a full disk is said with folder and advice, leaves what was there, and nothing half', async () => {
  const folder = newFolder()
  await folderCheckpoints(folder).save(sampleCheckpoint(4))
  // node answers EFBIG at a limit where a full disk answers ENOSPC; dash counts 512 bytes, bash 1024
  const lines = await spawnSaver(folder, size, 'ulimit -f 100;').ended
  expect(lines[0]).toBe('from 4')
  const error = JSON.parse(lines[1]!) as { readonly _tag: string; readonly folder: string; readonly message: string }
  expect(error).toMatchObject({ _tag: 'CheckpointFolderError', folder, code: 'EFBIG' })
  expect(error.message).toBe(
    `checkpoints in ${folder}: there is no space left; free some, or give a folder on another disk; older checkpoints there are whole`,
  )
  expect(await folderCheckpoints(folder).latest()).toEqual(sampleCheckpoint(4))
  expect(namesIn(folder)).toEqual(['4'])
})
