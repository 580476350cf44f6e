// Entries → their code: bundled once, remembered by the contents of the files that were read, so that a run in which
// nothing changed starts no bundler.
import { canonicalJson } from '@radiograft/pipeline'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleEntries, bundleOptionsVersion } from './bundleEntries.ts'
import { BundleError } from './errors.ts'
import { packageClosure } from './packageClosure.ts'
import type { Lock } from './packageClosure.ts'
import type { StageCode } from './StageCode.ts'
import type { Workspace } from './Workspace.ts'

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const writeWhole = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, text)
  renameSync(temporary, file)
}

/** What is remembered of an entry: the files of its graph, and the code that came of them. */
interface Memory {
  readonly files: Readonly<Record<string, string>>
  readonly lock: string
  readonly options: number
  readonly code: Omit<StageCode, 'file'>
  /** sha256 of the bundle's file, which differs from `code.digest` when another esbuild had recorded that first */
  readonly text: string
}

/** Nothing when it is half written or of another format. */
const parseMemory = (text: string | undefined): Memory | undefined => {
  try {
    const memory = JSON.parse(text ?? 'null') as Memory | null
    return memory?.files && memory.code ? memory : undefined
  } catch {
    return undefined
  }
}

/** Every package.json above a file of the graph: `exports` and `sideEffects` there decide what a name means and what stays. */
const packageFilesOf = (files: ReadonlyArray<string>): ReadonlyArray<string> => {
  const folders = new Set<string>()
  for (const file of files)
    for (let at = dirname(file); !folders.has(at); at = dirname(at)) {
      folders.add(at)
      if (at === '.' || at === '/') break
    }
  return [...folders].filter((at) => !at.startsWith('..')).map((at) => join(at, 'package.json'))
}

/**
 * The code of every entry, by its URL. `record` is a folder that maps file graphs to bundle digests: a graph known from
 * another version of esbuild keeps its digest, so that an upgrade alone re-runs nothing.
 */
export const loadStageCode = async (
  workspace: Workspace,
  entries: ReadonlyArray<URL>,
  record: string | undefined,
): Promise<ReadonlyMap<string, StageCode>> => {
  const root = realpathSync(workspace.root)
  const lockText = readText(join(root, 'package-lock.json')) ?? '{}'
  const lockDigest = sha256(lockText)
  const stages = join(workspace.cache, 'stages')
  const digests = new Map<string, string>()
  /** `none` for a file that is not there: when it appears, the code is bundled anew */
  const digestOf = (path: string): string => {
    const known = digests.get(path)
    if (known !== undefined) return known
    const text = readText(join(root, path))
    const digest = text === undefined ? 'none' : sha256(text)
    digests.set(path, digest)
    return digest
  }
  const found = new Map<string, StageCode>()
  const missing: Array<{ readonly href: string; readonly path: string; readonly memory: string }> = []
  for (const href of new Set(entries.map((entry) => entry.href))) {
    const path = fileURLToPath(href)
    let real: string
    try {
      real = realpathSync(path)
    } catch (cause) {
      throw new BundleError(path, 'there is no such file', { cause })
    }
    const memory = join(workspace.cache, 'code', `${sha256(relative(root, real)).slice(0, 32)}.json`)
    const text = readText(memory)
    const known = parseMemory(text)
    const fresh =
      known !== undefined &&
      known.lock === lockDigest &&
      known.options === bundleOptionsVersion &&
      Object.entries(known.files).every(([file, digest]) => digestOf(file) === digest)
    const file = known ? join(stages, `${known.code.digest}.mjs`) : ''
    const bundle = fresh ? readText(file) : undefined
    if (fresh && bundle !== undefined && sha256(bundle) === known.text) found.set(href, { ...known.code, file })
    else missing.push({ href, path: real, memory })
  }
  if (missing.length === 0) return found

  const lock = JSON.parse(lockText) as Lock
  const bundles = await bundleEntries(
    root,
    missing.map((one) => one.path),
  )
  missing.forEach(({ href, path, memory }, i) => {
    const bundle = bundles[i]!
    const sources = Object.keys(bundle.graph)
    const files = Object.fromEntries(
      [...sources, ...packageFilesOf(sources)].toSorted().map((one) => [one, digestOf(one)]),
    )
    const text = sha256(bundle.text)
    const graph = sha256(canonicalJson([bundleOptionsVersion, relative(root, path), files]))
    const recorded = record === undefined ? undefined : readText(join(record, graph))
    if (record !== undefined && recorded === undefined) writeWhole(join(record, graph), text)
    const digest = recorded ?? text
    const closure = packageClosure(lock, bundle.packages)
    const code = {
      digest,
      modules: Object.fromEntries(bundle.used.map((one) => [one, digestOf(one)])),
      imports: bundle.graph,
      entry: relative(root, path),
      externals: closure.digest,
      versions: closure.versions,
    }
    const file = join(stages, `${digest}.mjs`)
    writeWhole(file, bundle.text)
    writeWhole(
      memory,
      JSON.stringify({ files, lock: lockDigest, options: bundleOptionsVersion, code, text } satisfies Memory),
    )
    found.set(href, { ...code, file })
  })
  return found
}
