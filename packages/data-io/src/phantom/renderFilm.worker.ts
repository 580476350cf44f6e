/** The rendering thread of `renderCohort`. */
import { serveThread, startThread } from '../threads/serveThread.ts'
import { renderFilm, type SharedRenderOptions } from './renderFilm.ts'

const ROLE = 'radiograft-phantom-render'

/** Starts a thread that renders the film of each index. */
export const startRenderer = (options: SharedRenderOptions) => startThread(import.meta.url, ROLE, options)

await serveThread(ROLE, async (index: number, options: SharedRenderOptions) => {
  const film = renderFilm({ ...options, index })
  const buffers = [film.pixels.buffer, film.twin.buffer, ...film.findings.map(({ mask }) => mask.buffer)]
  return { value: film, transfer: buffers as ArrayBuffer[] }
})
