// What tables say of one finding, counted over films. Used by summariseFolder and describeFolder.
import type { FolderFilm } from './FilmFolder.ts'

export const mentionCounts = (films: ReadonlyArray<Pick<FolderFilm, 'mentions'>>, finding: string) => {
  const of = (mention: number) => films.filter(({ mentions }) => mentions[finding] === mention).length
  const [present, absent, uncertain] = [of(1), of(0), of(-1)]
  // not what is undefined: a class may have the name of what every object has
  return { present, absent, uncertain, blank: films.length - present - absent - uncertain }
}
