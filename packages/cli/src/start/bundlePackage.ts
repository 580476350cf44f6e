// A package of hundreds of modules as one file, made once and kept beside the other caches. Used by `useBundledPackages`.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** Bumped when the options below change. */
const bundleVersion = 1

/** The folder of the package that a file belongs to: the nearest above it, inside node_modules, with a name and a version. */
const packageOf = (file: string): { readonly folder: string; readonly name: string; readonly version: string } => {
  for (let at = dirname(file); at.includes(`${sep}node_modules${sep}`); at = dirname(at))
    if (existsSync(join(at, 'package.json'))) {
      const { name, version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Record<string, string>
      if (name !== undefined && version !== undefined) return { folder: at, name, version }
    }
  throw new Error(`${file} belongs to no package`)
}

/**
 * The bundle of the package whose entry this is, with everything that it imports, made when it is not there. Its name
 * holds the version, so that another one gets another file.
 * @param entry absolute path
 * @returns absolute path in `node_modules/.cache/radiograft/packages`
 */
export const bundlePackage = async (entry: string): Promise<string> => {
  const { folder, name, version } = packageOf(entry)
  const modules = folder.slice(0, -name.length)
  const cache = join(modules, '.cache/radiograft/packages')
  const file = join(cache, `${name.replaceAll('/', '+')}-${version}-${bundleVersion}.mjs`)
  if (existsSync(file)) return file
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
  })
  mkdirSync(cache, { recursive: true })
  writeFileSync(`${file}.${process.pid}.tmp`, outputFiles[0]!.contents)
  renameSync(`${file}.${process.pid}.tmp`, file)
  return file
}
