import { describe, expect, it } from '@jest/globals'
import { Effect } from 'effect'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ArtefactStore } from './ArtefactStore.ts'
import { BlobStore } from './BlobStore.ts'
import { fileStore } from './fileStore.ts'
import { memoryBlobs } from './memoryBlobs.ts'
import { memoryLocks } from './memoryLocks.ts'
import { memoryManifests } from './memoryManifests.ts'
import { storeErrorOf } from './storeErrorOf.ts'
import { newFolders } from './testing/newFolders.ts'
import { sampleManifest } from './testing/sampleManifest.ts'
import { storeContract } from './testing/storeContract.ts'
import { Layer } from 'effect'

const folder = newFolders('store')

storeContract('file', async () => ({
  layer: ArtefactStore.layerFileSystem(folder()),
  damage: async (store, digest) => {
    const path = join(store.plain.location, 'blobs', digest.slice(0, 2), digest.slice(2))
    const bytes = readFileSync(path)
    bytes[0]! ^= 1
    writeFileSync(path, bytes)
  },
}))
storeContract('memory', async () => {
  const held = new Map<string, Uint8Array>()
  const plain = {
    location: 'memory',
    blobs: memoryBlobs(held),
    manifests: memoryManifests(),
    locks: memoryLocks(),
    probe: async () => {},
  }
  return {
    layer: Layer.sync(ArtefactStore, () => ArtefactStore.over(plain)),
    damage: async (_store, digest) =>
      void held.set(
        digest,
        held.get(digest)!.map((b) => b ^ 1),
      ),
  }
})

describe.each([
  ['file', () => BlobStore.layerFileSystem(folder())],
  ['memory', () => BlobStore.layerMemory],
] as const)('BlobStore, %s', (_name, layer) => {
  it('puts, gets, finds and removes', async () => {
    const program = Effect.gen(function* () {
      const blobs = yield* BlobStore
      const digest = yield* blobs.put(Uint8Array.of(7))
      const bytes = yield* blobs.get(digest)
      const before = yield* blobs.has(digest)
      yield* blobs.remove(digest)
      const error = yield* Effect.flip(blobs.get(digest))
      return [bytes[0], before, yield* blobs.has(digest), yield* blobs.verify(digest), error._tag]
    })
    expect(await Effect.runPromise(Effect.provide(program, layer()))).toEqual([
      7,
      true,
      false,
      'missing',
      'BlobMissingError',
    ])
  })
})

describe('a folder that cannot be a store', () => {
  const probe = (path: string) =>
    Effect.runPromise(
      Effect.flip(
        Effect.provide(
          ArtefactStore.use((store) => store.probe),
          ArtefactStore.layerFileSystem(path),
        ),
      ),
    )
  it('is a file', async () => {
    const path = folder()
    writeFileSync(path, 'x')
    expect(await probe(path)).toMatchObject({ _tag: 'StorePathError', path })
    expect((await probe(join(path, 'below'))).message).toContain('a part of the path is a file')
    expect(readFileSync(path, 'utf8')).toBe('x')
  })
  it('is read-only', async () => {
    const path = folder()
    mkdirSync(path)
    chmodSync(path, 0o500)
    // root writes everywhere; /sys and /proc refuse even root
    expect(await probe('/proc/radiograft/store')).toMatchObject({ _tag: 'StorePathError' })
    const target = process.getuid?.() === 0 ? '/sys/kernel/radiograft' : path
    const error = await probe(target)
    expect(['StorePathError', 'StoreIoError']).toContain(error._tag)
    expect(error.message).toContain(target)
    chmodSync(path, 0o700)
  })
  it('is full: a real ENOSPC becomes StoreFullError, with the path and what to do', () => {
    let cause: unknown
    try {
      writeFileSync('/dev/full', 'x')
    } catch (error) {
      cause = error
    }
    expect(storeErrorOf(cause, '/d/blobs/ab')).toMatchObject({ _tag: 'StoreFullError', path: '/d/blobs/ab', cause })
    expect((storeErrorOf(cause, '/d') as Error).message).toMatch(/No space left while writing \/d\..*run again/)
    const erofs = Object.assign(new Error('EROFS'), { code: 'EROFS' })
    expect((storeErrorOf(erofs, '/d') as Error).message).toContain('read-only')
  })
})

describe('what a crash may leave', () => {
  it('reads half a manifest as none, and a commit puts it aside', async () => {
    const store = fileStore(folder())
    await store.probe()
    const { manifest } = await store.manifests.commit(sampleManifest())
    const path = join(store.location, 'manifests', `${manifest.key}.json`)
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100))
    expect(await store.manifests.get(manifest.key)).toBeUndefined()
    // by whoever holds the key: another process may be committing a whole one at this moment
    expect(readdirSync(join(store.location, 'manifests'))).toEqual([`${manifest.key}.json`])
    expect((await store.manifests.commit(manifest)).won).toBe(true)
    expect(readdirSync(join(store.location, 'manifests')).toSorted()).toEqual([
      `${manifest.key}.json`,
      `${manifest.key}.superseded-1.json`,
    ])
  })
  it('reads a manifest with a flipped bit as none, wherever the bit is', async () => {
    const store = fileStore(folder())
    await store.probe()
    const { manifest } = await store.manifests.commit(sampleManifest({ metrics: { ap: Number.NaN, loss: 0.25 } }))
    const path = join(store.location, 'manifests', `${manifest.key}.json`)
    const whole = readFileSync(path)
    expect(await store.manifests.get(manifest.key)).toEqual(manifest)
    for (let at = 0; at < whole.length - 1; at += 37) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= 1
      writeFileSync(path, bytes)
      expect([at, await store.manifests.get(manifest.key)]).toEqual([at, undefined])
    }
  })
  it('answers the newest of many manifests of a stage', async () => {
    const store = fileStore(folder())
    await store.probe()
    for (let i = 0; i < 60; i++) {
      const key = (i % 2 === 0 ? 100 - i : 100 + i).toString(16).padStart(64, '0')
      await store.manifests.commit(
        sampleManifest({ key, started: new Date(1e12 + i * 1000).toISOString(), run: `r${i}` }),
      )
      utimesSync(join(store.location, 'manifests', `${key}.json`), 1e9 + i, 1e9 + i)
    }
    const found = await store.manifests.ofStage('read')
    expect(found.map(({ run }) => run)).toEqual(Array.from({ length: 50 }, (_, i) => `r${59 - i}`))
  })
  it('leaves no temporary file behind when all went well', async () => {
    const store = fileStore(folder())
    await store.probe()
    const digest = await store.blobs.put(Uint8Array.of(1))
    expect(readdirSync(join(store.location, 'blobs', digest.slice(0, 2)))).toEqual([digest.slice(2)])
    expect(existsSync(join(store.location, `probe-${process.pid}`))).toBe(false)
  })
  it('keeps many blobs readable with few descriptors', async () => {
    const store = fileStore(folder())
    await store.probe()
    const digests = await Promise.all(Array.from({ length: 100 }, (_, i) => store.blobs.put(Uint8Array.of(i))))
    const open = digests.map((digest) => store.blobs.open(digest))
    expect(open.map((blob) => blob.read(0, 1)[0])).toEqual(digests.map((_, i) => i))
    store.blobs.close()
  })
})
