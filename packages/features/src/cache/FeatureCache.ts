// Features kept on disk, a file a film: what a film gives through one extractor at one size never changes, so a name of its
// content is enough. A cache that cannot be written is none, and no failure.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExtractorIdentity } from '@radiograft/metrics/distribution'

export interface FeatureCache {
  /** @param film sha256 of the film's file @returns undefined where there are none, or what is there is damaged */
  readonly get: (film: string) => Promise<Float32Array | undefined>
  readonly put: (film: string, values: Float32Array) => Promise<void>
}

/** Raised when films are prepared or resized in another way, so that what was kept is not taken for it. */
const VERSION = 1

/**
 * @param folder of the cache; made when it is first written
 * @param identity the extractor with all that happens to films before it, size and filter included
 * @param columns numbers a film
 */
export const featureCache = (folder: string, identity: ExtractorIdentity, columns: number): FeatureCache => {
  const { name, sha256, resizeFilter } = identity
  const key = createHash('sha256')
    .update(JSON.stringify([VERSION, name, sha256, resizeFilter, columns]))
    .digest('hex')
  const place = (film: string): string => join(folder, `${name}-${key.slice(0, 16)}`, film.slice(0, 2), `${film}.f32`)
  const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
  return {
    get: async (film) => {
      const bytes = await readFile(place(film)).catch(() => undefined)
      if (bytes?.length !== 4 * columns + 32) return undefined
      const body = bytes.subarray(0, 4 * columns)
      if (!digestOf(body).equals(bytes.subarray(4 * columns))) return undefined
      const view = new DataView(body.buffer, body.byteOffset, body.length)
      return Float32Array.from({ length: columns }, (_, i) => view.getFloat32(4 * i, true))
    },
    put: async (film, values) => {
      const body = new Uint8Array(4 * columns)
      const view = new DataView(body.buffer)
      values.forEach((value, i) => view.setFloat32(4 * i, value, true))
      const path = place(film)
      const aside = `${path}.${randomUUID()}.tmp`
      try {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(aside, Buffer.concat([body, digestOf(body)]))
        await rename(aside, path)
      } catch {
        await rm(aside, { force: true }).catch(() => {})
      }
    },
  }
}
