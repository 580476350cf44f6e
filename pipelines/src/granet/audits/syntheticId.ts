// Ids of grafted films, `<host>+<donor>`: whose film it was and whose content it holds. Ids of real films may hold a plus too.

/** @returns undefined where no plus divides the id into two known films */
export const hostAndDonor = (
  id: string,
  isFilm: (film: string) => boolean,
): { readonly host: string; readonly donor: string } | undefined => {
  for (let at = id.indexOf('+'); at >= 0; at = id.indexOf('+', at + 1)) {
    const [host, donor] = [id.slice(0, at), id.slice(at + 1)]
    if (isFilm(host) && isFilm(donor)) return { host, donor }
  }
  return undefined
}
