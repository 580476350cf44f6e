// Which films of a folder are used, and what their target is: the choices of FolderOptions, and nothing that reads.
// Used by checkFolder.
import { classOfTarget } from './classOfTarget.ts'
import type { DescribedFilm } from './describeFilm.ts'
import { isFrontal } from './describeFilm.ts'
import type { FilmFolder, FolderFilm, FolderOptions } from './FilmFolder.ts'

/** A film is left out for the first reason that holds. */
export const chooseFilms = (
  films: ReadonlyArray<DescribedFilm>,
  finding: string,
  { laterals = 'refuse', uncertain = 'positive', unboxed = 'keep' }: FolderOptions,
): { readonly films: ReadonlyArray<FolderFilm>; readonly left: Omit<FilmFolder['left'], 'bad'> } => {
  const left = { laterals: [] as string[], uncertain: [] as string[], unboxed: [] as string[] }
  const chosen = films.flatMap((film): ReadonlyArray<FolderFilm> => {
    const mention = film.mentions[finding]
    // a finding that is not mentioned is not there, as in CheXpert's own evaluation
    const target = mention === 1 || (mention === -1 && uncertain === 'positive') ? 1 : 0
    const boxed = film.boxes.some(({ label }) => label === finding)
    if (laterals === 'drop' && !isFrontal(film.view)) left.laterals.push(film.film)
    else if (mention === -1 && uncertain === 'drop') left.uncertain.push(film.film)
    else if (target === 1 && !boxed && unboxed === 'drop') left.unboxed.push(film.film)
    else return [{ ...film, class: classOfTarget(film.class, target, finding), target }]
    return []
  })
  return { films: chosen, left }
}
