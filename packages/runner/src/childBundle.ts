// The child's own code as one file beside the stages' bundles: plain node starts it in a tenth of a second, with no loader.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Workspace } from './Workspace.ts'

interface Memory {
  readonly esbuild: string
  /** Of the checkout that it is a bundle of: a folder that was copied with its cache has its own code. */
  readonly entry: string
  readonly files: Readonly<Record<string, string>>
  readonly file: string
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
const digestOf = (file: string): string => {
  try {
    return sha256(readFileSync(file))
  } catch {
    return 'none'
  }
}

/** Bundles `child.ts` with everything it needs, npm packages included; remembered by the contents of its own files. */
export const childBundle = async (workspace: Workspace): Promise<string> => {
  const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url))
  const memory = join(workspace.cache, 'child.json')
  try {
    const known = JSON.parse(readFileSync(memory, 'utf8')) as Memory
    const isThis = known.entry === entry && existsSync(known.file)
    if (isThis && Object.entries(known.files).every(([file, digest]) => digestOf(file) === digest)) return known.file
  } catch {
    // nothing remembered yet
  }
  const { build, version } = await import('esbuild')
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: '/',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@radiograft/source'],
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    tsconfigRaw: '{}',
    logLevel: 'silent',
  })
  const { text } = built.outputFiles[0]!
  const file = join(workspace.cache, `child-${sha256(text).slice(0, 16)}.mjs`)
  const write = (path: string, content: string): void => {
    writeFileSync(`${path}.${process.pid}.tmp`, content)
    renameSync(`${path}.${process.pid}.tmp`, path)
  }
  mkdirSync(workspace.cache, { recursive: true })
  write(file, text)
  const sources = Object.keys(built.metafile.inputs).map((path) => `/${path}`)
  const own = sources.filter((path) => !path.includes('/node_modules/'))
  const lock = join(workspace.root, 'package-lock.json')
  const files = Object.fromEntries([...own, lock].map((path) => [path, digestOf(path)]))
  write(memory, JSON.stringify({ esbuild: version, entry, files, file } satisfies Memory))
  return file
}
