import { afterAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { datasetDigest } from './datasetDigest.ts'

const base = mkdtempSync(join(tmpdir(), 'radiograft-dataset-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let n = 0
let root: string
let memory: string
const old = 1e9
const put = (path: string, text: string): void => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = join(base, `d${n}`)
  memory = join(base, `m${n++}`)
  put('labels.csv', 'patientId,Target\nf1,0\n')
  put('films/f1.dcm', 'pixels')
})
const digest = () => datasetDigest({ layout: 'rsna', root }, memory)

it('is the sha256 of layout, paths and contents, by hand', async () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
  const text = `["dataset","rsna",[["films/f1.dcm","${sha('pixels')}"],["labels.csv","${sha('patientId,Target\nf1,0\n')}"]]]`
  expect(await digest()).toBe(sha(text))
  expect(await datasetDigest({ layout: 'phantom', root: '' }, undefined)).toBe(sha('["dataset","phantom",[]]'))
})

describe('changes with what is there', () => {
  it.each<readonly [string, () => void]>([
    ['a changed file', () => put('films/f1.dcm', 'PIXELS')],
    ['a longer file', () => appendFileSync(join(root, 'labels.csv'), 'f2,1\n')],
    ['a file more', () => put('films/f2.dcm', 'pixels')],
    ['a file less', () => rmSync(join(root, 'films/f1.dcm'))],
    ['a renamed file', () => renameSync(join(root, 'films/f1.dcm'), join(root, 'films/f2.dcm'))],
    ['a moved file', () => renameSync(join(root, 'films/f1.dcm'), join(root, 'f1.dcm'))],
  ])('%s', async (_name, change) => {
    const before = await digest()
    change()
    expect(await digest()).not.toBe(before)
  })
  it('two files that change places', async () => {
    put('films/f2.dcm', 'others')
    const before = await digest()
    put('films/f1.dcm', 'others')
    put('films/f2.dcm', 'pixels')
    expect(await digest()).not.toBe(before)
  })
  it('a file rewritten with its old length and time', async () => {
    for (const file of ['labels.csv', 'films/f1.dcm']) utimesSync(join(root, file), old, old)
    const before = await digest()
    put('films/f1.dcm', 'PIXELS')
    utimesSync(join(root, 'films/f1.dcm'), old, old)
    expect(statSync(join(root, 'films/f1.dcm')).mtimeMs).toBe(old * 1000)
    expect(await digest()).not.toBe(before)
  })
})

it('changes with what is left out, and not with defaults that are said', async () => {
  const of = (choices: object) => datasetDigest({ layout: 'rsna', root, ...choices }, memory)
  const all = [{}, { skipBad: true }, { laterals: 'drop' }, { skipBad: true, laterals: 'drop' }]
  expect(new Set(await Promise.all(all.map(of))).size).toBe(4)
  expect(await of({ skipBad: false, laterals: 'refuse' })).toBe(await of({}))
})

describe('stays with what is there', () => {
  it.each<readonly [string, () => void]>([
    ['a touched file', () => utimesSync(join(root, 'films/f1.dcm'), old, old)],
    ['a hidden file', () => put('films/.DS_Store', 'x')],
    ['a hidden folder', () => put('.cache/x', 'x')],
    ['an empty folder', () => mkdirSync(join(root, 'empty'))],
    [
      'a folder behind a link that stays inside',
      () => {
        renameSync(join(root, 'films'), join(root, '.films'))
        symlinkSync('.films', join(root, 'films'))
      },
    ],
    [
      'a file behind a link that stays inside',
      () => {
        renameSync(join(root, 'films/f1.dcm'), join(root, '.f1'))
        symlinkSync(join(root, '.f1'), join(root, 'films/f1.dcm'))
      },
    ],
    [
      'the whole folder behind a link',
      () => {
        symlinkSync(root, `${root}-link`)
        root = `${root}-link`
      },
    ],
    [
      'the whole folder elsewhere',
      () => {
        const there = `${root}-moved`
        renameSync(root, there)
        root = there
      },
    ],
    ['no memory', () => rmSync(memory, { recursive: true, force: true })],
    [
      'a damaged memory',
      () => {
        for (const name of readdirSync(memory)) writeFileSync(join(memory, name), '{"films/f1.dcm":[')
      },
    ],
  ])('%s', async (_name, change) => {
    const before = await digest()
    change()
    expect(await digest()).toBe(before)
  })
})

