// What every store promises, as one suite that each implementation runs.
import { beforeEach, describe, expect, it } from '@jest/globals'
import { Metrics } from '@radiograft/pipeline'
import { Effect } from 'effect'
import type { Layer } from 'effect'
import { ArtefactStore } from '../ArtefactStore.ts'
import type { Manifest } from '../Manifest.ts'
import { sampleManifest } from './sampleManifest.ts'

/** `damage` overwrites a blob of the store behind its back. */
export const storeContract = (
  name: string,
  make: () => Promise<{
    readonly layer: Layer.Layer<ArtefactStore>
    readonly damage: (store: ArtefactStore['Service'], digest: string) => Promise<void>
  }>,
): void =>
  describe(`${name} store`, () => {
    let store: ArtefactStore['Service']
    let damage: (digest: string) => Promise<void>
    const run = Effect.runPromise
    beforeEach(async () => {
      const made = await make()
      store = await run(
        Effect.provide(
          ArtefactStore.use((found) => Effect.succeed(found)),
          made.layer,
        ),
      )
      damage = (digest) => made.damage(store, digest)
      await run(store.probe)
    })

    it('keeps bytes under their digest and answers them', async () => {
      const { blobs } = store.plain
      const bytes = new TextEncoder().encode('abc')
      const digest = await blobs.put(bytes)
      // FIPS 180-2, appendix B.1
      expect(digest).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
      expect(await blobs.put(bytes)).toBe(digest)
      expect(Array.from(await blobs.read(digest))).toEqual([97, 98, 99])
      expect(Array.from(blobs.open(digest).read(1, 2))).toEqual([98, 99])
      expect(blobs.open(digest).bytes).toBe(3)
      expect(Array.from(blobs.peek(digest, 1, 9))).toEqual([98, 99])
      expect(await blobs.size(digest)).toBe(3)
      expect(await blobs.verify(digest)).toBeUndefined()
    })
    it('never answers a missing or damaged blob, and takes it anew', async () => {
      const { blobs } = store.plain
      const digest = await blobs.put(Uint8Array.of(1, 2, 3))
      await damage(digest)
      expect(await blobs.verify(digest)).toBe('damaged')
      await expect(blobs.read(digest)).rejects.toMatchObject({ _tag: 'BlobDamagedError', digest })
      expect(() => blobs.open(digest)).toThrow('damaged')
      expect(await blobs.put(Uint8Array.of(1, 2, 3))).toBe(digest)
      expect(await blobs.verify(digest)).toBeUndefined()
      await blobs.remove(digest)
      expect(await blobs.size(digest)).toBeUndefined()
      expect(await blobs.verify(digest)).toBe('missing')
      await expect(blobs.read(digest)).rejects.toMatchObject({ _tag: 'BlobMissingError' })
      expect(() => blobs.open(digest)).toThrow('missing')
      expect(() => blobs.peek(digest, 0, 1)).toThrow('missing')
    })
    it('lets the first writer of a key win, whoever else commits', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, i) => run(store.commit(sampleManifest({ run: `r${i}` })))),
      )
      const winners = outcomes.filter(({ won }) => won)
      expect(winners).toHaveLength(1)
      for (const { manifest } of outcomes) expect(manifest.run).toBe(winners[0]!.manifest.run)
      expect((await run(store.manifest('a'.repeat(64))))!.run).toBe(winners[0]!.manifest.run)
    })
    it('puts a manifest aside, so that its key can be committed again', async () => {
      await run(store.commit(sampleManifest({ run: 'old' })))
      await run(store.supersede('a'.repeat(64)))
      expect(await run(store.manifest('a'.repeat(64)))).toBeUndefined()
      expect((await run(store.commit(sampleManifest({ run: 'new' })))).won).toBe(true)
      await run(store.supersede('a'.repeat(64)))
      await run(store.supersede('a'.repeat(64)))
      expect(await run(store.manifest('a'.repeat(64)))).toBeUndefined()
    })
    it('lets one hold the lock of a key, and the next one when it is given back', async () => {
      const takers = await Promise.all(Array.from({ length: 8 }, () => run(store.lock('b'.repeat(64)))))
      const held = takers.filter((lock) => lock !== undefined)
      expect(held).toHaveLength(1)
      const other = await run(store.lock('c'.repeat(64)))
      expect(other).toBeDefined()
      await held[0]!.release()
      const next = await run(store.lock('b'.repeat(64)))
      expect(next).toBeDefined()
      expect(await run(store.lock('b'.repeat(64)))).toBeUndefined()
      await Promise.all([next!.release(), other!.release()])
    })
    it('finds the manifests of a stage, newest first', async () => {
      const at = (key: string, stage: string, day: number): Manifest =>
        sampleManifest({ key: key.repeat(64), stage, started: `2026-01-0${day}T00:00:00.000Z` })
      for (const manifest of [at('1', 'read', 2), at('2', 'read', 3), at('3', 'other', 4), at('4', 'read', 1)])
        await run(store.commit(manifest))
      expect((await run(store.ofStage('read'))).map(({ key }) => key[0])).toEqual(['2', '1', '4'])
      expect(await run(store.ofStage('nothing'))).toEqual([])
    })
    it('says which blob of an artefact is missing or damaged', async () => {
      const row = { arm: 'a', part: 'test', metric: 'ap', value: 1, low: Number.NaN, high: 1, n: 1, unit: '' }
      const artefact = await run(store.write(Metrics, [row]))
      expect(await run(store.read(Metrics, artefact))).toEqual([row])
      expect(await run(store.check(artefact, true))).toBeUndefined()
      const { digest } = artefact.chunks[0]!
      await damage(digest)
      expect(await run(store.check(artefact, true))).toEqual({ digest, fault: 'damaged' })
      expect(await run(Effect.flip(store.read(Metrics, artefact)))).toMatchObject({ _tag: 'BlobDamagedError' })
      await store.plain.blobs.remove(digest)
      expect(await run(store.check(artefact, false))).toEqual({ digest, fault: 'missing' })
    })
  })
