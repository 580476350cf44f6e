// Items through worker threads, results in the order of the items, a bounded number ahead of the consumer. The result does
// not depend on the number of threads. Used by streamFilms, which decodes ahead of compute, and by renderCohort.
import type { Worker } from 'node:worker_threads'

/** What the main thread sends. */
export interface ThreadRequest {
  readonly turn: number
  readonly item: unknown
}

/** What went wrong with an item: classes do not survive the way between threads. */
export interface ThreadFailure {
  /** the message */
  readonly failure: string
  /** `_tag` of a typed error; undefined for all others and where the thread itself died */
  readonly tag?: string | undefined
}

export type ThreadResult<Value> = { readonly value: Value } | ThreadFailure

/** What a thread answers. */
export type ThreadReply<Value> = ThreadResult<Value> & { readonly turn: number }

/** Items kept ahead of the consumer, per thread: one in work, one waiting. */
const AHEAD = 2

/** A number of threads that is no whole number from 1: with it no item would be worked on, and nothing would say so. */
class ThreadCountError extends RangeError {
  readonly _tag = 'ThreadCountError'
  override readonly name = 'ThreadCountError'
  readonly threads: number
  constructor(threads: number) {
    super(`${threads} threads cannot work: give a whole number from 1`)
    this.threads = threads
  }
}

/**
 * One result an item, in order. An item that fails is a result like any other, so the caller decides whether to go on; a
 * thread that dies fails the items it still owes, and another takes its place for those that follow. Leaving the loop early
 * stops the threads.
 * @param threads 1 or more
 * @param start makes a thread that answers every `ThreadRequest` with a `ThreadReply`
 * @throws ThreadCountError; what `start` throws
 */
export async function* mapOnThreads<Value>(
  items: ReadonlyArray<unknown>,
  threads: number,
  start: () => Worker,
): AsyncGenerator<ThreadResult<Value>, void, undefined> {
  if (!Number.isSafeInteger(threads) || threads < 1) throw new ThreadCountError(threads)
  const pool: Array<Thread<Value>> = []
  try {
    while (pool.length < Math.min(threads, items.length)) pool.push(new Thread<Value>(start()))
    const ahead: Array<Promise<ThreadResult<Value>>> = []
    let next = 0
    const fill = (): void => {
      while (next < items.length && ahead.length < AHEAD * pool.length) {
        // a dead thread owes nothing: left in the pool it would be the idlest for ever, and fail all that follows
        for (const [i, thread] of pool.entries()) if (thread.dead) pool[i] = new Thread<Value>(start())
        const idlest = pool.reduce((best, thread) => (thread.owed < best.owed ? thread : best))
        ahead.push(idlest.send({ turn: next, item: items[next]! }))
        next++
      }
    }
    fill()
    for (let result = ahead.shift(); result !== undefined; result = ahead.shift()) {
      const done = await result
      fill()
      yield done
    }
  } finally {
    await Promise.all(pool.map((thread) => thread.stop()))
  }
}

/** One worker thread and the results it owes. */
class Thread<Value> {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (result: ThreadResult<Value>) => void>()
  #death: string | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply: ThreadReply<Value>) => {
      this.#waiting.get(reply.turn)?.(reply)
      this.#waiting.delete(reply.turn)
    })
    worker.on('error', (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)))
    worker.on('messageerror', (error) => this.#fail(`its thread’s answer cannot be read: ${error.message}`))
    worker.on('exit', (code) => this.#fail(`its thread ended with code ${code}`))
  }

  /** Items sent and not yet answered. */
  get owed(): number {
    return this.#waiting.size
  }

  get dead(): boolean {
    return this.#death !== undefined
  }

  send(request: ThreadRequest): Promise<ThreadResult<Value>> {
    return new Promise((resolve) => {
      if (this.#death !== undefined) return resolve({ failure: this.#death })
      this.#waiting.set(request.turn, resolve)
      this.#worker.postMessage(request, [])
    })
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(reason: string): void {
    this.#death ??= reason
    for (const resolve of this.#waiting.values()) resolve({ failure: reason })
    this.#waiting.clear()
  }
}
