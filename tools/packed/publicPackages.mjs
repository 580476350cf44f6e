// The packages that are packed: every folder of packages/ that is not private, with what each of them needs installed
// beside it. Used by run.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const SCOPE = '@radiograft/'

/** The short names of workspace packages among `names`. */
export const ours = (names) => names.filter((name) => name.startsWith(SCOPE)).map((name) => name.slice(SCOPE.length))

/**
 * What the README tells its reader to install beside the package: the words after `npm install` in its first sh block,
 * without our own packages.
 */
const toldToInstall = (readme) =>
  (/```sh\n(?:.*\n)*?npm install ([^\n#]*)/.exec(readme)?.[1] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('-') && !word.startsWith(SCOPE))

/** @returns every public package: its manifest, README, folder, and the packages beside it that npm would bring or want */
export const publicPackages = () => {
  const all = readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name)
    if (!existsSync(join(folder, 'package.json'))) return []
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (manifest.private) return []
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    const optional = Object.entries(manifest.peerDependenciesMeta ?? {}).flatMap(([n, m]) => (m.optional ? [n] : []))
    const peers = Object.keys(manifest.peerDependencies ?? {})
    const required = [...Object.keys(manifest.dependencies ?? {}), ...peers.filter((n) => !optional.includes(n))]
    return [{ name, folder, manifest, readme, required, optional, extras: toldToInstall(readme) }]
  })
  const byName = new Map(all.map((p) => [p.name, p]))
  const closure = (name, seen = new Set()) => {
    if (seen.has(name)) return seen
    seen.add(name)
    for (const next of ours(byName.get(name).required)) closure(next, seen)
    return seen
  }
  return all.map((p) => ({ ...p, closure: [...closure(p.name)].map((name) => byName.get(name)) }))
}
