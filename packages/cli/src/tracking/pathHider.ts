// Texts without paths of this machine: folders are named by what they are. Used for whatever leaves for a tracking server.

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
/** A character of a path that is written in a text, and one that such a path may end in. */
const inner = String.raw`[^\s"'<>|)\]]`
const last = String.raw`[^\s"'<>|)\].,:;]`
/** What follows a folder in a path. */
const below = String.raw`(?:[\\/](?:${inner}*${last})?)?`
const anyHome = new RegExp(String.raw`(?<![\w.-])(?:/home|/Users|[A-Z]:\\Users)[\\/]${inner}*${last}`, 'g')

/** @param folders path → name; a shorter one that another lies in comes second by itself */
export const pathHider = (folders: Readonly<Record<string, string>>): ((text: string) => string) => {
  // `/` and the like are in every text
  const paths = Object.keys(folders)
    .filter((path) => path.length > 3)
    .toSorted((a, b) => b.length - a.length)
  const known =
    paths.length === 0 ? undefined : new RegExp(`(?<![\\w.-])(${paths.map(escaped).join('|')})(?![\\w-])${below}`, 'g')
  return (text) => {
    const named = known ? text.replaceAll(known, (_, path: string) => `(${folders[path]})`) : text
    return named.replaceAll(anyHome, '(a folder of this machine)')
  }
}