it('hashes a file once: the second time its length and times are enough', async () => {
  // ctime cannot be set back, so the file becomes older by the clock's moving on
  const { now } = Date
  Date.now = () => now() + 10_000
  try {
    const before = await digest()
    const [name] = readdirSync(memory) as [string]
    const known = JSON.parse(readFileSync(join(memory, name), 'utf8')) as Record<
      string,
      [number, number, number, string]
    >
    expect(Object.keys(known)).toEqual(expect.arrayContaining(['films/f1.dcm', 'labels.csv']))
    // a wrong digest in the memory shows that the file itself was not read
    known['films/f1.dcm']![3] = 'x'
    writeFileSync(join(memory, name), JSON.stringify(known))
    expect(await digest()).not.toBe(before)
    utimesSync(join(root, 'films/f1.dcm'), old, old)
    expect(await digest()).toBe(before)
  } finally {
    Date.now = now
  }
})

it('names a folder that is not there, empty, a file, or goes round in circles', async () => {
  const fails = (at: string) => datasetDigest({ layout: 'rsna', root: at }, undefined).catch((cause: unknown) => cause)
  mkdirSync(join(root, 'empty'))
  expect(await fails(join(root, 'nowhere'))).toMatchObject({ _tag: 'DatasetError', path: join(root, 'nowhere') })
  expect(((await fails(join(root, 'empty'))) as Error).message).toContain('it holds no files')
  expect(await fails(join(root, 'labels.csv'))).toMatchObject({ _tag: 'DatasetError' })
  symlinkSync('..', join(root, 'films/up'))
  expect(((await fails(root)) as Error).message).toContain('films/up leads back to a folder that holds it')
  rmSync(join(root, 'films/up'))
})

describe('links that lead to no film', () => {
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
  const withLink = (path: string, leads: string): string => {
    const files = [
      ['films/f1.dcm', sha('pixels')],
      ['labels.csv', sha('patientId,Target\nf1,0\n')],
      [path, leads],
    ].toSorted(([a], [b]) => (a! < b! ? -1 : 1))
    return sha(JSON.stringify(['dataset', 'rsna', files]))
  }
  it('out of the folder: their names count, what is behind them is not read', async () => {
    const outside = join(base, `outside${n}`)
    mkdirSync(outside)
    writeFileSync(join(outside, 'a.dcm'), 'a')
    symlinkSync(outside, join(root, 'misc'))
    expect(await digest()).toBe(withLink('misc', 'outside'))
    writeFileSync(join(outside, 'b.dcm'), 'b')
    expect(await digest()).toBe(withLink('misc', 'outside'))
    rmSync(join(root, 'misc'))
    symlinkSync(join(outside, 'a.dcm'), join(root, 'films/f2.dcm'))
    expect(await digest()).toBe(withLink('films/f2.dcm', 'outside'))
    rmSync(join(root, 'films/f2.dcm'))
    // a neighbour whose name begins with the folder's own
    mkdirSync(`${root}-beside`)
    symlinkSync(`${root}-beside`, join(root, 'misc'))
    expect(await digest()).toBe(withLink('misc', 'outside'))
  })
  it.each([
    ['to nothing', 'gone'],
    ['to itself', 'f2.dcm'],
    ['through a file', 'f1.dcm/x'],
  ])('%s: their names count', async (_name, to) => {
    symlinkSync(to, join(root, 'films/f2.dcm'))
    expect(await digest()).toBe(withLink('films/f2.dcm', 'absent'))
  })
  it('and nothing else: it holds no files', async () => {
    rmSync(join(root, 'films/f1.dcm'))
    rmSync(join(root, 'labels.csv'))
    symlinkSync('gone', join(root, 'films/f1.dcm'))
    await expect(digest()).rejects.toThrow('it holds no files')
  })
})
