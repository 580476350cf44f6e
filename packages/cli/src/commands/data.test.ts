// `radiograft data` as a user starts it, on small folders in RSNA's layout.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { filmName, writeRsnaFolder } from '../testing/rsnaFolder.ts'
import { testWorkspace } from '../testing/testWorkspace.ts'
import type { Ended } from '../testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const data = (...args: ReadonlyArray<string>): Promise<Ended> => workspace.run(['data', ...args])
const image = (root: string, index: number): string => join(root, 'stage_2_train_images', `${filmName(index)}.dcm`)
/** The words of a line, by its beginning. */
const line = (out: string, beginning: string): string =>
  out.split('\n').find((each) => each.startsWith(beginning)) ?? `(no line begins with ${beginning})`

/** 16 films of 8 patients, 4 positive; film 9 is a copy of film 8's file, under another patient. */
const folderWithCopy = (): string => {
  const root = writeRsnaFolder({ patients: 8 })
  copyFileSync(image(root, 8), image(root, 9))
  return root
}

describe('in a pipe', () => {
  const root = folderWithCopy()
  let told: Ended
  beforeAll(async () => {
    told = await data(root)
  })

  it('ends well and is plain', () => {
    expect([told.code, told.err]).toEqual([0, ''])
    expect(told.out).not.toContain('\u001B')
  })
  it('what is there, by name and number', () => {
    expect(told.out.startsWith(`rsna ${root}\n\nWhat is there\n`)).toBe(true)
    expect(line(told.out, 'films ')).toBe("films     16, of which 4 (25 %) positive for 'Lung Opacity'")
    expect(line(told.out, 'patients ')).toBe('patients  8, up to 2 films each (patients by films: 2: 8)')
    expect(line(told.out, 'files ')).toBe('files     dicom 16')
    expect(line(told.out, 'sizes ')).toBe('sizes     16 x 16 (16)')
    expect(line(told.out, 'bits ')).toBe('bits      8 (16)')
    expect(line(told.out, 'boxes ')).toBe(
      'boxes     4 (films by boxes: 1: 4), median 6 x 5 px, 38 % x 31 % of the film',
    )
    expect(told.out).toMatch(/\n {2}class +films +positive\n {2}Normal +12 +0\n {2}Lung Opacity +4 +4\n/)
    expect(told.out).toMatch(/\n {2}view PA +4 \(100 %\) +12 \(100 %\)\n {2}sex F +4 \(100 %\) +12 \(100 %\)\n/)
  })
  it('what one thing alone tells: nothing here, where all are PA, F and 61', () => {
    expect(line(told.out, '  view (AP is higher)')).toMatch(/^ {2}view \(AP is higher\) +\.50 \[/)
    expect(line(told.out, '  age (older is higher)')).toMatch(/ \.50 \[.*patients resampled$/)
  })
  it('the copy, with the pseudonyms of its patients', () => {
    const copy = line(told.out, '  the same file')
    expect(copy).toMatch(
      /^ {2}the same file +film-008, film-009 +patients patient-[0-9a-f]{12}, patient-[0-9a-f]{12} +different targets$/,
    )
    expect(told.out).not.toContain('nih-')
    expect(told.out).not.toContain('61Y')
  })
  it('warnings in words', () => {
    const warnings = told.out.split('\n').filter((each) => each.startsWith('! '))
    expect(told.out).toContain('\n3 warnings\n')
    expect(warnings.map((each) => each.slice(0, 41))).toEqual([
      '! Only 4 positive films of 2 patients: ea',
      '! Films that are the same or look it are ',
      '! Films that are the same or look it have',
    ])
  })
  it('where data.json and the contact sheet are', () => {
    const [record, sheet] = told.out.trimEnd().split('\n').slice(-2) as [string, string]
    const place = join(workspace.path, '.radiograft/data/')
    expect([record.startsWith(place), sheet.startsWith(place)]).toEqual([true, true])
    expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ films: 16, positives: 4, layout: 'rsna' })
    expect(readFileSync(sheet).subarray(1, 4).toString()).toBe('PNG')
  })
  it('the folder is as it was', () => {
    expect(readdirSync(root).toSorted()).toEqual([
      'rsna_to_nih.csv',
      'stage_2_detailed_class_info.csv',
      'stage_2_train_images',
      'stage_2_train_labels.csv',
    ])
  })
  it('again: the same patients have the same pseudonyms', async () => {
    const again = await data(root)
    expect(line(again.out, '  the same file')).toBe(line(told.out, '  the same file'))
  })
})

