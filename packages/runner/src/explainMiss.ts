// Why a key is new: its parts compared with the nearest earlier manifest of the same stage.
import type { KeyParts, Manifest } from '@radiograft/artefact-store'
import { canonicalJson } from '@radiograft/pipeline'
import type { StageCode } from './StageCode.ts'

const shown = (value: unknown): string => {
  const text = value === undefined ? '(none)' : canonicalJson(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const differing = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): ReadonlyArray<string> =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((k) => shownFully(a[k]) !== shownFully(b[k]))
const shownFully = (value: unknown): string => (value === undefined ? '' : canonicalJson(value))

/** The shortest way from the entry to a module, as file paths. */
const importPath = (code: StageCode, target: string): ReadonlyArray<string> => {
  const before = new Map<string, string | undefined>([[code.entry, undefined]])
  const queue = [code.entry]
  for (let path = queue.shift(); path !== undefined && !before.has(target); path = queue.shift())
    for (const next of code.imports[path] ?? [])
      if (!before.has(next)) {
        before.set(next, path)
        queue.push(next)
      }
  const way: string[] = []
  for (let at: string | undefined = before.has(target) ? target : undefined; at !== undefined; at = before.get(at))
    way.unshift(at)
  return way
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const codeReason = (code: StageCode, earlier: Manifest): string => {
  const changed = differing(earlier.modules, code.modules)
  const [first] = changed
  if (first === undefined) return 'code changed (the same modules, bundled otherwise)'
  const way = importPath(code, first)
  const by = way.length > 1 ? ` by ${way.map(nameOf).join(' → ')}` : ''
  const what =
    code.modules[first] === undefined ? 'no longer used' : earlier.modules[first] === undefined ? 'new' : 'changed'
  const more = changed.length > 1 ? `, and ${changed.length - 1} more` : ''
  return `code changed (${first} ${what}${by}${more})`
}

/** All differences, the ones that a person made first. */
const reasons = (parts: KeyParts, code: StageCode, earlier: Manifest): ReadonlyArray<string> => {
  const before = earlier.keyParts
  return [
    ...differing(before.params, parts.params).map(
      (name) => `params.${name} ${shown(before.params[name])} → ${shown(parts.params[name])}`,
    ),
    ...(before.code === parts.code ? [] : [codeReason(code, earlier)]),
    ...differing(before.inputs, parts.inputs).map((port) => `input ${port} changed`),
    ...(before.externals === parts.externals
      ? []
      : [
          `dependency ${
            differing(earlier.versions, { ...code.versions, node: earlier.versions['node'] })
              .map((name) => `${name} ${earlier.versions[name] ?? '(none)'} → ${code.versions[name] ?? '(none)'}`)
              .slice(0, 3)
              .join(', ') || 'integrity changed'
          }`,
        ]),
    ...differing(before.runtime ?? {}, parts.runtime ?? {}).map((name) => {
      const [was, is] = [before.runtime, parts.runtime] as ReadonlyArray<Readonly<Record<string, unknown>> | null>
      return `runtime.${name} ${shown(was?.[name])} → ${shown(is?.[name])}`
    }),
    ...(before.seed === parts.seed ? [] : ['seed changed']),
    ...(before.salt === parts.salt ? [] : [`salt '${before.salt}' → '${parts.salt}'`]),
    ...differing(before.schemas, parts.schemas).map((port) => `kind of ${port} changed`),
    ...(before.format === parts.format ? [] : ['format of keys changed']),
  ]
}

export interface Explanation {
  /** such as `params.steps 300 → 400` or `never computed` */
  readonly reason: string
  /** what it was compared with */
  readonly earlier: Manifest | undefined
}

/** `earlier`: manifests of the stage, newest first; the one with the fewest differences is the nearest. */
export const explainMiss = (
  id: string,
  parts: KeyParts,
  code: StageCode,
  earlier: ReadonlyArray<Manifest>,
): Explanation => {
  const [nearest] = earlier
    .map((manifest) => ({ manifest, why: reasons(parts, code, manifest) }))
    .toSorted((a, b) => a.why.length - b.why.length || Number(b.manifest.node === id) - Number(a.manifest.node === id))
  if (!nearest) return { reason: 'never computed', earlier: undefined }
  const { manifest, why } = nearest
  if (why.length === 0) return { reason: 'its manifest was put aside', earlier: manifest }
  return {
    reason: why.slice(0, 3).join('; ') + (why.length > 3 ? `; and ${why.length - 3} more` : ''),
    earlier: manifest,
  }
}
