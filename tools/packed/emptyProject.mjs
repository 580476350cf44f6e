// A project of someone who has nothing but the tarballs: an empty folder, `npm install` by file, nothing of this workspace
// in reach. Used by all checks.
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { command, mustRun } from './command.mjs'

/** No scripts run, as in this workspace; what npm has in its cache is not asked for again. */
export const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline']

/** @param install what stands after `npm install`: tarballs, and packages of the registry */
export const emptyProject = async (folder, install) => {
  await mkdir(folder)
  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n')
  await mustRun('npm', ['install', ...npmFlags, ...install], { cwd: folder })
}

/** @throws Error with what `npm ls` prints, where it finds that package */
export const findsNo = async (folder, name) => {
  const { stdout, stderr } = await command('npm', ['ls', name, '--all', '--json'], { cwd: folder })
  if (JSON.parse(stdout).dependencies !== undefined) throw new Error(stdout)
  if (stderr !== '') throw new Error(stderr)
}
