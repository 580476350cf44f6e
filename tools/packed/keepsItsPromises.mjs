// Runs a program in the empty project under every Node and holds it to what its comments say it prints. Used for README
// snippets, numbers found by hand, and users' tasks.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { none } from './checks.mjs'
import { command } from './command.mjs'
import { brokenPromise } from './promises.mjs'

/** In a folder of its own for each Node, which is its place for temporary files too: all that it writes goes with it. */
export const keepsItsPromises = async (project, program, text, nodes) => {
  const problems = nodes.map(async ({ name, path }) => {
    const cwd = join(project, `${program}-on-${name}`)
    mkdirSync(cwd)
    const { status, stdout, stderr } = await command(path, [join('..', program)], {
      cwd,
      env: { NO_COLOR: '1', TMPDIR: cwd },
    })
    const broken = status === 0 ? brokenPromise(text, stdout) : `ended with ${status}\n${stdout}${stderr.slice(-2000)}`
    return broken === undefined ? [] : [`Node ${name}: ${broken}`]
  })
  none((await Promise.all(problems)).flat())
  return `Node ${nodes.map(({ name }) => name).join(', ')}`
}
