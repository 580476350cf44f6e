// A project of someone who has nothing but the tarballs: an empty folder, `npm install` by file, nothing of this workspace
// in reach. Used by run.mjs.
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './command.mjs'
import { npmFlags } from './tools.mjs'

/**
 * @param install what stands after `npm install`: tarballs, and packages of the registry
 * @returns the names of everything that npm put there
 */
export const emptyProject = async (folder, install) => {
  await mkdir(folder)
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n')
  await mustRun('npm', ['install', ...npmFlags, ...install], { cwd: folder })
}

/** undefined where `npm ls` finds none of that package, else what it prints. */
export const installed = async (folder, name) => {
  const { stdout } = await mustRun('npm', ['ls', name, '--all', '--json'], { cwd: folder }).catch((error) => {
    // npm ls ends with 1 when it finds nothing: that is the answer hoped for
    if (/ended with 1\n/.test(error.message)) return { stdout: '{}' }
    throw error
  })
  return JSON.parse(stdout).dependencies === undefined ? undefined : stdout
}
