// Traps of bundling that no pipeline shows: another esbuild, entries that share all their files, packages in two versions.
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadStageCode } from './loadStageCode.ts'
import { findWorkspace } from './Workspace.ts'

let root: string
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'radiograft-code-')))
  put('package-lock.json', '{"packages":{}}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))
const load = async (...entries: ReadonlyArray<string>) => {
  const urls = entries.map((entry) => pathToFileURL(join(root, entry)))
  const code = await loadStageCode(findWorkspace(root), urls, join(root, 'record'))
  return urls.map((url) => code.get(url.href)!)
}

it('keeps the digest of a file graph that another esbuild had bundled otherwise', async () => {
  put('a.run.ts', 'export const run = () => 1\n')
  const [first] = await load('a.run.ts')
  // as if the bundle had come out otherwise then: the record of this graph says so, the cache is gone
  const [graph] = readdirSync(join(root, 'record')) as [string]
  writeFileSync(join(root, 'record', graph), 'f'.repeat(64))
  rmSync(join(root, 'node_modules'), { recursive: true })
  const [again] = await load('a.run.ts')
  expect(again!.digest).toBe('f'.repeat(64))
  expect(readFileSync(again!.file, 'utf8')).toContain('run')
  expect((await load('a.run.ts'))[0]).toEqual(again)
  // an edit makes a new graph, which the record does not know
  put('a.run.ts', 'export const run = () => 2\n')
  const [edited] = await load('a.run.ts')
  expect([edited!.digest === first!.digest, edited!.digest === again!.digest]).toEqual([false, false])
})

it('tells entries apart that reach the same files', async () => {
  put('a.run.ts', `import { b } from './b.run.ts'\nexport const a = 1\nexport const run = () => b + 1\n`)
  put('b.run.ts', `import { a } from './a.run.ts'\nexport const b = 2\nexport const run = () => a + 2\n`)
  const [a, b] = await load('a.run.ts', 'b.run.ts')
  expect(a!.digest).not.toBe(b!.digest)
})

it('gives one digest whether entries are bundled alone or together', async () => {
  for (const name of ['a', 'b', 'c'])
    put(`${name}.run.ts`, `import { f } from './f.ts'\nexport const run = () => f('${name}')\n`)
  put('f.ts', 'export const f = (s: string) => s + s\nexport const g = 1\n')
  const alone = (await load('a.run.ts'))[0]!.digest
  rmSync(join(root, 'node_modules'), { recursive: true })
  rmSync(join(root, 'record'), { recursive: true })
  expect((await load('c.run.ts', 'a.run.ts', 'b.run.ts'))[1]!.digest).toBe(alone)
})

it('sees a package.json appear that says what has effects', async () => {
  put('p/a.run.ts', `import './effects.ts'\nexport const run = () => 1\n`)
  put('p/effects.ts', 'globalThis.name = 1\n')
  const [before] = await load('p/a.run.ts')
  put('p/package.json', '{ "sideEffects": false }')
  const [after] = await load('p/a.run.ts')
  expect(after!.digest).not.toBe(before!.digest)
})

it('refuses a package that lies in two versions, since children import the one of the root', async () => {
  put('p/a.run.ts', `import { x } from 'x'\nexport const run = () => x\n`)
  for (const place of ['node_modules/x', 'p/node_modules/x']) {
    put(`${place}/package.json`, '{ "name": "x", "main": "index.js" }')
    put(`${place}/index.js`, 'export const x = 1\n')
  }
  await expect(load('p/a.run.ts')).rejects.toThrow(
    /x has a version of its own in p\/node_modules.*let both ask for one version/,
  )
  rmSync(join(root, 'p/node_modules'), { recursive: true })
  expect((await load('p/a.run.ts'))[0]!.versions).toEqual({ x: 'unlisted' })
})

it('names the entry of several that cannot be bundled', async () => {
  put('a.run.ts', 'export const run = () => 1\n')
  put('b.run.ts', `import './nowhere.ts'\n`)
  await expect(load('a.run.ts', 'b.run.ts')).rejects.toMatchObject({
    _tag: 'BundleError',
    entry: 'b.run.ts',
    message: expect.stringMatching(/b\.run\.ts:1: Could not resolve "\.\/nowhere\.ts"/),
  })
})
