// Folders that would have a reader open what it must not, wait for ever, or fill the memory.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { readTable } from '../layouts/tables/readTable.ts'
import { greyPng } from '../testing/greyPng.ts'
import { problemsOf } from '../testing/problemsOf.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import { checkFolder } from './checkFolder.ts'
import { containedPath, unsafeName } from './containedPath.ts'
import { problemList } from './report.ts'

const png = greyPng(8, 8)
const files = { 'NORMAL/a.png': png, 'NORMAL/b.png': png, 'PNEUMONIA/c.png': png }
/** Node makes none. */
const makePipe = (path: string): void => void execFileSync('sh', ['-c', 'mkfifo "$0"', path])
const MEND = 'copy what it leads to into the folder, or give the folder that it leads to'

it.each([
  ['a.png', undefined, undefined],
  ['a..b.png', undefined, undefined],
  ['x/a.png', 'holds a separator; a bare name is expected', undefined],
  ['x\\a.png', 'holds a separator; a bare name is expected', undefined],
  ['..', 'leads upwards', 'leads upwards'],
  ['x/../../a.png', 'leads upwards', 'leads upwards'],
  ['x\\..\\a.png', 'leads upwards', 'leads upwards'],
  ['/etc/passwd', 'is an absolute path', 'is an absolute path'],
  ['\\\\server\\share', 'is an absolute path', 'is an absolute path'],
  ['C:a.png', 'is an absolute path', 'is an absolute path'],
  ['a\0.png', 'holds a control character', 'holds a control character'],
  ['', 'is no name', 'is no name'],
])('the name %j', (name, asName, asPath) => {
  expect([unsafeName(name, 'name'), unsafeName(name, 'path')]).toEqual([asName, asPath])
})

it('a path is inside where its links lead, and beside a folder whose name it begins with', async () => {
  const root = writeFolder({ 'in/a.png': png, 'in-beside/a.png': png })
  symlinkSync('../in-beside/a.png', join(root, 'in', 'out.png'))
  symlinkSync('a.png', join(root, 'in', 'same.png'))
  const inner = join(root, 'in')
  expect(await containedPath(inner, join(inner, 'same.png'))).toBe(join(inner, 'a.png'))
  expect(await containedPath(inner, join(inner, 'out.png'))).toBeUndefined()
  expect(await containedPath(inner, join(root, 'in-beside', 'a.png'))).toBeUndefined()
  await expect(containedPath(inner, join(inner, 'none.png'))).rejects.toMatchObject({ code: 'ENOENT' })
})

describe('links', () => {
  const outside = writeFolder({ 'secret.png': png, 'films/d.png': png, 'groups.csv': 'file,patient\nNORMAL/a.png,p' })

  it('a film that is a link: out of the folder, to nothing, to itself; skipped where asked', async () => {
    const root = writeFolder(files)
    symlinkSync(join(outside, 'secret.png'), join(root, 'NORMAL', 'out.png'))
    symlinkSync('nothing.png', join(root, 'NORMAL', 'lost.png'))
    symlinkSync('self.png', join(root, 'NORMAL', 'self.png'))
    expect(await problemsOf(root)).toEqual([
      'film: NORMAL/lost.png is a link to nothing: restore what it led to, or remove it',
      `unsafe: NORMAL/out.png is a link that leads out of the folder: ${MEND}`,
      'film: NORMAL/self.png cannot be read (ELOOP): mend its permissions, or copy it again',
    ])
    const { films, left } = await checkFolder(root, undefined, { skipBad: true })
    expect(films.map(({ film }) => film)).toEqual(['NORMAL_a', 'NORMAL_b', 'PNEUMONIA_c'])
    expect(left.bad.map(({ film }) => film)).toEqual(['NORMAL_lost', 'NORMAL_out', 'NORMAL_self'])
  })

  it('a link inside the folder is followed', async () => {
    const root = writeFolder(files)
    symlinkSync('a.png', join(root, 'NORMAL', 'link.png'))
    const { films } = await checkFolder(root, undefined)
    expect(films.map(({ film, path }) => [film, path])).toContainEqual(['NORMAL_link', join(root, 'NORMAL', 'a.png')])
  })

  it('a folder and a table that are links out of the folder', async () => {
    const root = writeFolder(files)
    symlinkSync(join(outside, 'films'), join(root, 'OTHER'))
    symlinkSync(join(outside, 'groups.csv'), join(root, 'groups.csv'))
    expect(await problemsOf(root)).toEqual([
      `unsafe: OTHER is a link that leads out of the folder: ${MEND}`,
      `unsafe: groups.csv is a link that leads out of the folder: ${MEND}`,
    ])
    const rsna = writeFolder({ 'stage_2_train_labels.csv': 'patientId,x,y,width,height,Target\nd,,,,,0' })
    symlinkSync(join(outside, 'films'), join(rsna, 'stage_2_train_images'))
    expect(await problemsOf(rsna)).toEqual([
      `unsafe: stage_2_train_images is a link that leads out of the folder: ${MEND}`,
      'missing: there is no stage_2_detailed_class_info.csv',
    ])
  })

  it('the folder itself may be a link', async () => {
    const root = writeFolder({ 'real/x/a.png': png, 'real/y/b.png': png })
    symlinkSync('real', join(root, 'link'))
    const { films, folder } = await checkFolder(join(root, 'link'), undefined, { finding: 'x' })
    expect(folder).toBe(join(root, 'link'))
    expect(films[0]!.path).toBe(join(root, 'real', 'x', 'a.png'))
  })
})

