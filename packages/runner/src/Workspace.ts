// Where a run works: the folder with package-lock.json and node_modules, and where its store, runs and caches lie.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface Workspace {
  readonly root: string
  /** artefacts: `.radiograft/store` */
  readonly store: string
  /** run folders: `.radiograft/runs` */
  readonly runs: string
  /** bundles that children import: inside node_modules, so that their imports resolve */
  readonly cache: string
}

/** The workspace that holds `from`; `store` and `runs` may lie elsewhere (`--store`, `--out`). */
export const findWorkspace = (
  from: string,
  given: { readonly store?: string | undefined; readonly runs?: string | undefined } = {},
): Workspace => {
  let root = resolve(from)
  while (!existsSync(join(root, 'package-lock.json')) && dirname(root) !== root) root = dirname(root)
  if (!existsSync(join(root, 'package-lock.json'))) root = resolve(from)
  return {
    root,
    store: given.store === undefined ? join(root, '.radiograft/store') : resolve(given.store),
    runs: given.runs === undefined ? join(root, '.radiograft/runs') : resolve(given.runs),
    cache: join(root, 'node_modules/.cache/radiograft'),
  }
}
