// Which edits re-run which stages: the plan says so beforehand, and the entries, which count their calls inside the child
// processes, say so afterwards.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTinyWorkspace, openTinyWorkspace } from './testing/tinyWorkspace.ts'
import type { TinyWorkspace } from './testing/tinyWorkspace.ts'
import { planTiny, runTiny, statuses } from './testing/runTiny.ts'

// processes start slowly on a busy machine
jest.setTimeout(60_000)

let tiny: TinyWorkspace
/** read → graft → score → slow → compare, with an arm that leaves graft out: seven nodes */
const labels = [
  'compare',
  'graft',
  'read',
  'score[grafted=false]',
  'score[grafted=true]',
  'slow[grafted=false]',
  'slow[grafted=true]',
]
beforeAll(async () => {
  tiny = makeTinyWorkspace()
  const first = await runTiny(tiny)
  expect([first.hits, first.computed]).toEqual([0, 7])
  expect(tiny.calls()).toEqual(['compare', 'graft', 'read', 'score', 'score', 'slow', 'slow'])
})
afterAll(() => tiny.remove())

const allHits = Object.fromEntries(labels.map((label) => [label, 'hit']))
/** Edits a file, answers what the plan then says, and puts the file back. */
const planAfter = async (file: string, change: (text: string) => string) => {
  const path = join(tiny.workspace.root, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  try {
    return statuses(await planTiny(tiny))
  } finally {
    writeFileSync(path, before)
  }
}

const add = 'packages/maths/src/add.ts'
const step = 'packages/maths/src/step.ts'
const append = (text: string) => (before: string) => before + text
const replace = (from: string, to: string) => (before: string) => before.replace(from, to)

describe('an edit that computes nothing else re-runs nothing', () => {
  it.each<readonly [string, string, (text: string) => string]>([
    ['a comment', add, append('// why\n')],
    ['a comment inside a function', step, replace('b / 10', 'b /* tenths */ / 10')],
    ['a licence', step, (text) => `/*! @license */\n${text}`],
    ['formatting', step, replace('(b: number): number => b / 10', '(b: number): number =>\n\n    (b / 10)')],
    ['quotes and semicolons', add, replace(`'./step.ts'`, `"./step.ts";`)],
    ['a type', step, append('export type Step = { readonly by: number }\n')],
    ['the type of a parameter', step, replace('(b: number)', '(b: 1 | 2 | number)')],
    [
      'an import of a type',
      step,
      (text) => `import type { mean } from './mean.ts'\nexport type M = typeof mean\n${text}`,
    ],
    ['an unused function', add, append('export function other(a: number) { return a * 2 }\n')],
    ['an unused arrow function', add, append('export const other = (a: number) => a * 2\n')],
    ['an unused class', add, append('export class Other { readonly a = 1; static of() { return new Other() } }\n')],
    ['an unused literal', add, append('export const other = { a: [1, 2, 3], b: "text", c: -1 }\n')],
    [
      'an unused literal between two that are used',
      step,
      replace('export const step', 'const other = 3\nexport const step'),
    ],
    ['an unused call marked pure', add, append('export const other = /* @__PURE__ */ Object.freeze([1])\n')],
    ['an unused new marked pure', add, append('export const other = /* @__PURE__ */ new Float64Array(8)\n')],
    ['an unused module', 'packages/maths/src/index.ts', append(`export * from './unused.ts'\n`)],
    ['a module that the stage does not use', 'packages/maths/src/mean.ts', append('// other\n')],
    ['a version of its package', 'packages/maths/package.json', replace('"type"', '"version":"2.0.0","type"')],
  ])('%s', async (_name, file, change) => {
    writeFileSync(join(tiny.workspace.root, 'packages/maths/src/unused.ts'), 'export const unused = () => 1\n')
    expect(await planAfter(file, change)).toEqual(allHits)
  })

  it('and a run then calls no entry and starts no process', async () => {
    tiny.append(step, '// a comment\n')
    const events: string[] = []
    const again = await runTiny({ ...tiny, observe: ({ _tag }) => events.push(_tag) })
    expect([again.hits, again.computed]).toEqual([7, 0])
    expect(tiny.calls()).toEqual([])
    expect(events).toEqual(['plan', ...Array.from({ length: 7 }, () => 'stage-done'), 'run-done'])
    expect(again.record.nodes.map(({ status, log }) => [status, log])).toEqual(
      Array.from({ length: 7 }, () => ['hit', null]),
    )
    expect(readdirSync(join(again.folder, 'logs'))).toEqual([])
  })

  it('and a plan then starts no bundler: no bundle is written again', async () => {
    await planTiny(tiny)
    const inodes = () =>
      ['code', 'stages'].flatMap((folder) =>
        readdirSync(join(tiny.workspace.cache, folder)).map((name) => [
          name,
          statSync(join(tiny.workspace.cache, folder, name)).ino,
        ]),
      )
    const before = inodes()
    await planTiny(tiny)
    expect(inodes()).toEqual(before)
    expect(before.length).toBeGreaterThanOrEqual(10)
  })
})

describe('an edit that may compute something else re-runs what reaches it', () => {
  const graftChanges = /^miss: code changed \(packages\/maths\/src\//
  /** what is planned when graft alone changes */
  const graftAlone = (reason: unknown) => ({
    read: 'hit',
    graft: reason,
    'score[grafted=true]': 'until graft',
    'slow[grafted=true]': 'until graft',
    'score[grafted=false]': 'hit',
    'slow[grafted=false]': 'hit',
    compare: 'until graft',
  })
  it.each<readonly [string, string, (text: string) => string]>([
    ['the body of a function', add, replace('Math.min', 'Math.max')],
    ['a constant', step, replace('10', '20')],
    ['an unused call that may have effects', add, append('export const other = Object.freeze([1])\n')],
    [
      'an unused product, whose operands may have effects',
      add,
      append('const base = 2\nexport const other = base * 3\n'),
    ],
    ['an unused new that may have effects', add, append('export const other = new Float64Array(8)\n')],
    [
      'another name of a function',
      add,
      (text) =>
        text.replaceAll('step(b)', 'pace(b)').replace('{ step }', '{ step as pace }').replace('v + pace', 'v - pace'),
    ],
  ])('%s', async (_name, file, change) => {
    expect(await planAfter(file, change)).toEqual(graftAlone(expect.stringMatching(graftChanges)))
  })

  it('says by which imports the stage reaches what changed', async () => {
    expect((await planAfter(step, replace('10', '20')))['graft']).toBe(
      'miss: code changed (packages/maths/src/step.ts changed by graft.run.ts → index.ts → add.ts → step.ts)',
    )
  })

  it('three imports away in another package: exactly the stages that reach it', async () => {
    tiny.edit(step, 'b / 10', 'b / 20')
    expect(statuses(await planTiny(tiny))).toEqual(graftAlone(expect.stringMatching(graftChanges)))
    const run = await runTiny(tiny)
    expect(tiny.calls()).toEqual(['compare', 'graft', 'score', 'slow'])
    expect([run.hits, run.computed]).toEqual([3, 4])
    expect(statuses(await planTiny(tiny))).toEqual(allHits)
  })

  it('and back again: every earlier result is still there', async () => {
    tiny.edit(step, 'b / 20', 'b / 10')
    await runTiny(tiny)
    expect(tiny.calls()).toEqual([])
  })

  it('stops where a result comes out as before', async () => {
    tiny.edit('packages/tiny/src/read.run.ts', '(i + k) % 5', '(k + i + 5) % 5')
    expect(statuses(await planTiny(tiny))).toEqual({
      ...Object.fromEntries(labels.map((label) => [label, 'until read'])),
      read: 'miss: code changed (packages/tiny/src/read.run.ts changed)',
    })
    const run = await runTiny(tiny)
    expect(tiny.calls()).toEqual(['read'])
    expect([run.hits, run.computed]).toEqual([6, 1])
  })

  it('reads one port only: a changed label re-runs nothing that reads pixels', async () => {
    const run = await runTiny({ ...tiny, sets: { 'read.label': 'nodule' } })
    // graft reads boxes too
    expect(tiny.calls()).toEqual(['graft', 'read'])
    expect(run.record.nodes.filter(({ status }) => status === 'computed').map(({ reason }) => reason)).toEqual([
      'params.label "opacity" → "nodule"',
      'input boxes changed',
    ])
  })
})

describe('what else may change', () => {
  it('a dependency: the version of a package that a bundle imports, however deep', async () => {
    const plan = await planAfter('package-lock.json', replace('"sha512-b"', '"sha512-c"'))
    expect(plan).toMatchObject({
      read: 'hit',
      graft: 'miss: dependency integrity changed',
      'score[grafted=false]': 'hit',
    })
    expect(
      (
        await planAfter(
          'package-lock.json',
          replace('"node_modules/inner":{"version":"1.0.0"', '"node_modules/inner":{"version":"1.0.1"'),
        )
      )['graft'],
    ).toBe('miss: dependency inner 1.0.0 → 1.0.1')
  })
  it('the runtime, for stages that compute with it', async () => {
    const runtime = { backend: 'tensorflow', version: '9', precision: 'fp32' } as const
    expect(statuses(await planTiny({ ...tiny, runtime }))).toMatchObject({
      read: 'hit',
      graft: 'miss: runtime.version "unknown" → "9"',
      'score[grafted=false]': 'hit',
    })
  })
  it('not which kernels it computes with, which are recorded', async () => {
    const runtime = { backend: 'tensorflow', version: 'unknown', precision: 'fp32', kernels: 'own' } as const
    const plan = await planTiny({ ...tiny, runtime })
    expect(statuses(plan)['graft']).toBe('hit')
    expect(plan.fingerprint.kernels).toBe('own')
  })
  it('the seed', async () => {
    expect(statuses(await planTiny({ ...tiny, seed: 2 }))['read']).toBe('miss: seed changed')
  })
  it('a bundle that is gone or was touched is made again', async () => {
    const { code } = await planTiny(tiny)
    const { file } = [...code.values()][0]!
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, `${text} `)
    expect(statuses(await planTiny(tiny))).toEqual(allHits)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
  it('neither folder nor environment nor threads', async () => {
    const copy = `${tiny.workspace.root}-elsewhere`
    cpSync(tiny.workspace.root, copy, { recursive: true, verbatimSymlinks: true })
    rmSync(join(copy, 'node_modules/.cache'), { recursive: true })
    process.env['RADIOGRAFT_LOG'] = 'debug'
    try {
      const there = openTinyWorkspace(copy)
      expect(
        statuses(await planTiny({ ...there, workspace: { ...there.workspace, store: tiny.workspace.store } })),
      ).toEqual(allHits)
    } finally {
      delete process.env['RADIOGRAFT_LOG']
      rmSync(copy, { recursive: true })
    }
  })
})
