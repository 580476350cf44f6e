// The command in a child process, on the pipeline of the fixtures.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { RunRecord } from '@radiograft/artefact-store'
import { emptyFolder } from './testing/emptyFolder.ts'
import { testWorkspace, tinyPipeline } from './testing/testWorkspace.ts'
import type { Ended } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const out = join(workspace.path, 'out')
const runs = join(workspace.path, '.radiograft/runs')
const manifests = (): number =>
  readdirSync(join(workspace.path, '.radiograft/store/manifests'), { recursive: true }).length
const read = (...path: ReadonlyArray<string>): string => readFileSync(join(...path), 'utf8')
const tiny = (...args: ReadonlyArray<string>): Promise<Ended> => workspace.run(['run', tinyPipeline, ...args])

describe('a first run', () => {
  let first: Ended
  beforeAll(async () => {
    first = await tiny('--preset', 'quick', '--out', out)
  })

  it('computes everything, in plain lines without escape codes where it writes into a pipe', () => {
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    expect(first.out).not.toContain('\u001B')
    const lines = first.out.split('\n')
    expect(lines[0]).toBe('tiny · preset quick · seed 1 · 1 cell · films: phantom')
    expect(lines[1]).toBe('2 stages: 0 hits, 1 to compute, 1 unknown until then')
    expect(first.out).toMatch(/\[0\/2\] count starts \(never computed; expected .*\)\n\[1\/2\] count done in /)
    expect(first.out).toMatch(/done in .*: 2 computed, 0 kept\nreport {3}.*\/out\/report\/index\.html\nmetrics {2}/)
  })

  it('writes run.json: what was resolved and from where, versions, keys, times', () => {
    const record = JSON.parse(read(out, 'run.json')) as RunRecord
    expect(record).toMatchObject({ pipeline: 'tiny', preset: 'quick', status: 'done', seed: 1, error: null })
    expect(record.params.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['n', 2, 'preset quick'],
      ['pause', 0, 'default'],
      ['fail', false, 'default'],
    ])
    expect(record.versions['node']).toBe(process.versions.node)
    expect(record.nodes.map(({ label, status }) => [label, status])).toEqual([
      ['count', 'computed'],
      ['sum', 'computed'],
    ])
    for (const { key, seconds, log } of record.nodes) {
      expect(key).toMatch(/^[0-9a-f]{64}$/)
      expect(seconds).toBeGreaterThanOrEqual(0)
      expect(existsSync(join(out, log!))).toBe(true)
    }
  })

  it('writes metrics.json, figures and a report', () => {
    expect(JSON.parse(read(out, 'metrics.json'))).toEqual({
      'plain/test/sum': { value: 5, low: 4, high: 6, n: 2, unit: '' },
      'plain/train/mean': { value: 2.5, low: null, high: null, n: 2, unit: '%' },
    })
    expect(read(out, 'figures/picture.svg')).toBe('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="10"/>')
    expect(read(out, 'report/index.html')).toMatch(/^<!doctype html>/i)
  })

  it('again: everything is kept, and what a reader opens is the same to the byte', async () => {
    const before = ['metrics.json', 'report/index.html'].map((file) => read(out, file))
    const again = await tiny('--preset', 'quick', '--out', out)
    expect([again.code, again.err]).toEqual([0, ''])
    expect(again.out).toMatch(/^tiny .*\n2 stages: 2 hits\n/)
    expect(again.out).toContain(': 0 computed, 2 kept')
    expect(again.out).not.toContain('starts')
    expect(['metrics.json', 'report/index.html'].map((file) => read(out, file))).toEqual(before)
    expect((JSON.parse(read(out, 'run.json')) as RunRecord).nodes.map(({ status }) => status)).toEqual(['hit', 'hit'])
  })

  it('its metrics as a table, by folder and by pipeline, or as they are', async () => {
    const table = await workspace.run(['metrics', out])
    expect([table.code, table.err]).toEqual([0, ''])
    expect(table.out.split('\n').slice(1)).toEqual([
      '  part   metric  value  95 % interval  n  unit',
      'plain',
      '  test   sum         5  [4, 6]         2',
      '  train  mean    2.500                 2  %',
      '',
    ])
    expect((await workspace.run(['metrics', 'tiny', '--json'])).out).toBe(read(out, 'metrics.json'))
    const unknown = await workspace.run(['metrics', 'nothing'])
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/^error: there is no run 'nothing' in .*tiny-quick/),
    ])
  })

  it('--dry-run and --check compute nothing and say why something would run', async () => {
    const [kept, folders] = [manifests(), readdirSync(runs)]
    const dry = await tiny('--preset', 'quick', '--dry-run', '--set', 'n=3')
    expect([dry.code, dry.err]).toEqual([0, ''])
    expect(dry.out).toMatch(/count +\d\.\d s {2}miss: params\.n 2 → 3\n {2}sum +\d\.\d s {2}unknown until count\n/)
    expect(dry.out).toMatch(/\n {2}n +3 +--set\n/)
    expect((await tiny('--preset', 'quick', '--check', '--set', 'n=3')).code).toBe(1)
    expect((await tiny('--preset', 'quick', '--check')).code).toBe(0)
    expect([manifests(), readdirSync(runs)]).toEqual([kept, folders])
  })
})

