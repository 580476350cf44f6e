// Manifests in a folder: `manifests/<key>.json`, created by an exclusive link, and `stages/<stage>/<key>`, empty files that
// find the earlier manifests of a stage. Losing an index file costs an explanation, never a result.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from './Manifest.ts'
import type { Manifests } from './Manifests.ts'
import { storeErrorOf } from './storeErrorOf.ts'
import { createDurably } from './writeDurably.ts'

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT'

/** Manifests read at most when a stage's history is asked for. */
const maxHistory = 50

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
    try {
      const manifest = JSON.parse(text) as Manifest
      if (manifest.key === key) return manifest
    } catch {
      // half a manifest, as a disk that lost power may leave it
    }
    await supersede(key)
    return undefined
  }

  return {
    get,
    supersede,
    commit: async (manifest) => {
      const won = await createDurably(pathOf(manifest.key), JSON.stringify(manifest, undefined, 1))
      if (!won) {
        const first = await get(manifest.key)
        if (first) return { manifest: first, won: false }
        await createDurably(pathOf(manifest.key), JSON.stringify(manifest, undefined, 1))
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
      const keys = await readdir(indexOf(stage), { withFileTypes: true }).catch((cause: unknown) => {
        if (isMissing(cause)) return []
        throw storeErrorOf(cause, indexOf(stage))
      })
      const found: Manifest[] = []
      for (const { name } of keys.slice(-maxHistory)) {
        const text = await readFile(pathOf(name), 'utf8').catch(() => undefined)
        if (text === undefined) continue
        try {
          found.push(JSON.parse(text) as Manifest)
        } catch {
          // explained later as missing, when its key is asked for
        }
      }
      return found.sort((a, b) => (a.started < b.started ? 1 : a.started > b.started ? -1 : 0))
    },
  }
}
