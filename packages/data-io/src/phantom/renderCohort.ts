/**
 * Films of a cohort, rendered on worker threads, in id order. At most a few films are in memory at once, and the result
 * does not depend on the number of threads. Used by the phantom dataset stage.
 */
import { mapOnThreads } from '../threads/mapOnThreads.ts'
import { phantomFilmId } from './cohorts/describeFilm.ts'
import { renderFilm, type RenderedFilm, type SharedRenderOptions } from './renderFilm.ts'
import { startRenderer } from './renderFilm.worker.ts'

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

/** Renders the films one after another in id order. Leaving the loop early stops the threads. */
export async function* renderCohort(options: RenderCohortOptions): AsyncGenerator<RenderedFilm, void, undefined> {
  const { films, workers = 2, ...shared } = options
  const indices =
    typeof films === 'number' ? Array.from({ length: films }, (_, i) => i) : films.toSorted((a, b) => a - b)
  if (workers === 0) {
    for (const index of indices) yield renderHere(shared, index)
    return
  }
  let turn = 0
  for await (const result of mapOnThreads<RenderedFilm>(indices, workers, () => startRenderer(shared))) {
    const index = indices[turn++]!
    if ('failure' in result) throw new PhantomRenderError(phantomFilmId(index), result.failure)
    yield result.value
  }
}

function renderHere(shared: SharedRenderOptions, index: number): RenderedFilm {
  try {
    return renderFilm({ ...shared, index })
  } catch (error) {
    throw new PhantomRenderError(phantomFilmId(index), error instanceof Error ? error.message : String(error))
  }
}
