// The command in this process: what ends before any work, exit codes, help.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, jest } from '@jest/globals'
import { main } from './main.ts'
import { emptyFolder } from './testing/emptyFolder.ts'
import { memoryTerminal } from './testing/memoryTerminal.ts'

// doctor loads the tensor runtime
jest.setTimeout(60_000)
const tiny = fileURLToPath(new URL('./fixtures/tiny.ts', import.meta.url))
const call = async (...argv: ReadonlyArray<string>) => {
  const terminal = memoryTerminal()
  const code = await main(argv, terminal, new AbortController().signal)
  return { code, out: terminal.text(), err: terminal.errors() }
}

describe('names and values that are wrong: exit code 2, one line that helps, nothing on stdout', () => {
  it.each([
    [['--set', 'count.paus=3'], /^error: unknown parameter of 'count' 'paus', did you mean 'pause'\?/],
    [['--set', 'twic=on'], /^error: unknown parameter or axis 'twic', did you mean 'twice'\?/],
    [['--set', 'twice=of'], /^error: twice = 'of': expected one of "off", "on"\n$/],
    [['--set', 'n=many'], /^error: n = 'many': expected a number\n$/],
    [['--set', 'count.n=0'], /^error: count\.n = 0: /],
    [['--set', 'n'], /^error: --set 'n': expected <parameter>=<value>/],
    [['--preset', 'qick'], /^error: unknown preset 'qick', did you mean 'quick'\?/],
    [['--seed', '1.5'], /^error: --seed '1\.5': expected a whole number from 0 to 4294967295\.\n$/],
    [['--dryrn'], /^error: unknown flag '--dryrn', did you mean '--dry-run'\?/],
    [['twice=on'], /^error: 'twice=on' is one name too many .* Values are set with --set/],
    [['--data', '/nowhere/films'], /^error: --data \/nowhere\/films: there is no such folder\.\n$/],
  ])('run tiny %j', async (args, message) => {
    const { code, out, err } = await call('run', tiny, ...args)
    expect(err).toMatch(message)
    expect([code, out]).toEqual([2, ''])
  })

  it.each([
    [
      ['metric'],
      "error: unknown command 'metric', did you mean 'metrics'? Known: run, metrics, show, compare, sync, profile, data, phantom, fid, graft, doctor, completion.\n",
    ],
    [
      ['--preset', 'quick'],
      'error: a command comes first: npm run radiograft -- run | metrics | show | compare | sync | profile | data | phantom | fid | graft | doctor | completion.\n',
    ],
    [['run'], 'error: which pipeline? npm run radiograft -- run <pipeline.ts|name>, or run --help.\n'],
    [['run', 'grant'], /^error: unknown pipeline 'grant', did you mean 'granet'\?/],
    [['metrics', 'a', 'b'], "error: one run at a time: 'b' is too many.\n"],
  ])('%j', async (args, message) => {
    const { code, out, err } = await call(...args)
    expect(err).toMatch(message)
    expect([code, out]).toEqual([2, ''])
  })
})

describe('help', () => {
  it.each([
    [[]],
    [['--help']],
    [['run', '--help']],
    [['metrics', '--help']],
    [['data', '--help']],
    [['phantom', '--help']],
    [['fid', '--help']],
    [['graft', '--help']],
    [['doctor', '--help']],
  ])('%j has an example', async (args) => {
    const { code, out, err } = await call(...args)
    expect([code, err]).toEqual([args.length === 0 ? 2 : 0, ''])
    expect(out).toMatch(/Examples?/)
    expect(out).toMatch(/npm run radiograft -- |npx nx run /)
  })
  it('of a pipeline: parameters, presets, axes, stages with the source of each default', async () => {
    const { code, out } = await call('run', tiny, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/\n {2}n +4 +how far to count\n/)
    expect(out).toMatch(/\n {2}quick +n=2 twice=off\n/)
    expect(out).toMatch(/\n {2}twice {2}off, on\n/)
    expect(out).toMatch(
      /\n {2}count {2}Counts to n and answers a table of squares\.\n {4}n +5 +how far \(paper, G7\)\n/,
    )
  })
})

describe('doctor', () => {
  it('says what is there and whether the store can be used', async () => {
    const store = emptyFolder('store')
    const { out } = await call('doctor', '--store', store)
    expect(out).toContain(`✓ node            ${process.versions.node}\n`)
    expect(out).toMatch(/tensor runtime {2}/)
    expect(out).toContain(`✓ store           ${store}, writable, `)
    // one that is not there is not made
    expect((await call('doctor', '--store', join(store, 'a/b'))).out).toContain(`${store}/a/b, made by the first run, `)
    expect(existsSync(join(store, 'a'))).toBe(false)
  })
  it('exit code 1 where a run could not work', async () => {
    const store = join(emptyFolder('store'), 'file')
    writeFileSync(store, '')
    const { code, out } = await call('doctor', '--store', store)
    expect(code).toBe(1)
    expect(out).toMatch(
      /✗ store +The store at .* cannot be used: it is a file, not a folder\. Choose another folder with --store\.\n/,
    )
  })
})

describe('metrics', () => {
  it('of a folder without, or with what is no JSON: says what to do', async () => {
    const run = emptyFolder('run')
    writeFileSync(join(run, 'run.json'), '{}')
    expect(await call('metrics', run)).toEqual({
      code: 2,
      out: '',
      err: `error: ${run} has no metrics.json: the run did not come to its end. Run its pipeline again.\n`,
    })
    writeFileSync(join(run, 'metrics.json'), '{"a')
    expect((await call('metrics', run)).err).toBe(`error: ${run}/metrics.json is no JSON. Run its pipeline again.\n`)
    writeFileSync(join(run, 'metrics.json'), '{}')
    expect(await call('metrics', run)).toEqual({ code: 0, out: `${run}\n(no metrics)\n`, err: '' })
  })
})
