// How a file is named, without what numbers it: films of one source are mostly named alike. Used by describeFolder.
import { basename } from 'node:path'

/** `/a/person12_virus_5.jpeg` → `person#_virus_#`; ids of random hexadecimal digits are `*`. The ending is left out. */
export const namePattern = (path: string): string =>
  basename(path)
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}/gi, '*')
    .replaceAll(/\d+/g, '#')
