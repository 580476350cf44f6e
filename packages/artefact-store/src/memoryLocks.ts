// Locks in memory, for tests.
import type { Locks } from './Locks.ts'

export const memoryLocks = (): Locks => {
  const held = new Set<string>()
  return {
    take: async (key) => {
      if (held.has(key)) return undefined
      held.add(key)
      return { release: async () => void held.delete(key) }
    },
  }
}
