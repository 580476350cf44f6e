// The proof of "usable alone": packs every public package, installs the tarballs by file in an empty project without
// Effect, and there checks types, holds the README's snippet to the letter, and calls the package on numbers whose answers
// were found by hand, under every Node that is supported. Then three tasks as a user of one package would do them.
// Nothing is left behind; nothing is ever published. Needs the npm registry; the tensor runtime is provisioned if it is
// not there. usage: node tools/packed/run.mjs [package or user's path …]
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage } from './checkPackage.mjs'
import { check, totals } from './checks.mjs'
import { checkStages } from './checkStages.mjs'
import { checkUserPath, userPaths, wantedBy } from './checkUserPath.mjs'
import { endAll } from './command.mjs'
import { pack } from './pack.mjs'
import { ours, publicPackages } from './publicPackages.mjs'
import { installTools } from './tools.mjs'

const asked = process.argv.slice(2)
const isAsked = (name) => asked.length === 0 || asked.includes(name)
const all = publicPackages()
const chosen = all.filter(({ name }) => isAsked(name))
const paths = readdirSync(userPaths).filter((file) => file.endsWith('.mjs') && isAsked(file))
const needed = new Set([...chosen.map(({ name }) => name), ...paths.flatMap((file) => ours(wantedBy(file)))])
const packages = all.filter((p) => all.some((q) => needed.has(q.name) && q.closure.some(({ name }) => name === p.name)))

const work = mkdtempSync(join(tmpdir(), 'radiograft-packed-'))
const built = packages.map(({ folder }) => join(folder, 'dist')).filter((dist) => !existsSync(dist))
const leaveNothing = () => {
  for (const path of [work, ...built]) rmSync(path, { recursive: true, force: true })
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, async () => {
    await endAll()
    leaveNothing()
    process.exit(130)
  })

/** As many tasks at a time as there are cores. */
const inParallel = async (tasks) => {
  const queue = [...tasks]
  const worker = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await task()
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

try {
  let [tarballs, tools] = []
  const ready = await Promise.all([
    check('build and pack', async () => void (tarballs = await pack(packages, work))),
    check('other Nodes, an older TypeScript', async () => void (tools = await installTools(join(work, 'tools')))),
  ])
  if (ready.every(Boolean)) {
    // the longest first: those with a tensor backend
    const order = chosen.toSorted((a, b) => b.extras.length - a.extras.length)
    await inParallel([
      ...order.map((p) => () => checkPackage(p, tarballs, tools, work)),
      ...(asked.length === 0 ? [() => checkStages(packages, tarballs, tools, work)] : []),
      ...paths.map((file) => () => checkUserPath(file, packages, tarballs, tools, work)),
    ])
  }
} finally {
  leaveNothing()
}
const { passed, failures } = totals()
for (const name of failures) console.log(`failed: ${name}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
