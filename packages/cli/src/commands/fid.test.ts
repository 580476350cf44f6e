// `radiograft fid` as a user starts it, on folders that tests write.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { writeDicom } from '@radiograft/data-io'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { writeRsnaFolder } from '../testing/rsnaFolder.ts'
import { testWorkspace } from '../testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const fid = (...args: ReadonlyArray<string>) => workspace.run(['fid', ...args])

/** Films side by side, each one grey level with a corner of another. */
const looseFolder = (count: number, size = 16): string => {
  const folder = emptyFolder('loose')
  for (let i = 0; i < count; i++) {
    const stored = Uint8Array.from({ length: size * size }, (_, k) => (k < size ? 200 : 60 + ((i * 17) % 90)))
    writeFileSync(join(folder, `made-${i}.dcm`), writeDicom({ id: `made-${i}`, rows: size, columns: size, stored }))
  }
  return folder
}

it('one line: KID with its interval, what sets are too small for, and what to read instead', async () => {
  const [real, made] = [writeRsnaFolder({ films: 24 }), looseFolder(12)]
  const { code, out, err } = await fid(real, made)
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain(`real : rsna ${real}, 24 films, 24 patients\n`)
  expect(out).toContain(`other: ${made}, 12 films, each its own unit\n`)
  expect(out).toContain('extractor: pixels-32x32 (area-32)\n')
  expect(out).toMatch(/\n +value +95 % interval +n +dims +real against real\n/)
  expect(out).toMatch(/\nkid +[\d.]+ +\[[\d.−-]+, [\d.]+\] +24 x 12 +1024 +[\d.−-]+ ± [\d.]+, n 12\n/)
  expect(out).toMatch(/\nFID needs 64 films or more of each set, and one has 12: read KID/)
  expect(out).not.toContain('nih-')
  expect(out).not.toContain('\u001B')
  // a second look takes kept features
  const again = await fid(real, made)
  expect(again.out).toContain('features of 36 films were kept')
  const anew = await fid(real, made, '--no-cache')
  expect(anew.out).not.toContain('kept')
})

it('--json prints the record alone; with --out it is written too', async () => {
  const [a, b, out] = [looseFolder(12), looseFolder(10), join(emptyFolder('out'), 'fid')]
  const told = await fid(a, b, '--json', '--out', out)
  expect([told.code, told.err]).toEqual([0, ''])
  const record = JSON.parse(told.out) as { figures: { metric: string }[]; second: { films: number }; ladder: null }
  expect(record.figures[0]!.metric).toBe('kid-pixels-32x32-n12x10')
  expect(record).toMatchObject({ second: { films: 10 }, ladder: null, size: 16 })
  expect(readFileSync(join(out, 'fid.json'), 'utf8')).toBe(told.out)
})

it('--corruption-ladder of one folder: five corruptions, the plot', async () => {
  const { code, out, err } = await fid(writeRsnaFolder({ films: 12 }), '--corruption-ladder')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/\nThe ladder: KID of 12 films in two halves/)
  for (const name of ['noise', 'blur', 'contrast', 'occlusion', 'swirl'])
    expect(out).toMatch(new RegExp(`\\n${name} +0 +as it is `))
  const [folder] = readdirSync(join(workspace.path, '.radiograft/fid'))
  expect(readFileSync(join(workspace.path, '.radiograft/fid', folder!, 'ladder.svg'), 'utf8')).toMatch(/^<svg /)
  expect(existsSync(join(workspace.path, '.radiograft/fid', folder!, 'fid.json'))).toBe(true)
})

describe('what cannot be done: exit code 2, one error, nothing on stdout', () => {
  const cases: ReadonlyArray<readonly [string, () => ReadonlyArray<string>, RegExp]> = [
    [
      'no folder',
      () => [],
      /^error: which folders\? npm run radiograft -- fid <real folder> <other folder>, or fid --help\.\n$/,
    ],
    ['one folder', () => [looseFolder(2)], /^error: which other folder\?/],
    ['three folders', () => ['a', 'b', 'c'], /^error: two folders at a time: 'c' is too many\.\n$/],
    [
      'an unknown extractor',
      () => ['a', 'b', '--extractor', 'inception'],
      /^error: --extractor 'inception': expected pixels/,
    ],
    [
      'a folder that is not there',
      () => ['/nowhere', '/nowhere'],
      /^error: \/nowhere cannot be used: .*no such folder/s,
    ],
    [
      'a folder without a network',
      () => [looseFolder(2), looseFolder(2), '--extractor', `mobilenet=${emptyFolder('weights')}`],
      /^error: .*model\.json: there is no such file\. Give the folder that holds model\.json/,
    ],
    ['mixed sizes', () => [looseFolder(3), looseFolder(3, 20)], /^error: .*made-0\.dcm: 20 x 20 pixels.*--size <n>/],
    [
      'a film that cannot be read',
      () => {
        const folder = looseFolder(3)
        writeFileSync(join(folder, 'broken.png'), 'no picture')
        return [looseFolder(3), folder]
      },
      /broken\.png: it begins as neither/,
    ],
    ['one film', () => [looseFolder(3), looseFolder(1)], /1 film\(s\) of one patient/],
    [
      '--out a file',
      () => {
        const folder = emptyFolder('out')
        mkdirSync(join(folder, 'x'))
        writeFileSync(join(folder, 'x/file'), '')
        return [looseFolder(3), looseFolder(3), '--out', join(folder, 'x/file')]
      },
      /^error: the folder .* cannot be used: it is a file/,
    ],
  ]
  it.each(cases)('%s', async (_, make, message) => {
    const { code, out, err } = await fid(...make())
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
    expect([code, out]).toEqual([2, ''])
  })
})
