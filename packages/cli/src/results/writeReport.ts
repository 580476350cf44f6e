// Writes the report of a run: the page, and the pictures beside it where a page with them would be too large.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Report } from '@radiograft/report'

/** What an earlier page may have left: our names only, so that a file of the reader's own stays. */
const isTile = (name: string): boolean => /^\d{4,}-\d+\.png$/.test(name)

const namesIn = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @returns path of the page */
export const writeReport = (folder: string, { html, tiles }: Report): string => {
  const films = join(folder, 'films')
  const wanted = new Set(tiles.map(({ path }) => path))
  for (const name of namesIn(films)) if (isTile(name) && !wanted.has(`films/${name}`)) rmSync(join(films, name))
  if (tiles.length === 0 && namesIn(films).length === 0) rmSync(films, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const parent of new Set(tiles.map(({ path }) => dirname(path))))
    mkdirSync(join(folder, parent), { recursive: true })
  for (const { path, bytes } of tiles) writeFileSync(join(folder, path), bytes)
  // last, so that a page never names a picture that is not there yet
  const page = join(folder, 'index.html')
  writeFileSync(page, html)
  return page
}
