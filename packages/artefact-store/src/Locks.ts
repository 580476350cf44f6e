// One writer per key: who computes a key holds its lock, so that others can wait and join the result. A lock is a courtesy,
// not what keeps results right: that is the exclusive commit, and a holder that froze and lost its lock commits in vain.

export interface Lock {
  /** Gives it back; harmless when it was lost meanwhile. */
  readonly release: () => Promise<void>
}

export interface Locks {
  /** Takes the lock of a key; undefined while another holds it. Ask again after a while. */
  take(key: string): Promise<Lock | undefined>
}
