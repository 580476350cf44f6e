// Films whose headers are full of patients: none of it may reach a log, a page, a record or the store, and none may be
// printed, whether the run goes well or not. Searched for byte by byte.
import { readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, jest } from '@jest/globals'
import { filmName, writeRsnaFolder } from './testing/rsnaFolder.ts'
import { picturesPipeline, testWorkspace } from './testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()

/** Attributes about a patient or about people (PS3.15 annex E), each with a value that occurs nowhere else. */
const planted = [
  [0x00080050, 'SH', 'ACCESSION-7731'],
  [0x00080080, 'LO', 'St Elsewhere Infirmary'],
  [0x00080090, 'PN', 'REFERRER^RHODA'],
  [0x00081070, 'PN', 'OPERATOR^OTTO'],
  [0x00100010, 'PN', 'QUILLFEATHER^JOSEPHINE'],
  [0x00100020, 'LO', 'MRN-0099887766'],
  [0x00100030, 'DA', '19410317'],
  [0x00101000, 'LO', 'OTHERID-55443322'],
  [0x00101001, 'PN', 'MAIDENNAME^JO'],
  [0x00101040, 'LO', '12 Hidden Lane Nowhere'],
  [0x00102154, 'SH', '+44 20 7946 0999'],
  [0x00104000, 'LO', 'lives with a parrot'],
  [0x00204000, 'LO', 'seen by Dr Whom'],
] as const

/** In base64 a text looks different at each of three places; what its neighbours decide is cut off. */
const inBase64 = (value: string, before: number): Buffer => {
  const text = Buffer.concat([Buffer.alloc(before), Buffer.from(value, 'latin1')]).toString('base64')
  return Buffer.from(text.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -1))
}
const encodings = (value: string): ReadonlyArray<Buffer> => [
  Buffer.from(value, 'latin1'),
  Buffer.from(value, 'utf16le'),
  ...[0, 1, 2].map((before) => inBase64(value, before)),
]
const needles = planted.flatMap(([, , value]) =>
  // a name's parts on their own as well
  [value, ...value.split('^')].filter((part) => part.length > 4).flatMap((part) => encodings(part)),
)

/** The patients that rsna_to_nih.csv names: the cohort in the store may have them, nothing that people are shown. */
const patient = (index: number): string => `nih-770077${index}`
const patients = Array.from({ length: 16 }, (_, i) => encodings(patient(i))).flat()

/** Files below the folder that hold a planted value. */
const telling = (folder: string, needles: ReadonlyArray<Buffer>): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return needles.some((needle) => bytes.includes(needle))
    })

const folder = (): string => writeRsnaFolder({ size: 32, attributes: planted, patient })

it('the films do hold them', () => {
  expect(telling(folder(), needles)).toHaveLength(16)
  expect(telling(folder(), patients)).toHaveLength(1)
  // and base64 is recognised wherever in its three places a text begins
  for (const before of [0, 1, 2])
    expect(Buffer.from(`${'.'.repeat(before)}REFERRER..`).toString('base64')).toContain(
      inBase64('REFERRER', before).toString(),
    )
})

it('a run that ends well tells none', async () => {
  const { code, out, err } = await workspace.run(['run', picturesPipeline, '--data', folder()])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('draw-cohort')
  const kept = join(workspace.path, '.radiograft')
  const files = readdirSync(kept, { recursive: true }).map(String)
  for (const name of ['index.html', 'metrics.json', 'run.json']) expect(files.some((f) => f.endsWith(name))).toBe(true)
  expect(files.some((file) => file.includes('figures/'))).toBe(true)
  expect(telling(kept, needles)).toEqual([])
  expect(telling(join(kept, 'runs'), patients)).toEqual([])
  for (const needle of [...needles, ...patients]) expect(Buffer.from(out + err).includes(needle)).toBe(false)
})

it('neither does one on damaged films, refused or skipped', async () => {
  const root = folder()
  const image = (i: number): string => join(root, 'stage_2_train_images', `${filmName(i)}.dcm`)
  truncateSync(image(3), 700)
  truncateSync(image(5), 1500)
  const refused = await workspace.run(['run', picturesPipeline, '--data', root])
  expect(refused.code).toBe(2)
  expect(refused.err).toMatch(/film-003\.dcm: .*film-005\.dcm: /s)
  const skipped = await workspace.run(['run', picturesPipeline, '--data', root, '--skip-bad'])
  expect([skipped.code, skipped.err]).toEqual([0, ''])
  expect(skipped.out).toContain('14 films')
  expect(skipped.out).toContain('Left out: 2 bad.')
  expect(telling(join(workspace.path, '.radiograft'), needles)).toEqual([])
  expect(telling(join(workspace.path, '.radiograft/runs'), patients)).toEqual([])
  for (const { out, err } of [refused, skipped])
    for (const needle of [...needles, ...patients]) expect(Buffer.from(out + err).includes(needle)).toBe(false)
  // the page lists them by their files
  const page = readFileSync(join(workspace.path, '.radiograft/runs/latest/report/index.html'), 'utf8')
  expect(page).toContain('Films left out')
  expect(page).toMatch(/film-003\.dcm: .*film-005\.dcm: /s)
})
