import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Dataset, optional, type AnyPipeline, type ResolvedPipeline } from '@radiograft/pipeline'
import { describeFailure } from '../describeFailure.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { messageOf } from '../testing/messageOf.ts'
import { filmName, writeRsnaFolder } from '../testing/rsnaFolder.ts'
import type { RsnaFolderOptions } from '../testing/rsnaFolder.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import { runFlags } from '../commands/runFlags.ts'
import { bindDatasets } from './bindDatasets.ts'
import { checkByReader } from './checkByReader.ts'
import { checkDatasets } from './checkDatasets.ts'
import { dataCommands } from './dataCommands.ts'
import { detectLayout } from './detectLayout.ts'
import { leftOut } from './leftOut.ts'

const of = (...names: ReadonlyArray<string>): AnyPipeline =>
  ({ name: 'p', datasets: Object.fromEntries(names.map((name) => [name, {}])) }) as AnyPipeline

const layouts = await dataCommands()
const layoutOf = (folder: string): Dataset => detectLayout(folder, layouts)
const bound = (names: ReadonlyArray<string>, given: ReadonlyArray<string>, left = {}) =>
  bindDatasets(of(...names), given, left, layouts)

describe('the layout of a folder', () => {
  it('RSNA by its labels or its images', () => {
    const root = writeRsnaFolder()
    expect(layoutOf(root)).toEqual({ layout: 'rsna', root })
    const images = emptyFolder('data')
    mkdirSync(join(images, 'stage_2_train_images'))
    expect(layoutOf(images).layout).toBe('rsna')
  })
  it.each([
    ['nih', 'Data_Entry_2017.csv'],
    ['chexpert', 'train.csv', 'train/patient00001'],
  ] as const)('%s by %s', (layout, name, ...folders) => {
    const root = emptyFolder('data')
    writeFileSync(join(root, name), '')
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true })
    expect(layoutOf(root)).toEqual({ layout, root })
  })
  it('nothing there, a file, an empty folder, another folder: one error that names it', () => {
    const root = emptyFolder('data')
    expect(messageOf(() => layoutOf(join(root, 'x')))).toBe(`--data ${root}/x: there is no such folder.`)
    expect(messageOf(() => layoutOf(root))).toBe(`--data ${root}: the folder is empty.`)
    writeFileSync(join(root, 'a.txt'), '')
    expect(messageOf(() => layoutOf(join(root, 'a.txt')))).toBe(`--data ${root}/a.txt: it is a file, not a folder.`)
    const message = messageOf(() => layoutOf(root))
    expect(message).toContain('no known layout. It holds a.txt. Looked for:\n  - ')
    for (const name of ['stage_2_train_labels.csv', 'Data_Entry_2017', 'train.csv', 'class'])
      expect(message).toContain(name)
  })
})

describe('binding --data to the datasets of a pipeline', () => {
  const root = writeRsnaFolder({ films: 1 })
  it('one dataset by its folder or its name; what is not bound stays out', () => {
    expect(bound(['rsna'], [root])).toEqual({ rsna: { layout: 'rsna', root } })
    expect(bound(['rsna'], [`rsna=${root}`])).toEqual({ rsna: { layout: 'rsna', root } })
    expect(bound(['a', 'b'], [`b=${root}`])).toEqual({ b: { layout: 'rsna', root } })
    expect(bound(['a', 'b'], [])).toEqual({})
    expect(bound(['a'], [root], { skipBad: true })).toEqual({ a: { layout: 'rsna', root, skipBad: true } })
  })
  it('beside optional ones the folder without a name is the one that is not', () => {
    const pipeline = { name: 'p', datasets: { films: Dataset, extractor: optional(Dataset) } } as AnyPipeline
    const of = (...given: string[]) => bindDatasets(pipeline, given, { skipBad: true }, layouts)
    expect(of(root)).toEqual({ films: { layout: 'rsna', root, skipBad: true } })
    const weights = emptyFolder('data')
    writeFileSync(join(weights, 'model.json'), '{}')
    expect(of(`extractor=${weights}`, root)).toEqual({
      films: { layout: 'rsna', root, skipBad: true },
      extractor: { layout: 'layers-model', root: weights },
    })
    expect(messageOf(() => of(root, weights))).toBe("--data is given twice for dataset 'films'.")
  })
  it('none to bind, several without a name, twice', () => {
    expect(messageOf(() => bound([], [root]))).toBe(`--data ${root}: pipeline 'p' takes no data.`)
    expect(messageOf(() => bound(['a', 'b'], [root]))).toMatch(/has the datasets a, b; write --data <name>=<dir>/)
    expect(messageOf(() => bound(['a'], [root, root]))).toBe("--data is given twice for dataset 'a'.")
  })
})

