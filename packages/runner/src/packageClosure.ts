// The npm packages that a bundle imports, with everything that they depend on, as package-lock.json pins them.
import { canonicalJson } from '@radiograft/pipeline'
import { createHash } from 'node:crypto'

interface LockEntry {
  readonly version?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
export interface Lock {
  readonly packages?: Readonly<Record<string, LockEntry>>
}

export interface Closure {
  /** sha256 over name, version and integrity of every package */
  readonly digest: string
  /** `name`, or `outer/node_modules/name` for a nested one → version */
  readonly versions: Readonly<Record<string, string>>
}

/**
 * `direct`: places such as `node_modules/effect`. Optional dependencies of every platform count, so that the digest is the
 * same on each. A package that the lock does not list counts by its name.
 */
export const packageClosure = (lock: Lock, direct: ReadonlyArray<string>): Closure => {
  const packages = lock.packages ?? {}
  const seen = new Set<string>()
  const resolveFrom = (place: string, name: string): string | undefined => {
    for (let at = place; ;) {
      const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
      if (packages[candidate]) return candidate
      if (at === '') return undefined
      const outer = at.lastIndexOf('/node_modules/')
      at = outer < 0 ? '' : at.slice(0, outer)
    }
  }
  const queue = [...direct]
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (seen.has(place)) continue
    seen.add(place)
    const entry = packages[place]
    const needs = { ...entry?.dependencies, ...entry?.optionalDependencies, ...entry?.peerDependencies }
    for (const name of Object.keys(needs)) {
      const found = resolveFrom(place, name)
      if (found !== undefined && !packages[found]!.link) queue.push(found)
    }
  }
  const places = [...seen].toSorted()
  const pinned = places.map((place) => [place, packages[place]?.version ?? '', packages[place]?.integrity ?? ''])
  return {
    digest: createHash('sha256').update(canonicalJson(pinned)).digest('hex'),
    versions: Object.fromEntries(
      places.map((place) => [place.replace(/^node_modules\//, ''), packages[place]?.version ?? 'unlisted']),
    ),
  }
}
