/**
 * Rendered films, as they come, to a folder in a layout: files, then tables, then everything moved to its place. Nothing
 * but what tables need is kept of a film. Used by `writePhantomFolder.ts`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RenderedFilm } from '../renderFilm.ts'
import { encodePhantomFilm, ENDINGS } from './encodePhantomFilm.ts'
import { PHANTOM_LAYOUTS, type PhantomLayoutName } from './phantomLayouts.ts'
import { phantomReadme } from './phantomReadme.ts'
import type { PhantomRecipe } from './phantomRecipe.ts'
import { tabled, type TabledFilm } from './tabledFilm.ts'
import { finishFolder, startFolder } from './unfinishedFolder.ts'

export interface WriteFilmsOptions {
  /** After each written film. */
  readonly onProgress?: ((done: number, films: number) => void) | undefined
  /** Aborted, the writing stops after the film at hand and leaves the folder unfinished. */
  readonly signal?: AbortSignal | undefined
}

export interface WrittenFolder {
  /** Absolute: what `--data` takes. */
  readonly folder: string
  readonly layout: PhantomLayoutName
  readonly films: number
  readonly patients: number
  /** Films that show an opacity. */
  readonly positives: number
  /** Opacities on them. */
  readonly boxes: number
  /** Names of the tables in the folder. */
  readonly tables: readonly string[]
}

/**
 * @param films in id order, as the recipe says
 * @param folder absolute; absent or empty
 * @throws PhantomFolderError before anything is written: the folder holds something
 */
export async function writeFilms(
  films: AsyncIterable<RenderedFilm> | Iterable<RenderedFilm>,
  recipe: PhantomRecipe,
  folder: string,
  { onProgress, signal }: WriteFilmsOptions = {},
): Promise<WrittenFolder> {
  signal?.throwIfAborted()
  const place = await startFolder(folder)
  const { layout, encoding } = recipe
  const { stemOf, tables } = PHANTOM_LAYOUTS[layout]
  const ending = ENDINGS[encoding]
  // the number of films is no part of what a film is
  const { films: count, ...ofEachFilm } = recipe
  const encodingOptions = { ...recipe, recipe: JSON.stringify(ofEachFilm) }
  const written: TabledFilm[] = []
  const parents = new Set<string>()
  for await (const film of films) {
    signal?.throwIfAborted()
    const row = tabled(film)
    const path = join(place, stemOf(row) + ending)
    const parent = dirname(path)
    if (!parents.has(parent)) await mkdir(parent, { recursive: true })
    parents.add(parent)
    await writeFile(path, await encodePhantomFilm(film, encodingOptions))
    written.push(row)
    onProgress?.(written.length, count)
  }

  const patients = new Set(written.map(({ description }) => description.patientId)).size
  const texts = Object.entries(tables(written, ending))
  await writeFile(join(place, 'README.txt'), phantomReadme(recipe, patients))
  for (const [name, text] of texts) await writeFile(join(place, name), text)
  const names = texts.map(([name]) => name)
  await finishFolder(folder, names)
  return {
    folder,
    layout,
    films: written.length,
    patients,
    positives: written.filter((film) => film.class === 'Lung Opacity').length,
    boxes: written.flatMap((film) => film.findings).filter(({ type }) => type === 'opacity').length,
    tables: names,
  }
}
