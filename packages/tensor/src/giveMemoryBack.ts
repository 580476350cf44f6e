// A seam between this package's root and its Node part: `loadRuntime` says how memory goes back to the system.
let giver: (() => void) | undefined

/** Called by `loadRuntime`. */
export const setMemoryGiver = (give: () => void): void => {
  giver = give
}

/**
 * Gives memory that malloc keeps free for later back to the system; results do not depend on it. A training's ops run side by
 * side in an order that varies, and leave ever other holes: without this a detector's process stepped up from 990 to 1,004 MB in
 * 2,000 steps, while what it held stayed 128 MB. Takes 2 to 50 ms, and the next step a little longer. Does nothing without
 * `loadRuntime`, or where malloc is not glibc's.
 */
export const giveMemoryBack = (): void => giver?.()
