/**
 * Films of a cohort, rendered on worker threads, in id order. At most a few films are in memory at once, and the result
 * does not depend on the number of threads. Used by the phantom dataset stage.
 */
import type { Worker } from 'node:worker_threads'
import { phantomFilmId } from './cohorts/describeFilm.ts'
import { renderFilm, type RenderedFilm } from './renderFilm.ts'
import {
  startRenderWorker,
  type RenderReply,
  type RenderRequest,
  type SharedRenderOptions,
} from './renderFilm.worker.ts'

export interface RenderCohortOptions extends SharedRenderOptions {
  /** Films 0 to n − 1, or the indices of the films to render (in any order). */
  readonly films: number | readonly number[]
  /** Threads; 0 renders in this one. @default 2 */
  readonly workers?: number | undefined
}

/** A film could not be rendered, or its thread died. */
export class PhantomRenderError extends Error {
  readonly _tag = 'PhantomRenderError'
  readonly filmId: string
  constructor(filmId: string, reason: string) {
    super(`Film ${filmId} was not rendered: ${reason}`)
    this.filmId = filmId
  }
}

/** Films kept ahead of the consumer, per thread: one being rendered, one waiting. */
const AHEAD = 2

/** Renders the films one after another in id order. Leaving the loop early stops the threads. */
export async function* renderCohort(options: RenderCohortOptions): AsyncGenerator<RenderedFilm, void, undefined> {
  const { films, workers = 2, ...shared } = options
  const indices =
    typeof films === 'number' ? Array.from({ length: films }, (_, i) => i) : films.toSorted((a, b) => a - b)
  const threads = Math.min(workers, indices.length)
  if (threads === 0) {
    for (const index of indices) yield renderHere(shared, index)
    return
  }
  const pool = Array.from({ length: threads }, () => new RenderThread(shared))
  try {
    const ahead: Promise<RenderedFilm>[] = []
    let next = 0
    const fill = () => {
      while (next < indices.length && ahead.length < AHEAD * threads) {
        const idlest = pool.reduce((best, thread) => (thread.load < best.load ? thread : best))
        const film = idlest.render(indices[next++]!)
        // A failure is reported when its turn comes; until then nobody awaits it.
        film.catch(() => {})
        ahead.push(film)
      }
    }
    fill()
    for (let film = ahead.shift(); film !== undefined; film = ahead.shift()) {
      const rendered = await film
      fill()
      yield rendered
    }
  } finally {
    await Promise.all(pool.map((thread) => thread.stop()))
  }
}

function renderHere(shared: SharedRenderOptions, index: number): RenderedFilm {
  try {
    return renderFilm({ ...shared, index })
  } catch (error) {
    throw new PhantomRenderError(phantomFilmId(index), error instanceof Error ? error.message : String(error))
  }
}

interface Waiting {
  readonly resolve: (film: RenderedFilm) => void
  readonly reject: (error: PhantomRenderError) => void
}

/** One worker thread and the films it owes. */
class RenderThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()

  constructor(shared: SharedRenderOptions) {
    this.#worker = startRenderWorker(shared)
    this.#worker.on('message', (reply: RenderReply) => {
      const waiting = this.#waiting.get(reply.index)
      this.#waiting.delete(reply.index)
      if ('film' in reply) waiting?.resolve(reply.film)
      else waiting?.reject(new PhantomRenderError(phantomFilmId(reply.index), reply.error))
    })
    this.#worker.on('error', (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)))
    this.#worker.on('exit', (code) => this.#fail(`its rendering thread ended with code ${code}`))
  }

  /** Films asked for and not yet answered. */
  get load(): number {
    return this.#waiting.size
  }

  render(index: number): Promise<RenderedFilm> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(index, { resolve, reject })
      this.#worker.postMessage({ index } satisfies RenderRequest, [])
    })
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(reason: string): void {
    for (const [index, { reject }] of this.#waiting) reject(new PhantomRenderError(phantomFilmId(index), reason))
    this.#waiting.clear()
  }
}