describe('a folder that is read as a network', () => {
  const reads = (value: Dataset): ResolvedPipeline['nodes'] =>
    [{ inputs: { weights: { node: { dataset: { name: 'extractor', value } } } } }] as never
  it('is checked as one: another network, and films, end a run before it begins', async () => {
    const root = emptyFolder('data')
    writeFileSync(join(root, 'model.json'), '{"modelTopology": {}}')
    const network = layoutOf(root)
    await expect(checkByReader(network, reads(network))).rejects.toMatchObject({ _tag: 'LayersModelError' })
    const films = layoutOf(writeRsnaFolder({ films: 1 }))
    await expect(checkByReader(films, reads(films))).rejects.toThrow(
      /reads a folder with model\.json, and this is rsna/,
    )
  })
  it('and films as films', async () => {
    const films = layoutOf(writeRsnaFolder())
    expect(await checkByReader(films, [])).toMatchObject({ films: 16 })
  })
})

it('what is left out of a folder, by its flags', async () => {
  const of = async (...argv: ReadonlyArray<string>) => leftOut(await parseArguments(runFlags, argv))
  expect(await of()).toEqual({})
  expect(await of('--skip-bad', '--laterals', 'drop')).toEqual({ skipBad: true, laterals: 'drop' })
  expect(await of('--laterals=refuse')).toEqual({})
  await expect(of('--laterals', 'keep')).rejects.toThrow("--laterals keep: it is 'drop' (leave them out) or 'refuse'")
})

