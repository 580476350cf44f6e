import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import dicomParser from 'dicom-parser'
import { readDicom } from '../../dicom/readDicom.ts'
import { unitPixels } from '../../dicom/unitPixels.ts'
import { checkFolder } from '../../folder/checkFolder.ts'
import type { FolderFilm, Layout } from '../../folder/FilmFolder.ts'
import { readImage } from '../../images/readImage.ts'
import { phantomCohort } from '../cohorts/planFilm.ts'
import type { FindingType } from '../findings/registry.ts'
import { renderFilm, type RenderedFilm } from '../renderFilm.ts'
import { PHANTOM_LAYOUTS, type PhantomLayoutName } from './phantomLayouts.ts'
import { phantomRecipe } from './phantomRecipe.ts'
import { writeFilms, type WrittenFolder } from './writeFilms.ts'
import { writePhantomFolder, type WritePhantomOptions } from './writePhantomFolder.ts'

const base = mkdtempSync(join(tmpdir(), 'phantom-folder-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let folders = 0
const newFolder = () => join(base, `new ${folders++}`, 'films')

const FILMS = 24
const knobs = { cohort: 'multi', seed: 7, size: 32, devices: true } as const
const optionsOf = (layout: PhantomLayoutName, more: Partial<WritePhantomOptions> = {}) => {
  return { ...knobs, films: FILMS, layout, out: newFolder(), workers: 0, ...more }
}
/** Films rendered once, written in many ways. */
const writeRendered = (
  films: readonly RenderedFilm[],
  layout: PhantomLayoutName,
  more: Partial<WritePhantomOptions>,
) => {
  const options = { ...optionsOf(layout, more), films: films.length }
  return writeFilms(films, phantomRecipe(options.out, options), options.out, options)
}

/** What every folder must hold, in 8 bits and, the first films, in 16. */
let rendered: readonly RenderedFilm[]
let deep: readonly RenderedFilm[]
beforeAll(() => {
  rendered = Array.from({ length: FILMS }, (_, index) => renderFilm({ ...knobs, index }))
  deep = [0, 1, 2].map((index) => renderFilm({ ...knobs, index, bits: 16 }))
}, 120_000)

const nihStem = ({ description: { patientIndex, followUp } }: RenderedFilm) =>
  `${String(patientIndex + 1).padStart(8, '0')}_00${followUp}`
const chexpertStem = ({ description: { patientIndex, followUp } }: RenderedFilm) =>
  `patient${String(patientIndex + 1).padStart(5, '0')}_study${followUp + 1}_view1_frontal`
const CLASS_FOLDERS = { Normal: 'NORMAL', 'No Lung Opacity / Not Normal': 'OTHER', 'Lung Opacity': 'PNEUMONIA' }

/** What each layout says of a phantom film beside its class: id, patient, and boxes by label. */
const LAYOUTS: Readonly<
  Record<
    PhantomLayoutName,
    {
      readonly layout: Layout
      readonly idOf: (film: RenderedFilm) => string
      readonly patientOf: (film: RenderedFilm) => string
      readonly finding: string
      readonly knowsPeople: boolean
      readonly boxed: Partial<Record<FindingType, string>>
      /** What the tables then say is present; where nothing of it is, `nothing`. */
      readonly said: Partial<Record<FindingType, ReadonlyArray<string>>>
      readonly nothing: ReadonlyArray<string>
    }
  >
> = {
  rsna: {
    layout: 'rsna',
    idOf: ({ description }) => description.filmId,
    patientOf: ({ description }) => description.patientId,
    finding: 'Lung Opacity',
    knowsPeople: true,
    boxed: { opacity: 'Lung Opacity' },
    said: { opacity: ['Lung Opacity'] },
    nothing: [],
  },
  'rsna-images': {
    layout: 'rsna',
    idOf: ({ description }) => description.filmId,
    patientOf: ({ description }) => description.patientId,
    finding: 'Lung Opacity',
    knowsPeople: true,
    boxed: { opacity: 'Lung Opacity' },
    said: { opacity: ['Lung Opacity'] },
    nothing: [],
  },
  nih: {
    layout: 'nih',
    idOf: nihStem,
    patientOf: ({ description }) => `nih-${description.patientIndex + 1}`,
    finding: 'Pneumonia',
    knowsPeople: true,
    boxed: {
      atelectasis: 'Atelectasis',
      cardiomegaly: 'Cardiomegaly',
      effusion: 'Effusion',
      mass: 'Mass',
      nodule: 'Nodule',
      opacity: 'Pneumonia',
      pneumothorax: 'Pneumothorax',
    },
    said: {
      atelectasis: ['Atelectasis'],
      cardiomegaly: ['Cardiomegaly'],
      effusion: ['Effusion'],
      mass: ['Mass'],
      nodule: ['Nodule'],
      opacity: ['Pneumonia'],
      pleural: ['Pleural_Thickening'],
      pneumothorax: ['Pneumothorax'],
    },
    nothing: [],
  },
  chexpert: {
    layout: 'chexpert',
    idOf: chexpertStem,
    patientOf: ({ description }) => `patient${String(description.patientIndex + 1).padStart(5, '0')}`,
    finding: 'Pneumonia',
    knowsPeople: true,
    boxed: {},
    said: {
      atelectasis: ['Atelectasis'],
      cardiomegaly: ['Cardiomegaly'],
      device: ['Support Devices'],
      effusion: ['Pleural Effusion'],
      fracture: ['Fracture'],
      mass: ['Lung Lesion'],
      nodule: ['Lung Lesion'],
      opacity: ['Lung Opacity', 'Pneumonia'],
      pleural: ['Pleural Other'],
      pneumothorax: ['Pneumothorax'],
    },
    nothing: ['No Finding'],
  },
  classes: {
    layout: 'classes',
    idOf: ({ description }) => `${CLASS_FOLDERS[description.class]}_${description.filmId}`,
    patientOf: ({ description }) => description.patientId,
    finding: 'PNEUMONIA',
    knowsPeople: false,
    boxed: {},
    // the other findings are one class, unless the film is a normal one that shows a device
    said: { opacity: ['PNEUMONIA'] },
    nothing: [],
  },
}
const NAMES = Object.keys(LAYOUTS) as PhantomLayoutName[]

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const boxLines = (boxes: ReadonlyArray<readonly [label: string, edges: ReadonlyArray<number>]>) =>
  boxes.map(([label, edges]) => `${label} ${edges.join()}`).toSorted(byText)
const storedOf = async ({ path, format }: FolderFilm) => {
  const bytes = readFileSync(path)
  return (format === 'dicom' ? await readDicom(bytes, path) : await readImage(bytes, path)).stored
}
/** Every file of a folder, relative to it. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())

describe.each(NAMES)('%s, written and read back', (name) => {
  const expected = LAYOUTS[name]
  const { finding, idOf, patientOf, boxed } = expected
  let written: WrittenFolder
  let films: ReadonlyMap<string, FolderFilm>

  beforeAll(async () => {
    written = await writeRendered(rendered, name, {})
    const folder = await checkFolder(written.folder, undefined, { finding })
    expect(folder.layout).toBe(expected.layout)
    expect(folder.patientsKnown).toBe(true)
    films = new Map(folder.films.map((film) => [film.film, film]))
  }, 60_000)

  it('the same films, patients and facts', () => {
    expect([...films.keys()]).toEqual(rendered.map(idOf).toSorted(byText))
    for (const film of rendered) {
      const read = films.get(idOf(film))!
      const { view, sex, age } = film.description
      const facts = { view: read.view, sex: read.sex, age: read.age }
      expect(read.patient).toBe(patientOf(film))
      expect(facts).toEqual(expected.knowsPeople ? { view, sex, age } : { view: '', sex: '', age: -1 })
      expect([read.rows, read.columns]).toEqual([32, 32])
    }
  })

  it('the same findings and targets', () => {
    const positives = rendered.filter(({ findings }) => findings.some(({ type }) => type === 'opacity'))
    expect(positives.length).toBeGreaterThan(3)
    for (const film of rendered) {
      const read = films.get(idOf(film))!
      expect([read.film, read.target]).toEqual([idOf(film), positives.includes(film) ? 1 : 0])
      const ours = new Set(film.findings.flatMap(({ type }) => expected.said[type] ?? []))
      if (film.findings.every(({ type }) => type === 'device')) expected.nothing.forEach((label) => ours.add(label))
      if (name === 'classes' && film.description.class === 'No Lung Opacity / Not Normal') ours.add('OTHER')
      const present = Object.keys(read.mentions).filter((label) => read.mentions[label] === 1)
      expect(present.toSorted(byText)).toEqual([...ours].toSorted(byText))
      // of what it does not show CheXpert is silent, the others say that it is absent
      const silent = Object.values(read.mentions).every((mention) => mention === 1)
      expect(silent).toBe(name === 'chexpert' || (ours.size > 0 && name.startsWith('rsna')))
    }
    expect(written).toMatchObject({
      films: FILMS,
      patients: FILMS / 2,
      positives: positives.length,
      boxes: positives.flatMap(({ findings }) => findings.filter(({ type }) => type === 'opacity')).length,
    })
  })

  it('the same boxes, bit for bit', () => {
    let boxes = 0
    for (const film of rendered) {
      const ours = film.findings.flatMap(({ type, box }) => {
        const label = boxed[type]
        return label === undefined ? [] : [[label, box] as const]
      })
      const read = films.get(idOf(film))!.boxes
      expect(boxLines(read.map(({ label, box }) => [label, box]))).toEqual(boxLines(ours))
      boxes += read.length
    }
    expect(boxes > 0).toBe(Object.keys(boxed).length > 0)
  })

  it('the same pixels', async () => {
    let [worst, sum] = [0, 0]
    for (const film of rendered) {
      const stored = await storedOf(films.get(idOf(film))!)
      film.pixels.forEach((grey, o) => {
        const off = Math.abs(grey - stored[o]!)
        worst = Math.max(worst, off)
        sum += off / (FILMS * 32 * 32)
      })
    }
    if (name === 'chexpert') {
      // JPEG of quality 95 on films of 32 x 32, where noise is coarsest
      expect(worst).toBeLessThanOrEqual(24)
      expect(sum).toBeLessThan(3)
    } else expect(worst).toBe(0)
  })

  it('names that every system takes, and a note that says what the films are', () => {
    const files = filesIn(written.folder)
    expect(files).toHaveLength(FILMS + written.tables.length + 1)
    const parts = files.flatMap((file) => file.split(/[/\\]/))
    expect(parts.filter((part) => !/^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/.test(part))).toEqual([])
    expect(parts.filter((part) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part))).toEqual([])
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length)
    const note = readFileSync(join(written.folder, 'README.txt'), 'utf8')
    for (const said of ['synthetic', 'of no patient', 'seed: 7', 'cohort: multi', 'devices: true', 'difficulty: 0.4']) {
      expect(note).toContain(said)
    }
  })
})

it('rendered and written: a film is the same file in a longer cohort, in an empty folder as in a new one', async () => {
  const out = newFolder()
  mkdirSync(out, { recursive: true })
  const done: Array<readonly [number, number]> = []
  const onProgress = (film: number, of: number) => done.push([film, of])
  const { folder, tables } = await writePhantomFolder(optionsOf('rsna', { films: 2, out, onProgress }))
  expect(folder).toBe(out)
  expect(tables).toEqual(['stage_2_train_labels.csv', 'stage_2_detailed_class_info.csv', 'rsna_to_nih.csv'])
  expect(done).toEqual([
    [1, 2],
    [2, 2],
  ])
  const long = await writeRendered(rendered, 'rsna', {})
  for (const id of ['phantom-000000', 'phantom-000001']) {
    const file = join('stage_2_train_images', `${id}.dcm`)
    expect(readFileSync(join(out, file))).toEqual(readFileSync(join(long.folder, file)))
  }
}, 60_000)

it('DICOM of 12 bits, 0 white: the same film; its header says that it is synthetic', async () => {
  const options = { films: 2, bits: 12, monochrome1: true } as const
  const { folder } = await writePhantomFolder(optionsOf('rsna', options))
  const bytes = readFileSync(join(folder, 'stage_2_train_images', 'phantom-000001.dcm'))
  const film = await readDicom(bytes, 'phantom-000001.dcm')
  const own = renderFilm({ ...knobs, index: 1, bits: 12 })
  expect([film.photometric, film.bitsStored, film.bitsAllocated]).toEqual(['MONOCHROME1', 12, 16])
  expect(film.stored).toEqual(own.pixels.map((grey) => 4095 - grey))
  expect(unitPixels(film)).toEqual(Float32Array.from(own.pixels, (grey) => grey / 4095))

  const data = dicomParser.parseDicom(bytes)
  const text = (tag: string) => data.string(tag)
  expect(text('x00080008')).toBe('DERIVED\\SECONDARY')
  expect(text('x00080064')).toBe('SYN')
  expect(text('x00082111')).toBe('Synthetic chest phantom of no patient: seed 7, film 1.')
  expect(text('x00100010')).toBe(`PHANTOM^00000${own.description.patientIndex}`)
  expect(text('x00100020')).toBe('phantom-000001')
  expect(text('x00100200')).toBe('YES')
  expect(text('x00280301')).toBe('NO')
  // another seed is another instance
  const other = await writeRendered([own], 'rsna', { ...options, seed: 8 })
  const uidOf = (given: Uint8Array) => dicomParser.parseDicom(given).string('x00080018')
  expect(uidOf(readFileSync(join(other.folder, 'stage_2_train_images', 'phantom-000001.dcm')))).not.toBe(uidOf(bytes))
}, 60_000)

it.each([
  ['nih', 16, undefined],
  ['classes', 16, undefined],
  ['chexpert', 16, 'png'],
] as const)('%s as PNG of %d bits keeps every grey level', async (layout, bits, encoding) => {
  const { folder } = await writeRendered(deep, layout, { bits, encoding })
  const read = await checkFolder(folder, undefined, { finding: LAYOUTS[layout].finding })
  for (const own of deep) {
    const film = read.films.find((each) => each.film === LAYOUTS[layout].idOf(own))!
    expect([film.format, await storedOf(film)]).toEqual(['png', own.pixels])
  }
})

describe('refuses, before anything is written', () => {
  const refusal = (options: Partial<WritePhantomOptions>, layout: PhantomLayoutName = 'rsna') =>
    writePhantomFolder(optionsOf(layout, { films: 1, ...options })).then(
      () => undefined,
      (error: { readonly _tag: string; readonly reason: string; readonly message: string }) => error,
    )

  it('a folder that holds something, naming both', async () => {
    const out = newFolder()
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, 'notes.txt'), 'mine')
    const error = await refusal({ out })
    expect(error).toMatchObject({ _tag: 'PhantomFolderError', reason: 'not-empty', folder: out })
    expect(error!.message).toBe(
      `${out}: no phantom films were written, it holds notes.txt. Give a folder that is empty or not there yet.`,
    )
    expect(readdirSync(out)).toEqual(['notes.txt'])
  })

  it('a file in place of a folder', async () => {
    const out = join(base, 'file')
    writeFileSync(out, '')
    expect(await refusal({ out })).toMatchObject({ reason: 'not-a-folder' })
    expect(await refusal({ out: join(out, 'below') })).toMatchObject({ reason: 'not-a-folder' })
    // a file system that refuses with ENOENT: mkdir's own recursion would never end
    expect(await refusal({ out: '/proc/phantom' })).toMatchObject({ reason: 'not-a-folder' })
  })

  it.each<[string, Partial<WritePhantomOptions>, PhantomLayoutName]>([
    ['bits of png is 12. Choose 8, 16', { bits: 12 }, 'nih'],
    ['bits of jpeg is 16. Choose 8', { bits: 16 }, 'chexpert'],
    ['encoding of the layout nih is jpeg. Choose png', { encoding: 'jpeg' }, 'nih'],
    ['monochrome1 is true. Choose it with the layout rsna', { monochrome1: true }, 'rsna-images'],
    ['films is 0. Choose a whole number from 1 to 1000000', { films: 0 }, 'rsna'],
    ['size is 100. Choose 32, 64, 128, 256, 512, 1024', { size: 100 }, 'rsna'],
    ['boxes is 5. Choose 1, 2, 3, 4', { boxes: 5 }, 'rsna'],
    ['delta is NaN. Choose a number from 0 to 1', { delta: NaN }, 'rsna'],
    ['cohort is all. Choose rsna, multi', { cohort: 'all' as 'rsna' }, 'rsna'],
  ])('%s', async (said, options, layout) => {
    const out = newFolder()
    const error = await refusal({ out, ...options }, layout)
    expect(error).toMatchObject({ _tag: 'PhantomFolderError', reason: 'option' })
    expect(error!.message).toContain(said)
    expect(() => statSync(out)).toThrow(/ENOENT/)
  })
})

it.each(NAMES)('%s: an interrupted writing is no folder of films, and is not written over', async (layout) => {
  const out = newFolder()
  const stop = new AbortController()
  const done: number[] = []
  const onProgress = (film: number) => {
    done.push(film)
    if (film === 8) stop.abort()
  }
  await expect(writeRendered(rendered, layout, { out, signal: stop.signal, onProgress })).rejects.toThrow(/abort/)
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(filesIn(out).filter((file) => /\.(?:dcm|png|jpg)$/.test(file))).toHaveLength(8)
  await expect(checkFolder(out, undefined)).rejects.toMatchObject({ _tag: 'FolderError' })
  await expect(checkFolder(out, LAYOUTS[layout].layout)).rejects.toMatchObject({ _tag: 'FolderError' })
  await expect(writeRendered(rendered, layout, { out })).rejects.toMatchObject({
    _tag: 'PhantomFolderError',
    reason: 'unfinished',
  })
})

it('an aborted signal makes no folder and renders nothing', async () => {
  const out = newFolder()
  const signal = AbortSignal.abort()
  await expect(writePhantomFolder(optionsOf('classes', { out, signal }))).rejects.toThrow(/abort/)
  expect(() => statSync(out)).toThrow(/ENOENT/)
})

it('every layout is tested', () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(PHANTOM_LAYOUTS).toSorted())
  expect(phantomCohort(7, 8, knobs).map(({ followUp }) => followUp)).toContain(3)
})
