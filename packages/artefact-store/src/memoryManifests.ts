// Manifests in memory, for tests.
import type { Manifest } from './Manifest.ts'
import type { Manifests } from './Manifests.ts'

export const memoryManifests = (): Manifests => {
  const held = new Map<string, Manifest>()
  return {
    get: async (key) => held.get(key),
    commit: async (manifest) => {
      const first = held.get(manifest.key)
      if (first) return { manifest: first, won: false }
      held.set(manifest.key, manifest)
      return { manifest, won: true }
    },
    supersede: async (key) => void held.delete(key),
    ofStage: async (stage) =>
      [...held.values()]
        .filter((manifest) => manifest.stage === stage)
        .toSorted((a, b) => (a.started < b.started ? 1 : a.started > b.started ? -1 : 0)),
  }
}
