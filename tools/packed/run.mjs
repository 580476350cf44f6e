// The proof of "usable alone": packs every public package, installs the tarballs by file in an empty project without
// Effect, and there checks types, reads the README's snippet to the letter, and calls the package on numbers whose answers
// were found by hand, under every Node that is supported. Then three tasks as a user of one package would do them.
// Nothing is left behind; nothing is ever published. Needs the npm registry. usage: node tools/packed/run.mjs [package or user's path …]
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, mustRun } from './command.mjs'
import { emptyProject, installed } from './emptyProject.mjs'
import { wrongInTarball } from './packedFiles.mjs'
import { brokenPromise, firstSnippet } from './promises.mjs'
import { ours, publicPackages, root } from './publicPackages.mjs'
import { reachedFrom } from './reach.mjs'
import { installTools } from './tools.mjs'
import { typeCheck } from './typeCheck.mjs'

/** Their root entries speak Effect: it is a peer that npm brings by itself. All others must do without. */
const withEffect = new Set(['pipeline', 'artefact-store', 'runner', 'report'])

const here = join(root, 'tools/packed')
const work = mkdtempSync(join(tmpdir(), 'radiograft-packed-'))
const asked = process.argv.slice(2)
const paths = readdirSync(join(here, 'userPaths')).filter((file) => asked.length === 0 || asked.includes(file))
/** Which packages a user's path starts from: the first line of the program says so. */
const wantedBy = (file) =>
  /^\/\/ npm install (.*)$/m.exec(readFileSync(join(here, 'userPaths', file), 'utf8'))[1].split(' ')
const everyPackage = publicPackages()
const chosen = everyPackage.filter(({ name }) => asked.length === 0 || asked.includes(name))
const needed = new Set([...chosen.map(({ name }) => name), ...paths.flatMap((file) => ours(wantedBy(file)))])
const packages = everyPackage.filter(({ name }) =>
  everyPackage.some((p) => needed.has(p.name) && p.closure.some((q) => q.name === name)),
)
const built = packages
  .filter(({ folder }) => !existsSync(join(folder, 'dist')))
  .map(({ folder }) => join(folder, 'dist'))
const cleanUp = () => [work, ...built].forEach((path) => rmSync(path, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    cleanUp()
    process.exit(130)
  })

