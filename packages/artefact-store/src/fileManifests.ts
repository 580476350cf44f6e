// Manifests in a folder: `manifests/<key>.json`, created by an exclusive link, with a digest of their own, so that a flipped
// bit is a miss; and `stages/<stage>/<key>`, empty files that find the earlier manifests of a stage. Losing an index file
// costs an explanation, never a result.
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from './Manifest.ts'
import type { Manifests } from './Manifests.ts'
import { sha256 } from './sha256.ts'
import { storeErrorOf } from './storeErrorOf.ts'
import { createDurably } from './writeDurably.ts'

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT'

/** Manifests read at most when a stage's history is asked for. */
const maxHistory = 50

const encode = (manifest: Manifest): string => {
  const text = canonicalJson(manifest)
  return `{"sha256":"${sha256(text)}","manifest":${text}}\n`
}
/** Undefined when the text is not whole or not what was written. */
const decode = (text: string): Manifest | undefined => {
  try {
    const { sha256: digest, manifest } = parseCanonicalJson(text) as { sha256: string; manifest: Manifest }
    return sha256(canonicalJson(manifest)) === digest ? manifest : undefined
  } catch {
    return undefined
  }
}

export const fileManifests = (root: string): Manifests => {
  const folder = join(root, 'manifests')
  const pathOf = (key: string): string => join(folder, `${key}.json`)
  const indexOf = (stage: string): string => join(root, 'stages', encodeURIComponent(stage))

  const supersede = async (key: string): Promise<void> => {
    const taken = await readdir(folder)
    let n = 1
    while (taken.includes(`${key}.superseded-${n}.json`)) n++
    await rename(pathOf(key), join(folder, `${key}.superseded-${n}.json`)).catch((cause: unknown) => {
      if (!isMissing(cause)) throw storeErrorOf(cause, pathOf(key))
    })
  }
  const get = async (key: string): Promise<Manifest | undefined> => {
    let text: string
    try {
      text = await readFile(pathOf(key), 'utf8')
    } catch (cause) {
      if (isMissing(cause)) return undefined
      throw storeErrorOf(cause, pathOf(key))
    }
    const manifest = decode(text)
    // else half a manifest, as a disk that lost power may leave it, or a damaged one: it gives way to the next commit
    return manifest?.key === key ? manifest : undefined
  }

  /** The keys whose manifests were written last, when there are more than are worth reading. */
  const newest = async (keys: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
    if (keys.length <= maxHistory) return keys
    const times = await Promise.all(
      keys.map(async (key) => ({ key, time: (await stat(pathOf(key)).catch(() => undefined))?.mtimeMs ?? 0 })),
    )
    return times
      .toSorted((a, b) => b.time - a.time)
      .slice(0, maxHistory)
      .map(({ key }) => key)
  }

  return {
    get,
    supersede,
    commit: async (manifest) => {
      while (!(await createDurably(pathOf(manifest.key), encode(manifest)))) {
        const first = await get(manifest.key)
        if (first) return { manifest: first, won: false }
        await supersede(manifest.key)
      }
      try {
        await mkdir(indexOf(manifest.stage), { recursive: true })
        await writeFile(join(indexOf(manifest.stage), manifest.key), '')
      } catch (cause) {
        throw storeErrorOf(cause, indexOf(manifest.stage))
      }
      return { manifest, won: true }
    },
    ofStage: async (stage) => {
      const keys = await readdir(indexOf(stage)).catch((cause: unknown): string[] => {
        if (isMissing(cause)) return []
        throw storeErrorOf(cause, indexOf(stage))
      })
      const found: Manifest[] = []
      for (const key of await newest(keys)) {
        const text = await readFile(pathOf(key), 'utf8').catch(() => undefined)
        const manifest = text === undefined ? undefined : decode(text)
        if (manifest) found.push(manifest)
      }
      return found.toSorted((a, b) => (a.started < b.started ? 1 : a.started > b.started ? -1 : 0))
    },
  }
}
