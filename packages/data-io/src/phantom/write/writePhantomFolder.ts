/**
 * A phantom cohort as a folder of films in a layout that real films come in, so that everything which reads folders can
 * be tried without one. Films are rendered on threads and written as they come. Used by the command line and by tests,
 * which read back what was written.
 */
import { resolve } from 'node:path'
import { renderCohort } from '../renderCohort.ts'
import { phantomRecipe, type PhantomFolderKnobs } from './phantomRecipe.ts'
import { writeFilms, type WriteFilmsOptions, type WrittenFolder } from './writeFilms.ts'

export type { WrittenFolder } from './writeFilms.ts'

export interface WritePhantomOptions extends PhantomFolderKnobs, WriteFilmsOptions {
  /** The folder to fill: absent or empty. */
  readonly out: string
  /** Threads; 0 renders in this one. @default 2 */
  readonly workers?: number | undefined
}

/**
 * Renders films 0 to n − 1 of the cohort and writes them with the layout's tables and a README.txt that says what they
 * are. A film is the same whatever the number of films and threads. An interrupted writing leaves nothing in the folder
 * but `.unfinished`, and such a folder is refused like any other that is not empty.
 * @throws PhantomFolderError before anything is written: the folder holds something, or an option is impossible
 * @throws PhantomRenderError a film cannot be rendered
 * @throws the signal's reason
 */
export async function writePhantomFolder(options: WritePhantomOptions): Promise<WrittenFolder> {
  const folder = resolve(options.out)
  const recipe = phantomRecipe(folder, options)
  const { seed, size, bits, films, delta } = recipe
  const { cohort, jitter, noise, view, boxes, coupling, markerCoupling, distractors, devices, workers } = options
  const knobs = { cohort, jitter, noise, view, boxes, coupling, markerCoupling, distractors, devices }
  const rendered = renderCohort({ ...knobs, seed, size, bits, films, delta, workers })
  return await writeFilms(rendered, recipe, folder, options)
}
