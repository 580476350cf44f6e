/**
 * The rendering thread of `renderCohort`. The thread is started from the file that this module's code stands in: this
 * file when the sources or the built package run, or the whole bundle when a stage was bundled (where no other file
 * exists). In the thread the module waits for ever at its end, so that nothing that would follow in a bundle runs there.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { renderFilm, type RenderedFilm, type RenderFilmOptions } from './renderFilm.ts'

const ROLE = 'radiograft-phantom-render'

/** Options shared by all films of a thread. */
export type SharedRenderOptions = Omit<RenderFilmOptions, 'index'>

export interface RenderRequest {
  readonly index: number
}

export type RenderReply =
  { readonly index: number; readonly film: RenderedFilm } | { readonly index: number; readonly error: string }

const isRenderThread = !isMainThread && (workerData as { role?: unknown } | null)?.role === ROLE

/** Starts a thread that answers each `RenderRequest` with a `RenderReply`. */
export function startRenderWorker(options: SharedRenderOptions): Worker {
  if (isRenderThread)
    throw new Error('A rendering thread starts no threads: render single films with renderFilm there.')
  return new Worker(new URL(import.meta.url), { workerData: { role: ROLE, options } })
}

function serve(options: SharedRenderOptions): Promise<never> {
  const port = parentPort
  port?.on('message', ({ index }: RenderRequest) => {
    try {
      const film = renderFilm({ ...options, index })
      const buffers = [film.pixels.buffer, film.twin.buffer, ...film.findings.map(({ mask }) => mask.buffer)]
      port.postMessage({ index, film } satisfies RenderReply, buffers as ArrayBuffer[])
    } catch (error) {
      port.postMessage({ index, error: error instanceof Error ? error.message : String(error) } satisfies RenderReply)
    }
  })
  return new Promise(() => {})
}

if (isRenderThread) {
  await serve((workerData as { options: SharedRenderOptions }).options)
}
