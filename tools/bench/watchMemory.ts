// The most memory that a side holds in its rounds, with its children. Used by measureRow.ts.
import { treeMb } from './processTree.ts'

/** Milliseconds between two looks, or more: looking takes at most this share of a core. */
const EVERY = 250
const SHARE = 0.004

/** Begins to look. @returns ends it and gives the largest that was seen, in MB */
export const watchMemory = (root: number): (() => number) => {
  let most = 0
  let next: NodeJS.Timeout
  const look = (): void => {
    const from = performance.now()
    most = Math.max(most, treeMb(root))
    next = setTimeout(look, Math.max(EVERY, (performance.now() - from) / SHARE))
  }
  next = setTimeout(look, 0)
  return () => {
    clearTimeout(next)
    most = Math.max(most, treeMb(root))
    return most
  }
}