describe('the check of a folder before a run', () => {
  const check = async (root: string, store = emptyFolder('data'), choices = {}) => {
    const said: string[] = []
    let checked = 0
    const films = await checkDatasets(
      { rsna: { layout: 'rsna', root, ...choices }, other: { layout: 'phantom', root: '' } },
      [],
      store,
      async (...asked) => {
        checked++
        return layouts.checkDataset(...asked)
      },
      (line) => said.push(line),
    )
    return { films, said, checked }
  }
  const failure = (root: string) =>
    check(root).then(
      () => ({ code: 0, text: 'no error' }),
      (error: unknown) => describeFailure(error),
    )

  it('says what there is; a second check of the same folder reads no film', async () => {
    const root = writeRsnaFolder()
    const store = emptyFolder('data')
    const says = [`rsna ${root}: 16 films, 4 positive, 4 boxes, 16 patients`]
    expect(await check(root, store)).toEqual({ films: { rsna: 16 }, said: says, checked: 1 })
    expect(await check(root, store)).toEqual({ films: { rsna: 16 }, said: says, checked: 0 })
    utimesSync(join(root, 'stage_2_train_labels.csv'), 1, 1)
    expect((await check(root, store)).checked).toBe(1)
  })

  it('says what is left out; another choice is another check', async () => {
    const root = writeRsnaFolder()
    const store = emptyFolder('data')
    await check(root, store)
    truncateSync(join(root, 'stage_2_train_images', `${filmName(5)}.dcm`), 600)
    const skipped = await check(root, store, { skipBad: true })
    expect(skipped.said).toEqual([`rsna ${root}: 15 films, 4 positive, 4 boxes, 15 patients`, '  Left out: 1 bad.'])
    await expect(check(root, store)).rejects.toThrow(/film-005\.dcm/)
  })

  it('says so where nobody knows the patients', async () => {
    const root = writeRsnaFolder()
    renameSync(join(root, 'rsna_to_nih.csv'), join(root, 'mapping.txt'))
    expect((await check(root)).said).toEqual([
      `rsna ${root}: 16 films, 4 positive, 4 boxes`,
      '  Which films are of one patient is not known (no rsna_to_nih.csv): splits are by film and may leak (G29).',
    ])
  })

  it('takes Windows line ends and a byte order mark', async () => {
    const root = writeRsnaFolder({ lineEnd: '\r\n' })
    const labels = join(root, 'stage_2_train_labels.csv')
    writeFileSync(labels, `\uFEFF${readFileSync(labels, 'utf8')}`)
    expect((await check(root)).films).toEqual({ rsna: 16 })
  })

  const image = (root: string, name: string): string => join(root, 'stage_2_train_images', name)
  const cases: ReadonlyArray<readonly [string, RsnaFolderOptions, (root: string) => void, ReadonlyArray<string>]> = [
    [
      'a film renamed',
      {},
      (root) => renameSync(image(root, `${filmName(3)}.dcm`), image(root, 'other.dcm')),
      ['line 5 of the labels: there is no film-003.dcm', 'other.dcm has no row in the labels'],
    ],
    [
      'a box outside its film',
      { films: 4, box: '10,2,9,3' },
      () => {},
      ['the box from (10, 2) to (19, 5) of film-000 leaves its film of 16 x 16'],
    ],
    [
      'a CSV without a column',
      {},
      (root) => {
        const file = join(root, 'stage_2_train_labels.csv')
        writeFileSync(file, readFileSync(file, 'utf8').replace('height', 'h'))
      },
      ['stage_2_train_labels.csv has no column "height"; it has patientId, x, y, width, Target, and 1 other(s)'],
    ],
    [
      'a truncated DICOM',
      {},
      (root) => truncateSync(image(root, `${filmName(5)}.dcm`), 600),
      ['film-005.dcm: the file ends'],
    ],
    [
      'a file that is no DICOM',
      {},
      (root) => writeFileSync(image(root, `${filmName(6)}.dcm`), 'JPEG'),
      ['film-006.dcm: not a DICOM file'],
    ],
    ['no film at all', { films: 0 }, () => {}, ['stage_2_train_images holds no film (.dcm, .png, .jpg, .tif)']],
  ]
  it.each(cases)('%s: exit code 2, one error that names the file', async (_, options, harm, says) => {
    const root = writeRsnaFolder(options)
    harm(root)
    const { code, text } = await failure(root)
    expect(code).toBe(2)
    expect(text.startsWith(`${root} cannot be used: `)).toBe(true)
    for (const part of says) expect(text).toContain(part)
    expect(text).toContain('Mend the folder and run again.')
    expect(text).not.toMatch(/\n\s+at /)
  })

  it('no value of a patient tag is ever printed', async () => {
    // the writer puts sex and age into the header, and the id as PatientID; here a name is planted, and films are harmed
    const root = writeRsnaFolder()
    const secret = ['DOE^JANE', '19630517', 'Ward 7']
    for (const [i, harm] of [(b: Buffer) => b.subarray(0, 700), (b: Buffer) => b.subarray(0, b.length - 9)].entries()) {
      const file = image(root, `${filmName(i)}.dcm`)
      const bytes = readFileSync(file)
      const value = Buffer.from(secret.join('\\').padEnd(40))
      const name = Buffer.concat([
        Buffer.from([0x10, 0, 0x10, 0]),
        Buffer.from('PN'),
        Buffer.from([value.length, 0]),
        value,
      ])
      // before (0010,0020): groups stay in order
      const place = bytes.indexOf(Buffer.from([0x10, 0, 0x20, 0]))
      expect(place).toBeGreaterThan(0)
      writeFileSync(file, harm(Buffer.concat([bytes.subarray(0, place), name, bytes.subarray(place)])))
    }
    const { code, text } = await failure(root)
    expect(code).toBe(2)
    expect(text).toMatch(/film-000\.dcm: it holds no pixel data, or ends before it.*film-001\.dcm: the file ends/s)
    for (const value of [...secret, '061Y']) expect(text).not.toContain(value)
  })

  it('two datasets of one folder are each checked as their own readers will, and each remembered', async () => {
    const root = writeRsnaFolder({ films: 4 })
    const store = emptyFolder('data')
    const data: Readonly<Record<string, Dataset>> = { a: { layout: 'rsna', root }, b: { layout: 'rsna', root } }
    const reader = (name: string, finding: string) =>
      ({ params: { finding }, inputs: { dataset: { node: { dataset: { name, value: data[name] } } } } }) as never
    const checked = async (ofA: string, ofB: string): Promise<ReadonlyArray<string>> => {
      const names: string[] = []
      await checkDatasets(
        data,
        [reader('a', ofA), reader('b', ofB)],
        store,
        async (dataset) => {
          names.push(Object.keys(data).find((name) => data[name] === dataset)!)
          return { films: 4, positives: 1, boxes: 1, patients: 4, left: [] }
        },
        () => {},
      )
      return names
    }
    expect(await checked('Lung Opacity', 'Mass')).toEqual(['a', 'b'])
    expect(await checked('Lung Opacity', 'Mass')).toEqual([])
    expect(await checked('Lung Opacity', 'Nodule')).toEqual(['b'])
    expect(await checked('Lung Opacity', 'Nodule')).toEqual([])
  })

  it('a link to nothing is no error of its own: the check names its film, or leaves it out', async () => {
    const root = writeRsnaFolder({ films: 4 })
    symlinkSync('nowhere', join(root, 'broken.csv'))
    symlinkSync('round.txt', join(root, 'round.txt'))
    expect((await check(root)).films).toEqual({ rsna: 4 })
    const film = image(root, `${filmName(3)}.dcm`)
    rmSync(film)
    symlinkSync('nowhere', film)
    expect((await failure(root)).text).toContain('film-003.dcm is a link to nothing')
    expect((await check(root, emptyFolder('data'), { skipBad: true })).films).toEqual({ rsna: 3 })
  })

  it('a folder that cannot be read, here because it went away since it was looked at', async () => {
    const gone = join(writeRsnaFolder({ films: 4 }), 'gone')
    expect(await failure(gone)).toEqual({ code: 2, text: `--data ${gone}: ${gone} cannot be read (ENOENT).` })
  })
})
