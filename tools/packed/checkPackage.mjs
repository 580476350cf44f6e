// Everything that is promised of one package, in an empty project of its own. Used by run.mjs.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, none } from './checks.mjs'
import { emptyProject, findsNo } from './emptyProject.mjs'
import { keepsItsPromises } from './keepsItsPromises.mjs'
import { wrongInTarball } from './packedFiles.mjs'
import { firstSnippet } from './promises.mjs'
import { reachedFrom } from './reach.mjs'
import { typeCheck } from './typeCheck.mjs'

/** Their root entries speak Effect: it is a peer that npm brings by itself. All others must do without. */
const withEffect = new Set(['pipeline', 'artefact-store', 'runner', 'report'])
/** Files of threads wait at their top level, which `require` cannot: CommonJS takes this one by `import()`. */
const importOnly = new Set(['data-io'])

const numbersOf = (name) => readFileSync(new URL(`numbers/${name}.mts`, import.meta.url), 'utf8')

/** A CommonJS program in TypeScript that has the package. */
const commonJs = (name, specifier) =>
  importOnly.has(name)
    ? `void import('${specifier}').then((all) => {\n  console.log(Object.keys(all).length > 0) // true\n})\n`
    : `import all = require('${specifier}')\nconsole.log(Object.keys(all).length > 0) // true\n`

/** What the root entry loads must be declared, and neither Effect nor what is built on it. */
const reachesWhatItDeclares = async ({ name, manifest, closure }, project) => {
  const reached = (await reachedFrom(project, manifest.name)).filter((other) => other !== manifest.name)
  const declared = new Set(closure.flatMap((p) => [p.manifest.name, ...p.required]))
  const barred = withEffect.has(name) ? [] : ['effect', '@radiograft/pipeline', '@radiograft/training']
  none(
    reached
      .filter((other) => !declared.has(other) || barred.includes(other))
      .map((other) => `its root entry loads ${other}`),
  )
  return reached.join(' ') || 'nothing else'
}

export const checkPackage = async (p, tarballs, { nodes, olderTypeScript }, folder) => {
  const { name, manifest, readme, closure, extras } = p
  const project = join(folder, name)
  const on = (what, body) => check(`${name}, ${what}`, body)
  const given = [...closure.map((q) => tarballs.get(q.name).path), ...extras]
  if (!(await on('installs by file in an empty project', () => emptyProject(project, given)))) return
  await on('tarball', async () => {
    const { files, size, unpackedSize } = tarballs.get(name)
    none(wrongInTarball(p, files, join(project, 'node_modules', manifest.name)))
    return `${Math.round(size / 1024)} kB, ${Math.round(unpackedSize / 1024)} kB unpacked, ${files.length} files`
  })
  if (!withEffect.has(name)) await on('no effect installed', () => findsNo(project, 'effect'))
  await on('reaches what it declares', () => reachesWhatItDeclares(p, project))

  // the README's snippet is plain JavaScript, and TypeScript too; the runner's are two files, and checkStages does as they do
  const snippet = name === 'runner' ? undefined : (firstSnippet(readme) ?? '')
  const numbers = numbersOf(name)
  const entries = Object.keys(manifest.exports).filter(
    (e) => !['./package.json', './stages', './commands', './tracking'].includes(e),
  )
  const texts = {
    'entries.ts': entries
      .map((e, i) => `import * as e${i} from '${manifest.name}${e.slice(1)}'\nvoid e${i}\n`)
      .join(''),
    'common.cts': commonJs(name, manifest.name),
    'numbers.mts': numbers,
    ...(snippet === undefined ? {} : { 'snippet.ts': snippet, 'snippet.mjs': snippet }),
  }
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(project, file), text)
  const compiled = await on('types', () =>
    typeCheck(
      // Effect's declarations take it half a minute: those four are seen by it together, in checkStages
      withEffect.has(name) ? undefined : olderTypeScript,
      project,
      Object.keys(texts).filter((file) => !file.endsWith('.mjs')),
    ),
  )
  if (snippet !== undefined) await on('README', () => keepsItsPromises(project, 'snippet.mjs', snippet, nodes))
  if (compiled) {
    await on('numbers', () => keepsItsPromises(project, 'numbers.mjs', numbers, nodes))
    await on('CommonJS', () => keepsItsPromises(project, 'common.cjs', texts['common.cts'], nodes))
  }
  rmSync(project, { recursive: true })
}
