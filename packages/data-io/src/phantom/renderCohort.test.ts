import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { PhantomRenderError, renderCohort } from './renderCohort.ts'
import { renderFilm, type RenderedFilm } from './renderFilm.ts'

const run = promisify(execFile)
const shared = { seed: 7, size: 32 } as const

async function all(films: AsyncIterable<RenderedFilm>): Promise<RenderedFilm[]> {
  const list: RenderedFilm[] = []
  for await (const film of films) list.push(film)
  return list
}

test('films come in id order, each the same as rendered alone', async () => {
  const films = await all(renderCohort({ ...shared, films: [5, 2, 3], workers: 0 }))
  expect(films.map(({ description }) => description.filmId)).toEqual([
    'phantom-000002',
    'phantom-000003',
    'phantom-000005',
  ])
  expect(films[0]).toEqual(renderFilm({ ...shared, index: 2 }))
  expect(await all(renderCohort({ ...shared, films: 0 }))).toEqual([])
})

test('a film that fails is named', async () => {
  const failing = all(renderCohort({ ...shared, size: 33, films: [4], workers: 0 }))
  await expect(failing).rejects.toThrow(PhantomRenderError)
  await expect(failing).rejects.toThrow(/phantom-000004/)
})

const child = { env: { ...process.env, NODE_OPTIONS: '' }, timeout: 40_000, killSignal: 'SIGKILL' } as const

// Threads cannot be started from inside jest's module loader, so a child process does it: from the sources, and from a
// bundle in another folder, where the thread's own file does not exist.
let folder: string
const here = dirname(fileURLToPath(import.meta.url))
const script = `
import { renderCohort } from ${JSON.stringify(join(here, 'renderCohort.ts'))}
import { renderFilm } from ${JSON.stringify(join(here, 'renderFilm.ts'))}
import { threadId } from 'node:worker_threads'
console.log('main runs in thread ' + threadId)
let equal = 0, last = -1
for await (const film of renderCohort({ seed: 7, size: 32, films: 6, workers: 2 })) {
  if (film.description.index <= last) throw new Error('order')
  last = film.description.index
  const alone = renderFilm({ seed: 7, size: 32, index: last })
  if (Buffer.compare(Buffer.from(alone.pixels), Buffer.from(film.pixels)) === 0) equal++
}
console.log('equal ' + equal)
for await (const film of renderCohort({ seed: 7, size: 32, films: 1000, workers: 2 })) if (film.description.index === 2) break
try {
  for await (const film of renderCohort({ seed: 7, size: 33, films: [8], workers: 1 })) console.log(film.size)
} catch (error) {
  console.log(error._tag + ' ' + error.filmId)
}
`
const expected = ['main runs in thread 0', 'equal 6', 'PhantomRenderError phantom-000008']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phantom-'))
  await writeFile(join(folder, 'main.ts'), script)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('two threads from the sources', async () => {
  const loader = pathToFileURL(join(here, '../../../../tools/ts-loader.mjs')).href
  const args = ['--conditions=@radiograft/source', '--import', loader, join(folder, 'main.ts')]
  const { stdout } = await run(process.execPath, args, child)
  expect(stdout.trim().split('\n')).toEqual(expected)
}, 60_000)

test('two threads from a bundle in another folder; the bundle’s own body runs once', async () => {
  const esbuild = join(dirname(createRequire(import.meta.url).resolve('esbuild/package.json')), 'bin/esbuild')
  const bundle = join(folder, 'stage.mjs')
  const flags = ['--bundle', '--platform=node', '--format=esm', '--minify-whitespace', '--minify-syntax']
  const args = [join(folder, 'main.ts'), ...flags, '--conditions=@radiograft/source', `--outfile=${bundle}`]
  await run(esbuild, args, child)
  const { stdout } = await run(process.execPath, [bundle], child)
  expect(stdout.trim().split('\n')).toEqual(expected)
}, 60_000)
