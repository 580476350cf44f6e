// One task of a user of one package, from an empty folder to the answer: a program whose first line says what it needs
// installed. Used by run.mjs.
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { check } from './checks.mjs'
import { emptyProject, findsNo } from './emptyProject.mjs'
import { keepsItsPromises } from './keepsItsPromises.mjs'
import { ours } from './publicPackages.mjs'

export const userPaths = fileURLToPath(new URL('userPaths', import.meta.url))

/** The words after `npm install` in the program's first line. */
export const wantedBy = (file) =>
  /^\/\/ npm install (.*)\n/.exec(readFileSync(join(userPaths, file), 'utf8'))[1].split(' ')

export const checkUserPath = async (file, packages, tarballs, { nodes }, folder) => {
  const project = join(folder, `user-${file}`)
  const wanted = wantedBy(file)
  const closure = new Set(ours(wanted).flatMap((name) => packages.find((p) => p.name === name).closure))
  const given = [...closure].map(({ name }) => tarballs.get(name).path)
  await check(`a user of ${ours(wanted).join(', ')}: ${file}`, async () => {
    await emptyProject(project, [...given, ...wanted.filter((name) => !name.startsWith('@radiograft/'))])
    copyFileSync(join(userPaths, file), join(project, file))
    await findsNo(project, 'effect')
    return keepsItsPromises(project, file, readFileSync(join(project, file), 'utf8'), nodes)
  })
  rmSync(project, { recursive: true, force: true })
}
