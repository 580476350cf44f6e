// What a tarball holds, against what it should: licence, fresh output, nothing of the tests, every path that package.json
// and the files themselves name, and no import that is not declared. Used by run.mjs.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { root } from './publicPackages.mjs'

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** What a compiled file imports; examples in doc comments begin with an asterisk and are passed over. */
const specifiers = (text) =>
  [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map((m) => m[1] ?? m[2] ?? m[3])

/** Files that an entry of a stage or a worker names by URL. */
const urls = (text) =>
  [...text.matchAll(/^(?! \*).*(?:Stage\.entry\(import\.meta\.url,\s*|new URL\()['"](\.\.?\/[^'"]+)['"]/gm)].map(
    (m) => m[1],
  )

/**
 * @param files paths inside the tarball, as npm lists them
 * @param folder where the package lies once installed
 * @returns what is wrong, one line each
 */
export const wrongInTarball = ({ manifest }, files, folder) => {
  const wrong = []
  const held = new Set(files)
  const exported = Object.entries(manifest.exports)
  const testingExported = './testing' in manifest.exports
  const text = (path) => readFileSync(join(folder, path), 'utf8')

  if (!held.has('LICENSE')) wrong.push('no LICENSE')
  else if (text('LICENSE') !== readFileSync(join(root, 'LICENSE'), 'utf8')) wrong.push('LICENSE is not the workspace’s')
  for (const path of files) {
    if (/\.test\.|(^|\/)fixtures\//.test(path)) wrong.push(`${path} is for tests`)
    if (!testingExported && /(^|\/)testing\//.test(path)) wrong.push(`${path} is for tests and not exported`)
    if (!/^(dist|src)\/|^(package\.json|README\.md|LICENSE)$/.test(path)) wrong.push(`${path} does not belong there`)
  }
  for (const [entry, target] of exported)
    for (const [condition, path] of Object.entries(typeof target === 'string' ? { default: target } : target))
      if (!held.has(path.slice(2))) wrong.push(`exports ${entry} (${condition}) names ${path}, which is not there`)
  for (const [entry, target] of exported)
    if (typeof target !== 'string' && Object.keys(target).join() !== '@radiograft/source,types,default')
      wrong.push(`exports ${entry}: conditions must be @radiograft/source, types, default, in this order`)

  // dist is what this source compiles to, no more and no less
  for (const path of files) {
    const source = /^dist\/(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(path)?.[1]
    if (source !== undefined && !held.has(`src/${source}.ts`)) wrong.push(`${path} is stale: src/${source}.ts is gone`)
    const compiled = /^src\/(.*?)(?<!\.d)\.ts$/.exec(path)?.[1]
    if (compiled !== undefined && !held.has(`dist/${compiled}.js`)) wrong.push(`${path} was not compiled`)
  }

  const { name, dependencies = {}, peerDependencies = {} } = manifest
  const declared = new Set([name, ...Object.keys(dependencies), ...Object.keys(peerDependencies)])
  for (const path of files.filter((f) => /^dist\/.*(\.js|\.d\.ts)$/.test(f))) {
    const types = path.endsWith('.d.ts')
    for (const s of [...specifiers(text(path)), ...(types ? [] : urls(text(path)))]) {
      if (s.startsWith('.')) {
        const target = posix.join(posix.dirname(path), s)
        const candidates = types
          ? [target.replace(/\.ts$/, '.d.ts'), target.replace(/\.js$/, '.d.ts')]
          : [target, `${target}.js`]
        if (target !== 'package.json' && !candidates.some((c) => held.has(c)))
          wrong.push(`${path} names ${s}, which is not in the tarball`)
      } else if (!isBuiltin(s) && !declared.has(packageOf(s)))
        wrong.push(`${path} imports ${s}, which package.json does not declare`)
    }
  }
  return wrong
}