let [passed, failed] = [0, 0]
/** One line: what was checked, and what is wrong where something is. `body` returns a note, or throws. */
const check = async (name, body) => {
  const started = performance.now()
  const problem = await body().then(
    (note) => ({ note }),
    (error) => ({ error }),
  )
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7)
  if (problem.error === undefined) passed++
  else failed++
  console.log(`${problem.error ? 'FAILED' : 'ok    '} ${seconds}  ${name}${problem.note ? `: ${problem.note}` : ''}`)
  if (problem.error) console.log(`        ${String(problem.error.message).split('\n').slice(0, 30).join('\n        ')}`)
  return problem.error === undefined
}
const none = (problems) => {
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** npm's own way: build, pack. @returns by name, the tarball and what it holds */
const pack = async () => {
  const names = packages.map(({ name }) => name)
  await mustRun('npx', ['nx', 'run-many', '-t', 'build', '-p', names.map((name) => `@radiograft/${name}`).join()], {
    cwd: root,
  })
  const { stdout } = await mustRun(
    'npm',
    [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      work,
      ...names.flatMap((n) => ['-w', `packages/${n}`]),
    ],
    { cwd: root },
  )
  return new Map(
    JSON.parse(stdout).map(({ name, filename, size, unpackedSize, files }) => [
      ours([name])[0],
      { path: join(work, filename), size, unpackedSize, files: files.map((file) => file.path) },
    ]),
  )
}

/** Runs one program of the project under every Node and holds it to what its comments promise. */
const keepsItsPromises = async (project, program, text, nodes) => {
  const results = await Promise.all(
    nodes.map(async ({ name, path }) => {
      const { status, stdout, stderr } = await command(path, [program], { cwd: project, env: { NO_COLOR: '1' } })
      const broken = status === 0 ? brokenPromise(text, stdout) : `ended with ${status}\n${stderr.slice(-2000)}`
      return broken === undefined ? [] : [`Node ${name}: ${broken}`]
    }),
  )
  none(results.flat())
  return `Node ${nodes.map(({ name }) => name).join(', ')}`
}

/** Every check of one package, in an empty project of its own. */
const checkPackage = async (p, tarballs, { nodes, compilers }) => {
  const project = join(work, p.name)
  const say = (what) => `${p.name}, ${what}`
  const given = [...p.closure.map(({ name }) => tarballs.get(name).path), ...p.extras]
  if (!(await check(say('installs by file in an empty project'), async () => emptyProject(project, given)))) return
  const folder = join(project, 'node_modules/@radiograft', p.name)
  await check(say('tarball'), async () => {
    const { files, size, unpackedSize } = tarballs.get(p.name)
    none(wrongInTarball(p, files, folder))
    return `${Math.round(size / 1024)} kB, ${Math.round(unpackedSize / 1024)} kB unpacked, ${files.length} files`
  })
  const alone = !withEffect.has(p.name)
  if (alone)
    await check(say('no effect installed'), async () => {
      const found = await installed(project, 'effect')
      if (found !== undefined) throw new Error(found)
    })
  await check(say('reaches what it declares'), async () => {
    const reached = await reachedFrom(project, p.manifest.name)
    const allowed = new Set(p.closure.flatMap((q) => [q.manifest.name, ...q.required]))
    const barred = alone ? ['effect', '@radiograft/pipeline', '@radiograft/training'] : []
    none(
      reached
        .filter((name) => !allowed.has(name) || (barred.includes(name) && name !== p.manifest.name))
        .map((name) => `its root entry loads ${name}`),
    )
    return reached.filter((name) => name !== p.manifest.name).join(' ') || 'nothing else'
  })

  const snippet = firstSnippet(p.readme)
  const readable = alone ? snippet : undefined // those of the platform are TypeScript, with files beside them
  const numbers = readFileSync(join(here, 'numbers', `${p.name}.mts`), 'utf8')
  const entries = Object.keys(p.manifest.exports)
    .filter((entry) => !['./package.json', './stages', './commands'].includes(entry))
    .map((entry) => p.manifest.name + entry.slice(1))
  const write = (name, text) => (writeFileSync(join(project, name), text), name)
  const files = [
    write('entries.ts', entries.map((entry, i) => `import * as e${i} from '${entry}'\nvoid e${i}\n`).join('')),
    write(
      'required.cts',
      `import all = require('${p.manifest.name}')\nconsole.log(Object.keys(all).length > 0) // true\n`,
    ),
    write('numbers.mts', numbers),
    ...(readable ? [write('snippet.ts', readable)] : []),
  ]
  const compiled = await check(say('types'), async () => {
    const { ours, theirs } = await typeCheck(compilers, project, files, { emit: true })
    none(ours)
    const note = `TypeScript ${compilers.map(({ name }) => name).join(' and ')}, nodenext and bundler`
    return theirs === 0 ? note : `${note} (${theirs} errors within declarations of others)`
  })
  // as a reader would paste it: plain JavaScript
  if (readable)
    await check(say('README'), () => keepsItsPromises(project, write('snippet.mjs', readable), readable, nodes))
  if (compiled) {
    await check(say('numbers'), () => keepsItsPromises(project, 'numbers.mjs', numbers, nodes))
    await check(say('require()'), () => keepsItsPromises(project, 'required.cjs', 'console.log() // true', nodes))
  }
  rmSync(project, { recursive: true })
}

/** One task of a user of one package: a program that says in its first line what it needs installed. */
const checkUserPath = async (file, tarballs, { nodes }) => {
  const text = readFileSync(join(here, 'userPaths', file), 'utf8')
  const project = join(work, `user-${file}`)
  const wanted = wantedBy(file)
  const closure = ours(wanted).flatMap((name) => packages.find((p) => p.name === name).closure)
  const given = [
    ...new Set(closure.map(({ name }) => tarballs.get(name).path)),
    ...wanted.filter((name) => !name.startsWith('@radiograft/')),
  ]
  await check(`user of ${ours(wanted).join(', ')}: ${file}`, async () => {
    await emptyProject(project, given)
    copyFileSync(join(here, 'userPaths', file), join(project, file))
    for (const node of nodes) await keepsItsPromises(project, file, text, [node])
    const found = await installed(project, 'effect')
    if (found !== undefined) throw new Error(found)
  })
  rmSync(project, { recursive: true, force: true })
}

/** As many at a time as there are cores. */
const inParallel = async (tasks) => {
  const queue = [...tasks]
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) await task()
    }),
  )
}

try {
  let tarballs
  let tools
  const ready = await Promise.all([
    check('build and pack', async () => void (tarballs = await pack())),
    check('other Nodes, an older TypeScript', async () => void (tools = await installTools(join(work, 'tools')))),
  ])
  if (ready.every(Boolean)) {
    // the longest first: those with a tensor backend
    const order = chosen.toSorted((a, b) => b.extras.length - a.extras.length)
    await inParallel([
      ...order.map((p) => () => checkPackage(p, tarballs, tools)),
      ...paths.map((file) => () => checkUserPath(file, tarballs, tools)),
    ])
  }
} finally {
  cleanUp()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