describe('what cannot be done ends at once with exit code 2, one error, and nothing lost', () => {
  const ends = async (args: ReadonlyArray<string>, message: RegExp): Promise<void> => {
    const folders = existsSync(runs) ? readdirSync(runs) : []
    const { code, err, out } = await tiny(...args)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
    expect([code, out]).toEqual([2, ''])
    expect(existsSync(runs) ? readdirSync(runs) : []).toEqual(folders)
  }
  it('--set of a stage that is not there: did you mean', async () => {
    await ends(['--set', 'cuont.n=3'], /^error: unknown stage 'cuont', did you mean 'count'\? Known: count, sum\.\n$/)
  })
  it('--store a file, which stays as it was', async () => {
    const file = join(workspace.path, 'a-file')
    writeFileSync(file, 'mine')
    await ends(
      ['--store', file],
      /^error: the store .*\/a-file cannot be used: it is a file, not a folder\. Choose another folder with --store\.\n$/,
    )
    expect(read(file)).toBe('mine')
  })
  it('--store where nobody may write', async () => {
    await ends(
      ['--store', '/sys/radiograft/store'],
      /^error: the store \/sys\/radiograft\/store cannot be used: .*--store\.\n$/,
    )
  })
  it('--data an empty folder', async () => {
    const folder = emptyFolder('empty')
    await ends(['--data', folder], new RegExp(`^error: --data ${folder}: the folder is empty\\.\\n$`))
  })
  it('--out a folder with files of somebody else, which stay', async () => {
    const folder = join(workspace.path, 'thesis')
    mkdirSync(join(folder, 'figures'), { recursive: true })
    await ends(['--out', folder], /^error: the run folder .*\/thesis holds figures and no run;/)
    expect(readdirSync(folder)).toEqual(['figures'])
  })
})

it('a stage that fails: exit code 1, its name and log; what was done before is kept', async () => {
  const folder = join(workspace.path, 'failed')
  const args = ['--set', 'twice=off', '--set', 'n=5', '--out', folder]
  const failed = await tiny(...args, '--set', 'fail=true')
  expect(failed.code).toBe(1)
  expect(failed.err).toMatch(
    /^error: Stage 'count' failed at node 'count'\.\n {2}RangeError: the squares ran out\n {2}inputs: none\n {2}log: (.*)\nEvery stage/,
  )
  const log = /log: (.*)\n/.exec(failed.err)![1]!
  expect(read(log)).toContain('RangeError: the squares ran out')
  expect(JSON.parse(read(folder, 'run.json'))).toMatchObject({ status: 'failed' })
  const mended = await tiny(...args)
  expect([mended.code, mended.err]).toEqual([0, ''])
})
