// esbuild behind one file: entries → one self-contained module each, workspace packages inlined, npm packages external.
// The text depends on the code alone: no paths, comments, types, formatting or unused declarations reach it.
import type { Metafile, Plugin } from 'esbuild'
import { isBuiltin } from 'node:module'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BundleError } from './errors.ts'

/** Bumped when an option below changes what the bundle of unchanged code looks like. */
export const bundleOptionsVersion = 1

export interface EntryBundle {
  readonly text: string
  /** path from the root → paths that it imports, of every module that was looked at */
  readonly graph: Readonly<Record<string, ReadonlyArray<string>>>
  /** modules of which something is in the text */
  readonly used: ReadonlyArray<string>
  /** places in the lock of the npm packages that the text imports, such as `node_modules/effect` */
  readonly packages: ReadonlyArray<string>
}

/** `/a/node_modules/@x/y/z.js` → `node_modules/@x/y`; nested ones keep their outer package. */
const packagePlace = (file: string): string | undefined => {
  const parts = file.split(sep)
  const first = parts.indexOf('node_modules')
  const last = parts.lastIndexOf('node_modules')
  if (first < 0) return undefined
  const names = parts[last + 1]!.startsWith('@') ? 2 : 1
  return parts.slice(first, last + 1 + names).join('/')
}

/** Children import from the root's node_modules, so a version that npm put into a package's own would not be what runs. */
const nestedIn = (root: string, file: string): string | undefined => {
  const path = relative(root, file)
  const at = path.indexOf(`${sep}node_modules${sep}`)
  return at > 0 && !path.startsWith('..') && !path.startsWith(`node_modules${sep}`) ? path.slice(0, at) : undefined
}

/** Decides by real path: what lies in node_modules stays an import, what a symlink there leads to is inlined. */
const inlineWorkspace = (root: string, places: Map<string, string>): Plugin => ({
  name: 'inline-workspace',
  setup: (build) => {
    build.onResolve({ filter: /^[^./]/ }, async (args) => {
      if (args.pluginData === 'seen' || args.kind === 'entry-point') return undefined
      if (isBuiltin(args.path)) return { path: args.path, external: true }
      const { importer, namespace, resolveDir, kind } = args
      const found = await build.resolve(args.path, { importer, namespace, resolveDir, kind, pluginData: 'seen' })
      if (found.errors.length > 0) return undefined
      const place = packagePlace(found.path)
      if (place === undefined) return { path: found.path, sideEffects: found.sideEffects }
      const owner = nestedIn(root, found.path)
      if (owner !== undefined)
        return {
          errors: [
            {
              text: `${args.path} has a version of its own in ${owner}/node_modules, but stages import the one of the workspace; let both ask for one version, then npm install`,
            },
          ],
        }
      places.set(args.path, place)
      return { path: args.path, external: true, sideEffects: found.sideEffects }
    })
  },
})

/**
 * Bundles all entries (absolute paths) in one call; answers them in order. `root` is a real path. With `maps` each text ends
 * with its source map as a comment, and is the same before it.
 */
export const bundleEntries = async (
  root: string,
  entries: ReadonlyArray<string>,
  maps = false,
): Promise<ReadonlyArray<EntryBundle>> => {
  const { build } = await import('esbuild')
  const places = new Map<string, string>()
  const built = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry, i) => ({ in: entry, out: `${i}` })),
    outdir: 'out',
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    conditions: ['@radiograft/source'],
    charset: 'utf8',
    minifyWhitespace: true,
    // not minifySyntax: it joins neighbouring declarations, so that an unused one between two would show
    minifySyntax: false,
    minifyIdentifiers: false,
    treeShaking: true,
    legalComments: 'none',
    tsconfigRaw: '{}',
    logLevel: 'silent',
    ...(maps && { sourcemap: 'inline' as const, sourceRoot: pathToFileURL(join(root, 'out/')).href }),
    plugins: [inlineWorkspace(root, places)],
  }).catch(async (cause: unknown) => {
    // which of them it is: the first that fails alone
    if (entries.length > 1) for (const entry of entries) await bundleEntries(root, [entry])
    const [first] = (cause as { errors?: ReadonlyArray<{ text: string; location?: { file: string; line: number } }> })
      .errors ?? [{ text: String(cause) }]
    const at = first?.location ? `${first.location.file}:${first.location.line}: ` : ''
    const which = entries.map((entry) => relative(root, entry)).join(', ')
    throw new BundleError(which, at + (first?.text ?? String(cause)), { cause })
  })
  const metafile: Metafile = built.metafile
  const graph = Object.fromEntries(
    Object.entries(metafile.inputs).map(([path, input]) => [
      path,
      input.imports.filter((one) => !one.external).map((one) => one.path),
    ]),
  )
  return entries.map((_, i) => {
    const output = metafile.outputs[`out/${i}.mjs`]!
    const text = built.outputFiles.find((file) => file.path.endsWith(`${sep}${i}.mjs`))!.text
    const packages = output.imports
      .filter((one) => one.external && !isBuiltin(one.path))
      .map((one) => places.get(one.path) ?? `node_modules/${one.path}`)
    const used = Object.entries(output.inputs)
      .filter(([, input]) => input.bytesInOutput > 0)
      .map(([path]) => path)
    return {
      text,
      graph: reachable(graph, output.entryPoint!),
      used: used.toSorted(),
      packages: [...new Set(packages)].toSorted(),
    }
  })
}

/** The part of the graph that an entry reaches. */
const reachable = (
  graph: Readonly<Record<string, ReadonlyArray<string>>>,
  entry: string,
): Readonly<Record<string, ReadonlyArray<string>>> => {
  const found: Record<string, ReadonlyArray<string>> = {}
  const queue = [entry]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found[path]) continue
    const imports = graph[path] ?? []
    found[path] = imports
    queue.push(...imports)
  }
  return found
}
