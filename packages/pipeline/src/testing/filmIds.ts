/** `film-00`, `film-01`, …: ids of a test's films, in the ascending order that stages are promised. At most 100. */
export const filmIds = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, i) => `film-${String(i).padStart(2, '0')}`)
