// Type checks in the empty project as its owner may have set them up: strict, declaration files checked too
// (skipLibCheck off), module nodenext and bundler, an older TypeScript and the newest. Used by run.mjs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './command.mjs'
import { root } from './publicPackages.mjs'

const STRICT = '--strict --target es2023 --skipLibCheck false --pretty false'.split(' ')
const SETTINGS = {
  nodenext: ['--module', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
}

/**
 * @param files .ts and .cts files in `folder`; .cts are left out under bundler, which knows no require
 * @param emit writes .js beside the files, once
 * @returns errors in them and in our declarations, and how many other packages' own declarations have
 */
export const typeCheck = async (compilers, folder, files, { emit = false } = {}) => {
  const ours = []
  let theirs = 0
  // only where a file speaks of Node: our own declarations must not need its types
  const node = files.some((file) => readFileSync(join(folder, file), 'utf8').includes("from 'node:"))
  const nodeTypes = node ? ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')] : []
  for (const { name, path } of compilers)
    for (const [module, flags] of Object.entries(SETTINGS)) {
      const emits = emit && compilers.at(-1).name === name && module === 'nodenext'
      const { stdout, stderr, status } = await command(
        process.execPath,
        [
          path,
          ...STRICT,
          ...flags,
          ...(emits ? [] : ['--noEmit']),
          ...nodeTypes,
          ...files.filter((file) => module === 'nodenext' || !file.endsWith('.cts')),
        ],
        { cwd: folder },
      )
      const errors = `${stdout}\n${stderr}`.split('\n').filter((line) => /error TS\d+/.test(line))
      if (status !== 0 && errors.length === 0) ours.push(`TypeScript ${name} ended with ${status}: ${stderr}`)
      for (const error of errors)
        if (/lib\.dom\.d\.ts|node_modules\/(?!@radiograft\/)/.test(error)) theirs++
        else ours.push(`TypeScript ${name}, ${module}: ${error}`)
    }
  return { ours, theirs }
}
