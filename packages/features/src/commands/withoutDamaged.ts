// With --skip-bad: films whose damage, or colour, only decoding shows are found before anything is computed. They are
// decoded once more for it, at a small size.
import { streamFilms } from '@radiograft/data-io'
import type { OpenFilms } from './openFilms.ts'

/** @throws FolderError where no film is left */
export const withoutDamaged = async (
  set: OpenFilms,
  options: { readonly workers: number; readonly signal?: AbortSignal | undefined },
): Promise<OpenFilms> => {
  const { workers, signal } = options
  const bad = new Set<string>()
  const films = streamFilms(set, {
    size: 16,
    workers,
    ...(signal && { signal }),
    onBad: ({ film }) => bad.add(film!),
  })
  // oxlint-disable-next-line no-unused-vars -- only whether they can be decoded is asked
  for await (const _ of films);
  return { ...set, films: set.films.filter(({ film }) => !bad.has(film)), left: set.left + bad.size }
}
