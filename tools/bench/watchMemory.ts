// The most memory that a side holds in its rounds, with its children. Used by measureRow.ts.
import { treeMb, treeSharedOnceMb } from './processTree.ts'

/** Milliseconds between two looks, or more: looking takes at most this share of a core. */
const EVERY = 250
const SHARE = 0.004
/** Only a look that finds more by this factor is worth the long one. */
const MORE = 1.01

export interface MemoryWatch {
  /** Looks while `work` runs. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>
  readonly mostMb: () => number
}

/** Of the process and its children. */
export const watchMemory = (root: number): MemoryWatch => {
  let record = 0
  let most = 0
  const look = (): void => {
    const now = treeMb(root)
    if (now <= MORE * record) return
    record = now
    most = Math.max(most, treeSharedOnceMb(root))
  }
  return {
    during: async (work) => {
      let next: NodeJS.Timeout
      const again = (wait: number): void => {
        next = setTimeout(() => {
          const from = performance.now()
          look()
          again(Math.max(EVERY, (performance.now() - from) / SHARE))
        }, wait)
      }
      again(EVERY)
      try {
        return await work()
      } finally {
        clearTimeout(next!)
        look()
      }
    },
    mostMb: () => most,
  }
}
