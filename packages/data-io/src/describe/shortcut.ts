// How far one thing that is no finding tells the target: against all other films, and against normal ones, which are what
// a detector is often compared on. Used by shortcuts and describePixels.
import type { FolderFilm } from '../folder/FilmFolder.ts'
import type { Shortcut } from './FolderDescription.ts'
import { oneVariableAuc } from './oneVariableAuc.ts'
import type { OneVariableAuc } from './oneVariableAuc.ts'

export type ShortcutFilm = Pick<FolderFilm, 'target' | 'patient' | 'class'>

/**
 * @param high what a high score is, in a word
 * @param score undefined where it is not known of the film
 */
export const shortcut = <Film extends ShortcutFilm>(
  variable: Shortcut['variable'],
  high: string,
  films: ReadonlyArray<Film>,
  score: (film: Film) => number | undefined,
): Shortcut => {
  const scored = films.flatMap((film) => {
    const value = score(film)
    return value === undefined ? [] : [{ score: value, target: film.target, patient: film.patient, class: film.class }]
  })
  const normal = scored.filter((film) => film.target === 1 || film.class === 'Normal')
  const against: OneVariableAuc | undefined = normal.length < scored.length ? oneVariableAuc(normal) : undefined
  return {
    variable,
    high,
    alone: oneVariableAuc(scored),
    againstNormal: against,
    unknown: films.length - scored.length,
  }
}
