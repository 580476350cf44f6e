// Builds and packs, as someone who takes packages elsewhere does: the workspace's own build target, `npm pack`. Never any
// command that publishes, not even dry. Used by run.mjs.
import { join } from 'node:path'
import { mustRun } from './command.mjs'
import { ours, root } from './publicPackages.mjs'

/** @returns by short name: path of the tarball, its sizes in bytes, the files it holds */
export const pack = async (packages, folder) => {
  const names = packages.map(({ name }) => name)
  const projects = packages.map(({ manifest }) => manifest.name).join()
  await mustRun('npx', ['nx', 'run-many', '-t', 'build', '-p', projects], { cwd: root })
  const workspaces = names.flatMap((name) => ['-w', `packages/${name}`])
  const { stdout } = await mustRun(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces],
    { cwd: root },
  )
  return new Map(
    JSON.parse(stdout).map(({ name, filename, size, unpackedSize, files }) => [
      ours([name])[0],
      { path: join(folder, filename), size, unpackedSize, files: files.map(({ path }) => path) },
    ]),
  )
}
