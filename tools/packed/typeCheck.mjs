// Type checks in the empty project as its owner may have set them up: strict, declaration files checked too
// (skipLibCheck off), module nodenext and bundler, an older TypeScript and the newest. Used by run.mjs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { none } from './checks.mjs'
import { command } from './command.mjs'
import { root } from './publicPackages.mjs'

// skipDefaultLibCheck leaves out TypeScript's own lib.dom.d.ts and its like
const STRICT = '--strict --target es2023 --skipLibCheck false --skipDefaultLibCheck --pretty false'.split(' ')
const SETTINGS = {
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
}
const older = fileURLToPath(new URL('./typeCheckOlder.mjs', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const types = join(root, 'node_modules/@types')

/** What the compilers say of some files: two of them, two settings. */
const errorsOf = async (olderTypeScript, folder, files, nodeTypes) => {
  if (files.length === 0) return []
  const said = async (name, args, env = {}) => {
    const { stdout, stderr, status } = await command(process.execPath, args, { cwd: folder, env })
    const errors = `${stdout}\n${stderr}`.split('\n').filter((line) => /error TS\d+/.test(line))
    if (status !== 0 && errors.length === 0) return [`${name} ended with ${status}: ${stderr.slice(-2000)}`]
    return errors.map((error) => `${name}: ${error}`)
  }
  const newest = (module) =>
    said(`TypeScript 7, ${module}`, [
      tsc,
      ...STRICT,
      ...SETTINGS[module],
      ...(nodeTypes ? ['--types', 'node', '--typeRoots', types] : []),
      ...(module === 'nodenext' ? files : ['--noEmit', ...files.filter((file) => !file.endsWith('.cts'))]),
    ])
  return [
    ...(await newest('nodenext')),
    ...(await newest('bundler')),
    ...(olderTypeScript === undefined
      ? []
      : await said('TypeScript 5.9', [older, olderTypeScript, ...files], nodeTypes ? { NODE_TYPES: types } : {})),
  ]
}

/**
 * Writes JavaScript beside the files on the way.
 * @param olderTypeScript where it lies; undefined to do without
 * @param files .ts, .mts and .cts files in `folder`; .cts are left out under bundler, which knows no require
 * @returns a note; what other packages' own declarations have wrong is counted there
 * @throws Error with the errors in these files and in our declarations
 */
export const typeCheck = async (olderTypeScript, folder, files) => {
  // Node's types only where a file speaks of Node: our own declarations must do without
  const speaksOfNode = (file) => readFileSync(join(folder, file), 'utf8').includes("from 'node:")
  const plain = files.filter((file) => !speaksOfNode(file))
  const errors = [
    ...(await errorsOf(olderTypeScript, folder, plain, false)),
    ...(await errorsOf(olderTypeScript, folder, files.filter(speaksOfNode), true)),
  ]
  // the place alone: a message of ours may name their files
  const isTheirs = (error) => /node_modules\/(?!@radiograft\/)/.test(error.split(': error TS')[0])
  none(errors.filter((error) => !isTheirs(error)))
  const theirs = errors.filter(isTheirs).length
  const note = `TypeScript ${olderTypeScript === undefined ? '' : '5.9 and '}7, nodenext and bundler`
  return theirs === 0 ? note : `${note} (${theirs} errors within declarations of others)`
}
