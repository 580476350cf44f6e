// Items through worker threads, results in the order of the items, a bounded number ahead of the consumer. The result does
// not depend on the number of threads. Used by streamFilms, which decodes ahead of compute, and by renderCohort.
import type { Worker } from 'node:worker_threads'

/** What the main thread sends. */
export interface ThreadRequest {
  readonly turn: number
  readonly item: unknown
}

/** A value, or the message of what went wrong: classes do not survive the way between threads. */
export type ThreadResult<Value> = { readonly value: Value } | { readonly failure: string }

/** What a thread answers. */
export type ThreadReply<Value> = ThreadResult<Value> & { readonly turn: number }

/** Items kept ahead of the consumer, per thread: one in work, one waiting. */
const AHEAD = 2

/**
 * One result an item, in order. An item that fails is a result like any other, so the caller decides whether to go on; a
 * thread that dies fails the items it still owes. Leaving the loop early stops the threads.
 * @param start makes a thread that answers every `ThreadRequest` with a `ThreadReply`
 */
export async function* mapOnThreads<Value>(
  items: ReadonlyArray<unknown>,
  threads: number,
  start: () => Worker,
): AsyncGenerator<ThreadResult<Value>, void, undefined> {
  const pool = Array.from({ length: Math.min(threads, items.length) }, () => new Thread<Value>(start()))
  try {
    const ahead: Array<Promise<ThreadResult<Value>>> = []
    let next = 0
    const fill = (): void => {
      while (next < items.length && ahead.length < AHEAD * pool.length) {
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
  #dead: string | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply: ThreadReply<Value>) => {
      this.#waiting.get(reply.turn)?.(reply)
      this.#waiting.delete(reply.turn)
    })
    worker.on('error', (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => this.#fail(`its thread ended with code ${code}`))
  }

  /** Items sent and not yet answered. */
  get owed(): number {
    return this.#waiting.size
  }

  send(request: ThreadRequest): Promise<ThreadResult<Value>> {
    return new Promise((resolve) => {
      if (this.#dead !== undefined) return resolve({ failure: this.#dead })
      this.#waiting.set(request.turn, resolve)
      this.#worker.postMessage(request, [])
    })
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(reason: string): void {
    this.#dead ??= reason
    for (const resolve of this.#waiting.values()) resolve({ failure: reason })
    this.#waiting.clear()
  }
}
