// kill -9 of two writers at random points of the commit path: what is readable is whole, what was committed is not lost.
import { expect, it, jest } from '@jest/globals'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { fileStore } from './fileStore.ts'
import { newFolders } from './testing/newFolders.ts'

jest.setTimeout(60_000)
const newFolder = newFolders('crash')
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Answers the keys whose commit had returned when the process was killed, `after` milliseconds from its first commit. */
const writeUntilKilled = async (store: string, writer: string, after: number): Promise<ReadonlyArray<string>> => {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@radiograft/source',
      '--import',
      here('../../../tools/ts-loader.mjs'),
      here('./testing/commitForever.ts'),
      store,
      writer,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  )
  let text = ''
  const ended = new Promise<void>((done) => child.on('close', () => done()))
  await new Promise<void>((ready) =>
    child.stdout.on('data', (chunk) => {
      text += String(chunk)
      ready()
    }),
  )
  await wait(after)
  child.kill('SIGKILL')
  await ended
  return text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line))
}

it.each([1, 2, 3])('seed %i', async (seed) => {
  const folder = newFolder()
  const keys = await Promise.all(
    ['one', 'two'].map((writer, i) => writeUntilKilled(folder, writer, 150 + ((seed * 7919 + i * 104_729) % 300))),
  )
  const store = fileStore(folder)
  const readable = readdirSync(join(folder, 'manifests'))
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => name.slice(0, 64))
  for (const key of readable) {
    const manifest = await store.manifests.get(key)
    expect(manifest?.key).toBe(key)
    for (const { digest, bytes } of manifest!.outputs['metrics']!.chunks) {
      expect(await store.blobs.size(digest)).toBe(bytes)
      expect(await store.blobs.verify(digest)).toBeUndefined()
    }
  }
  // every commit that had returned is there
  expect(readable).toEqual(expect.arrayContaining(keys.flat()))
  expect(keys.flat().length).toBeGreaterThan(0)
  store.blobs.close()
})
