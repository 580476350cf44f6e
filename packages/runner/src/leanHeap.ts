/**
 * Environment of a process that trains for long: what glibc's malloc keeps for itself. It gives each thread a heap of its own,
 * and each of those grows to the most that its thread ever happened to hold: a GAN's training grew by 4 KB a step in them, and
 * not with one heap for all (64 MB less besides, steps as fast). And it learns to keep up to 64 MB free at the top of a heap,
 * more or less of them as ops happen to overlap: a detector's training wandered between 1,008 and 1,050 MB, and upwards by 9 KB
 * a step. With 4 MB, and holes given back after each checkpoint (`giveMemoryBack` of `tensor`), it stands between 976 and 991.
 * Blocks from 32 MB lie outside the heap, as malloc would have learned too.
 */
export const leanHeap = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: String(4 << 20),
  MALLOC_MMAP_THRESHOLD_: String(32 << 20),
} as const
