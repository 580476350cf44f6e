// What both sides of a network's row may choose of glibc's allocator. startSide.ts puts it in force.
import type { Settings } from '../Row.ts'

/** Freed memory is kept for the next step. Left out: glibc gives large blocks back to the system, and asks for them again. */
export const allocators: ReadonlyArray<Settings> = [{ allocator: 'memory kept' }]
