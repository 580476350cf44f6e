// What `show` refuses, and that nothing it prints moves a terminal's cursor: on a real run of a small pipeline.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { main } from '../main.ts'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { scoredPipeline, testWorkspace } from '../testing/testWorkspace.ts'

jest.setTimeout(180_000)
const workspace = testWorkspace()
const at = (name: string): string => join(workspace.path, name)
const call = async (...args: ReadonlyArray<string>) => {
  const terminal = memoryTerminal()
  const code = await main(args, terminal, new AbortController().signal)
  return { code, out: terminal.text(), err: terminal.errors() }
}
const ok = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await call(...args)
  expect([code, err]).toEqual([0, ''])
  return out
}
const refused = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { code, out, err } = await call(...args)
  expect([code, out]).toEqual([2, ''])
  return err
}
type Json = Record<string, unknown>
/** A copy of the run whose run.json is another. */
const changed = (name: string, change: (record: Json) => Json): string => {
  cpSync(at('a'), at(name), { recursive: true })
  const file = join(at(name), 'run.json')
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Json)))
  return at(name)
}
beforeAll(async () => {
  const { code, err } = await workspace.run(['run', scoredPipeline, '--out', at('a')])
  expect([code, err]).toEqual([0, ''])
})

describe('flags', () => {
  it('a film that is not there is named; --film is refused where it has no meaning', async () => {
    expect(await refused('show', at('a'), 'make.cohort', '--film', 'film-3')).toMatch(
      /^error: unknown film 'film-3', did you mean 'film-03'\?/,
    )
    expect(await refused('show', at('a'), 'make.cohort', '--csv', '--film', 'film-3')).toContain(
      "unknown film 'film-3'",
    )
    expect(await refused('show', at('a'), 'make.films', '--json', '--film', 'film-3')).toContain("no film 'film-3'")
    for (const port of ['make.network', 'make.curves', 'compare-arms.metrics'])
      expect(await refused('show', at('a'), port, '--film', 'film-03')).toContain(`--film does nothing for ${port}`)
    const chosen = await ok('show', at('a'), 'make.films', '--json', '--film', 'film-03')
    expect((JSON.parse(chosen) as { ids: unknown }).ids).toEqual(['film-03'])
  })
  it.each<readonly [given: string, says: string]>([
    ['--csv', '--csv does nothing for a run.'],
    ['make --csv', '--csv does nothing for a stage. It can be shown with --json, --store, --rows.'],
    ['judge --rows 3', '--rows does nothing for a list of arms.'],
    ['compare-arms.metrics --out x --draw blocks', '--out does nothing for compare-arms.metrics (metrics).'],
    ['make.films --csv', '--csv does nothing for make.films (films).'],
    ['make.films --json --out x.png', '--out does nothing for make.films (films) as JSON.'],
    ['make.cohort --csv --rows 3', '--rows does nothing for make.cohort (cohort) as CSV.'],
  ])('%s: does nothing, and is refused', async (given, says) => {
    expect(await refused('show', at('a'), ...given.split(' '))).toContain(says)
  })
  it('--out: no folder, and no file of another kind is written over', async () => {
    mkdirSync(at('folder.png'))
    expect(await refused('show', at('a'), 'make.films', '--out', at('folder.png'))).toContain('is a folder')
    writeFileSync(at('notes.md'), 'mine')
    expect(await refused('show', at('a'), 'make.films', '--out', at('notes.md'))).toContain('a name that ends in .png')
    expect(readFileSync(at('notes.md'), 'utf8')).toBe('mine')
    await ok('show', at('a'), 'make.films', '--out', at('new/GRID.PNG'))
    expect(existsSync(at('new/GRID.PNG'))).toBe(true)
  })
})

it('tensors are no rows', async () => {
  const out = await ok('show', at('a'), 'make')
  expect(out).toMatch(/\n {2}network +network +2 tensors /)
  expect(out).toMatch(/\n {2}films +films +12 films /)
})

it('a run.json without what is read of it: an error that names it, of show and compare', async () => {
  const folder = changed('lacks', (record) => ({ ...record, store: undefined }))
  for (const args of [
    ['show', folder],
    ['compare', at('a'), folder],
  ] as const)
    expect(await refused(...args)).toContain(
      `${folder} holds no run that can be read: its run.json has no store, or one of another type.`,
    )
  const nodes = changed('nodes', (record) => ({ ...record, nodes: [{ label: 'x' }] }))
  expect(await refused('show', nodes)).toContain('stage 1 of its run.json has no id')
})

it('the command to go on with is one that a shell takes apart as it was typed', async () => {
  const command = ['radiograft', 'run', 'scored', '--set', 'finding=Lung Opacity']
  const folder = changed('stopped', (record) => ({ ...record, command, status: 'interrupted' }))
  expect(await ok('show', folder)).toContain(
    "\ngo on with: npm run radiograft -- run scored --set 'finding=Lung Opacity'\n",
  )
  const gone = await ok('show', folder, 'make', '--store', at('no-store'))
  expect(gone).toContain("run the pipeline again: npm run radiograft -- run scored --set 'finding=Lung Opacity'.")
})

it('what a file holds never reaches a terminal as it is', async () => {
  const bad = '\u001B]0;x\u0007\u009B2J\u202E'
  const spoiled = (value: unknown): unknown =>
    typeof value === 'string'
      ? value + bad
      : Array.isArray(value)
        ? value.map(spoiled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoiled(one)]))
          : value
  const named = (value: unknown): unknown =>
    Object.fromEntries(Object.entries(value as Json).map(([name, one]) => [name + bad, spoiled(one)]))
  const folder = changed('bad', (record) => ({
    ...record,
    run: `a${bad}`,
    status: 'failed',
    error: `first${bad}\nsecond`,
    doc: bad,
    preset: bad,
    command: ['radiograft', bad],
    params: [{ name: bad, value: bad, source: bad, doc: '' }],
    axes: named(record['axes']),
    datasets: named(record['datasets']),
    results: named(record['results']),
    fingerprint: { ...(record['fingerprint'] as Json), cpu: bad },
    nodes: (record['nodes'] as ReadonlyArray<Json>).map((node) => ({
      ...node,
      doc: bad,
      reason: bad,
      rows: [bad],
      label: node['id'] === 'judge' ? `${String(node['label'])}${bad}` : node['label'],
      params: { ...(node['params'] as Json), [bad]: [bad] },
      inputs: named(node['inputs']),
    })),
  }))
  const metrics = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as Json
  writeFileSync(join(folder, 'metrics.json'), JSON.stringify(named(metrics)))
  writeFileSync(join(folder, 'logs/make.log'), `one${bad}\n`)
  for (const args of [[], ['make'], ['judge'], ['--json'], ['make', '--json'], ['make.cohort']]) {
    const out = await ok('show', folder, ...args)
    // controls but line ends, and what turns the direction of text
    expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u)
  }
  expect(await ok('show', folder)).toContain('  first\\u{1b}]0;x\\u{7}')
  expect(await ok('show', folder, 'make')).toContain('  one\\u{1b}]0;x')
  expect((JSON.parse(await ok('show', folder, '--json')) as Json)['run']).toBe(`a${bad}`)
})
