import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

const run = promisify(execFile)
// Nx gives its tasks colours, which console.log would put around booleans
const child = {
  env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' },
  timeout: 40_000,
  killSignal: 'SIGKILL',
} as const
const here = dirname(fileURLToPath(import.meta.url))

// Threads cannot be started from inside jest's module loader, so a child process does it: from the sources, and from a
// bundle in another folder, where the thread's own file does not exist.
const script = `
import { mapOnThreads } from ${JSON.stringify(join(here, 'mapOnThreads.ts'))}
import { serveThread, startThread } from ${JSON.stringify(join(here, 'serveThread.ts'))}
import { threadId } from 'node:worker_threads'

// the square of a number, after a wait that makes later items finish first; 13 and 14 fail, 99 kills its thread
await serveThread('square', async (item, { factor }) => {
  if (item === 13) throw new Error('thirteen')
  if (item === 14) throw Object.assign(new Error('fourteen'), { _tag: 'DicomError' })
  if (item === 99) process.exit(3)
  await new Promise((go) => setTimeout(go, item % 2 === 0 ? 20 : 0))
  const value = Uint32Array.of(factor * item * item)
  return { value, transfer: [value.buffer] }
})
console.log('main runs in thread ' + threadId)
const start = () => startThread(import.meta.url, 'square', { factor: 2 })
const all = async (items, threads) => {
  const said = []
  for await (const result of mapOnThreads(items, threads, start)) said.push('failure' in result ? [result.tag, result.failure].filter((x) => x !== undefined).join(':') : result.value[0])
  return said.join(' ')
}
console.log(await all([4, 1, 2, 3, 5], 2))
console.log(await all([4, 1, 2, 3, 5], 1))
console.log(await all([1, 13, 2, 14], 2))
console.log(await all([], 2))
console.log(await all([99, 1, 2, 3, 4], 1))
console.log((await all([2, 99, ...Array.from({ length: 60 }, () => 1)], 2)).match(/\\b2\\b/g).length >= 57)
for (const threads of [-1, 0, 0.5, NaN, Infinity]) console.log(await all([1], threads).catch((error) => error._tag))
let seen = 0
for await (const result of mapOnThreads(Array.from({ length: 1000 }, (_, i) => i), 2, start)) if (++seen === 3) break
console.log('left after ' + seen)
`
const dead = 'its thread ended with code 3'
const expected = [
  'main runs in thread 0',
  '32 2 8 18 50',
  '32 2 8 18 50',
  '2 thirteen 8 DicomError:fourteen',
  '',
  // one is in work and one waits when the thread dies; another does the rest
  `${dead} ${dead} 8 18 32`,
  'true',
  ...Array.from({ length: 5 }, () => 'ThreadCountError'),
  'left after 3',
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threads-'))
  await writeFile(join(folder, 'main.ts'), script)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('in order, whatever the threads; failures are results; a dead thread fails what it owes and no more', async () => {
  const loader = pathToFileURL(join(here, '../../../../tools/ts-loader.mjs')).href
  const args = ['--conditions=@radiograft/source', '--import', loader, join(folder, 'main.ts')]
  const { stdout } = await run(process.execPath, args, child)
  expect(stdout.trimEnd().split('\n')).toEqual(expected)
}, 60_000)

test('from a bundle in another folder; the bundle’s own body runs once', async () => {
  const esbuild = join(dirname(createRequire(import.meta.url).resolve('esbuild/package.json')), 'bin/esbuild')
  const bundle = join(folder, 'stage.mjs')
  const flags = ['--bundle', '--platform=node', '--format=esm', '--minify-whitespace']
  const args = [join(folder, 'main.ts'), ...flags, '--conditions=@radiograft/source', `--outfile=${bundle}`]
  await run(esbuild, args, child)
  const { stdout } = await run(process.execPath, [bundle], child)
  expect(stdout.trimEnd().split('\n')).toEqual(expected)
}, 60_000)