describe('what is no file', () => {
  it('a pipe, a folder of a film’s name and a device do not make the check wait', async () => {
    const root = writeFolder(files)
    makePipe(join(root, 'NORMAL', 'pipe.png'))
    mkdirSync(join(root, 'PNEUMONIA', 'd.png'))
    expect(await problemsOf(root)).toEqual([
      'film: PNEUMONIA/d.png is a folder: films lie in the folder of their class itself; move or remove it',
      'film: NORMAL/pipe.png is no file: a folder, pipe or device of a film’s name; remove or rename it',
    ])
    symlinkSync('/dev/zero', join(root, 'NORMAL', 'zero.png'))
    expect(await problemsOf(root)).toContain(`unsafe: NORMAL/zero.png is a link that leads out of the folder: ${MEND}`)
  })

  it('a table that is a pipe or a folder', async () => {
    const root = writeFolder(files)
    makePipe(join(root, 'groups.csv'))
    expect(await problemsOf(root)).toEqual(['table: groups.csv is not a file'])
    rmSync(join(root, 'groups.csv'))
    mkdirSync(join(root, 'groups.csv'))
    expect(await problemsOf(root)).toEqual(['table: groups.csv is not a file'])
  })

  it('empty files and files that may not be read', async () => {
    const root = writeFolder({ ...files, 'NORMAL/empty.png': '', 'NORMAL/empty.dcm': '' })
    expect(await problemsOf(root)).toContainEqual(expect.stringMatching(/^duplicate: /))
    rmSync(join(root, 'NORMAL/empty.dcm'))
    expect(await problemsOf(root)).toEqual([expect.stringMatching(/^film: NORMAL\/empty\.png: /)])
    chmodSync(join(root, 'NORMAL/empty.png'), 0)
    // root reads what no one may
    expect(await problemsOf(root)).toEqual([expect.stringMatching(/^film: NORMAL\/empty\.png/)])
  })
})

describe('tables that are too much', () => {
  const read = async (content: string | Uint8Array, name: string, limits: { size?: number; inflated?: number }) => {
    const { problems, report } = problemList()
    const table = await readTable(writeFolder({ [name]: content }), ['t.csv'], report, limits)
    return table ? table.content.length : problems.map(({ message }) => message)
  }

  it('a size beyond the limit, without reading it', async () => {
    expect(await read('a\n1\n2\n', 't.csv', { size: 6 })).toBe(6)
    expect(await read('a\n1\n22\n', 't.csv', { size: 6 })).toEqual([
      't.csv is larger than 6 bytes, too large for a table; split it',
    ])
    const root = writeFolder({ ...files, 'groups.csv': '' })
    // three gigabytes that take no room on disk
    truncateSync(join(root, 'groups.csv'), 3e9)
    expect(await problemsOf(root)).toEqual([
      'table: groups.csv is larger than 2000000000 bytes, too large for a table; split it',
    ])
  })

  it('a small gzip file that becomes a huge one, a broken one', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000, 'a'))
    expect(bomb.length).toBeLessThan(2000)
    expect(await read(bomb, 't.csv.gz', { inflated: 1_000_000 })).toBe(1_000_000)
    expect(await read(bomb, 't.csv.gz', { inflated: 999_999 })).toEqual([
      't.csv.gz inflates to more than 999999 bytes, too many for a table; give the CSV file itself',
    ])
    expect(await read(bomb.subarray(0, -20), 't.csv.gz', {})).toEqual([
      't.csv.gz is not a whole gzip file; copy or download it again',
    ])
  })
})

it('a field of half a megabyte is neither searched for ever nor printed', async () => {
  const long = '0'.repeat(500_000)
  const rsna = writeFolder({
    'stage_2_train_images/a.png': png,
    'stage_2_train_labels.csv': `patientId,x,y,width,height,Target\na,,,,,0\n${long},,,,,0`,
    'stage_2_detailed_class_info.csv': 'patientId,class\na,Normal\n',
    'rsna_to_nih_mapping.csv': `rsna_patientId,nih_image\na,${long}x`,
  })
  const nih = writeFolder({
    'images/a.png': png,
    'Data_Entry_2017.csv': `Image Index,Finding Labels,Patient ID\na.png,${long},${long}x`,
  })
  const problems = [...(await problemsOf(rsna)), ...(await problemsOf(nih))]
  expect(problems.map((problem) => problem.slice(0, 40))).toEqual([
    'number: rsna_to_nih_mapping.csv line 2: ',
    expect.stringMatching(/^class: film 0000/),
    expect.stringMatching(/^row-without-film: line 3 of the labels/),
    'class: Data_Entry_2017.csv line 2: the f',
    'number: Data_Entry_2017.csv line 2: Pati',
  ])
  expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(2100)
})

it('a file name cannot write to the terminal', async () => {
  const root = writeFolder(files)
  writeFileSync(join(root, 'NORMAL', '\u001B[2Jx.png'), 'no film')
  const [problem, ...others] = await problemsOf(root)
  expect(others).toEqual([])
  expect(problem).toMatch(/^film: NORMAL\/\\u\{1b\}\[2Jx\.png: /)
})

it('names that JavaScript knows are names like any other', async () => {
  const root = writeFolder({ '__proto__/a.png': png, 'constructor/b.png': png, 'normal/c.png': png })
  const { films } = await checkFolder(root, undefined, { finding: '__proto__' })
  expect(films.map(({ film, target }) => [film, target])).toEqual([
    ['__proto___a', 1],
    ['constructor_b', 0],
    ['normal_c', 0],
  ])
})