it('--json: the record and nothing else, written only with --out', async () => {
  const root = folderWithCopy()
  const out = join(emptyFolder('described'), 'here')
  const { code, out: text, err } = await data(root, '--json', '--out', out)
  expect([code, err]).toEqual([0, ''])
  const record = JSON.parse(text) as {
    readonly pixels: { readonly duplicates: ReadonlyArray<object> }
    readonly warnings: object
  }
  expect(record).toMatchObject({ films: 16, patients: { known: true, patients: 8, most: 2 } })
  expect(record.pixels.duplicates).toEqual([
    {
      by: 'file',
      correlation: 1,
      patients: 'several',
      targetsDiffer: true,
      films: [
        { film: 'film-008', patient: expect.stringMatching(/^patient-/), class: 'Lung Opacity', target: 1 },
        { film: 'film-009', patient: expect.stringMatching(/^patient-/), class: 'Normal', target: 0 },
      ],
    },
  ])
  expect(readdirSync(out).toSorted()).toEqual(['contact-sheet.png', 'data.json'])
  expect(readFileSync(join(out, 'data.json'), 'utf8')).toBe(text)
})

it('--no-pixels: tables and headers only, nothing is written', async () => {
  const root = folderWithCopy()
  const { code, out } = await data(root, '--no-pixels')
  expect(code).toBe(0)
  expect(out).toContain('What is there\n')
  for (const word of ['Duplicates', 'brightness', 'bits', 'contact-sheet']) expect(out).not.toContain(word)
})

it('--skip-bad: what cannot be used is left out and told', async () => {
  const root = writeRsnaFolder()
  truncateSync(image(root, 5), 600)
  const { code, out } = await data(root, '--skip-bad', '--no-pixels')
  expect(code).toBe(0)
  expect(line(out, 'films ')).toContain('15, of which 4')
  expect(out).toMatch(/\nLeft out\n {2}film-005\.dcm: the file ends/)
})

describe('what cannot be done: exit code 2, one error, nothing on stdout', () => {
  const cases: ReadonlyArray<readonly [string, () => ReadonlyArray<string>, RegExp]> = [
    ['no folder', () => [], /^error: which folder\? npm run radiograft -- data <folder>, or data --help\.\n$/],
    ['two folders', () => ['a', 'b'], /^error: one folder at a time: 'b' is too many\.\n$/],
    ['a folder that is not there', () => ['/nowhere/films'], /^error: \/nowhere\/films: there is no such folder\.\n$/],
    ['an empty folder', () => [emptyFolder('films')], /: the folder is empty\.\n$/],
    ['an unknown flag', () => ['--no-pixel', '.'], /^error: unknown flag '--no-pixel', did you mean '--no-pixels'\?/],
    ['--laterals keep', () => [writeRsnaFolder(), '--laterals', 'keep'], /^error: --laterals keep: it is 'drop'/],
    [
      'a truncated film',
      () => {
        const root = writeRsnaFolder()
        truncateSync(image(root, 7), 800)
        return [root]
      },
      /film-007\.dcm: /,
    ],
    [
      'a finding that is not in the tables',
      () => [writeRsnaFolder(), '--finding', 'Lung Opacty'],
      /Lung Opacty.*Lung Opacity/s,
    ],
    [
      '--out a folder with other files',
      () => {
        const out = emptyFolder('described')
        writeFileSync(join(out, 'thesis.tex'), '')
        return [writeRsnaFolder(), '--out', out]
      },
      /^error: the folder .* holds thesis\.tex\. Give a new folder/,
    ],
    [
      '--out inside the folder of films',
      () => {
        const root = writeRsnaFolder()
        return [root, '--out', join(root, 'described')]
      },
      /^error: --out .* lies in the folder of films/,
    ],
  ]
  it.each(cases)('%s', async (_, make, message) => {
    const { code, out, err } = await data(...make())
    expect(err).toMatch(message)
    expect(err).not.toMatch(/\n\s+at /)
    expect([code, out]).toEqual([2, ''])
  })
})

describe('on a terminal', () => {
  it('a bar that goes away, colours', async () => {
    const { code, out } = await workspace.onTerminal(['data', writeRsnaFolder()])
    expect(code).toBe(0)
    expect(out).toContain('━')
    expect(out).toContain('\u001B[1mWhat is there\u001B[22m')
    expect(out.lastIndexOf('━')).toBeLessThan(out.indexOf('What is there'))
  })
  it('Ctrl-C: exit code 130, nothing written', async () => {
    const out = join(emptyFolder('described'), 'here')
    mkdirSync(out)
    const ended = await workspace.onTerminal(['data', writeRsnaFolder({ films: 64 }), '--out', out], {
      until: 'checking tables',
    })
    expect(ended.code).toBe(130)
    expect(ended.out).toContain('Stopped. Nothing was written.')
    expect([existsSync(out), readdirSync(out)]).toEqual([true, []])
  })
})
