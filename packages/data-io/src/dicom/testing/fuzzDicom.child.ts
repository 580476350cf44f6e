// Reads damaged films, one after the other, in a process of its own, so that a hang, an abort or too much memory is the
// fault of one film and found by its number. Started by fuzzDicom.films.test.ts; says a line of JSON before each film and
// one after it. By hand, for damage number 17 of one film:
// node --conditions=@radiograft/source --import ./tools/ts-loader.mjs <this file> <folder of films> '[["<film>", 17, 1]]'
import { readFileSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { inspect } from 'node:util'
import { fileURLToPath } from 'node:url'
import { rng } from '@radiograft/random'
import { DicomError } from '../DicomError.ts'
import { fileMeta } from '../fileMeta.ts'
import { readDicom } from '../readDicom.ts'
import type { DicomFilm } from '../readDicom.ts'
import { topLevelElements } from '../topLevelElements.ts'
import { mutateFilm } from './mutateFilm.ts'

interface Fixture {
  readonly films: ReadonlyArray<{ readonly name: string; readonly dicom: string }>
}

/** A film, the number of its first damage, and how many follow. */
export type FuzzPlan = ReadonlyArray<readonly [film: string, from: number, count: number]>

/** What the child says of one film after reading it. */
export interface FuzzReport {
  readonly film: string
  readonly number: number
  readonly kind: string
  /** `pixels`, or the problem's kind; else what should not have been */
  readonly outcome: string
  readonly wrong: boolean
  /** processor time, in ms */
  readonly ms: number
  /** largest resident size of the process so far, in MB */
  readonly megabytes: number
}

const say = (line: object): void => {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

/** A film of the fixture by its name, or a file below the folder. */
const filmBytes = (folder: string, film: string): Uint8Array => {
  const fixture = fileURLToPath(new URL('../fixtures/dicom.json', import.meta.url))
  const { films } = JSON.parse(readFileSync(fixture, 'utf8')) as unknown as Fixture
  const small = films.find(({ name }) => name === film)
  return Uint8Array.from(small ? Buffer.from(small.dicom, 'base64') : readFileSync(`${folder}/${film}`))
}

/** Name, ID, birth date and the persons of other groups, where they are long enough to be told from other text. */
const patientTexts = (bytes: Uint8Array, film: string): ReadonlyArray<string> => {
  const tags = new Set([0x00100010, 0x00100020, 0x00100030, 0x00080090, 0x00081050, 0x00081070])
  const { found } = topLevelElements(bytes, fileMeta(bytes, film).dataSet, { explicit: true, littleEndian: true }, tags)
  return [...found.values()]
    .map(({ offset, length = 0 }) =>
      Buffer.from(bytes.subarray(offset, offset + length))
        .toString('latin1')
        .trim(),
    )
    .filter((text) => text.length > 3)
}

const pixelsOutside = ({ stored, rows, columns, bitsStored, signed }: DicomFilm): boolean => {
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const high = low + 2 ** bitsStored - 1
  return stored.length !== rows * columns || stored.some((value) => value < low || value > high)
}

const outcomeOf = async (
  bytes: Uint8Array,
  file: string,
  patient: ReadonlyArray<string>,
): Promise<[string, boolean]> => {
  try {
    const read = await readDicom(bytes, file)
    return pixelsOutside(read) ? ['pixels outside of what the header says', true] : ['pixels', false]
  } catch (error) {
    const shown = inspect(error, { depth: 20, maxStringLength: null, maxArrayLength: null })
    if (!(error instanceof DicomError)) return [`no DicomError: ${shown}`, true]
    if (!error.message.startsWith(`${file}: `)) return [`does not name the file: ${error.message}`, true]
    if (patient.some((text) => shown.includes(text))) return ['a message with a patient’s text', true]
    return [error.problem, false]
  }
}

const fuzz = async (folder: string, film: string, from: number, count: number, other: string): Promise<void> => {
  const [whole, source] = [filmBytes(folder, film), filmBytes(folder, other)]
  const patient = patientTexts(whole, film)
  const untouched = (await readDicom(whole, film)).stored
  const stream = rng('damaged films').fork(film)
  for (let number = from; number < from + count; number++) {
    const { kind, bytes } = mutateFilm(whole, source, stream.fork(number))
    say({ film, number, kind })
    const before = process.cpuUsage()
    const [outcome, wrong] = await outcomeOf(bytes, basename(film), patient)
    const { user, system } = process.cpuUsage(before)
    const [ms, megabytes] = [(user + system) / 1e3, process.resourceUsage().maxRSS / 1e3]
    say({ film, number, kind, outcome, wrong, ms, megabytes } satisfies FuzzReport)
  }
  // what the damaged ones left behind
  const { stored } = await readDicom(whole, film)
  const same = stored.length === untouched.length && stored.every((value, i) => value === untouched[i])
  if (!same) say({ film, number: from + count, kind: 'none', outcome: 'not the pixels of before', wrong: true })
}

process.on('unhandledRejection', (reason) => {
  say({ unhandled: inspect(reason) })
  process.exit(1)
})
const [folder = '', plan = '[]'] = process.argv.slice(2)
const films = JSON.parse(plan) as FuzzPlan
for (const [i, [film, from, count]] of films.entries()) {
  await fuzz(folder, film, from, count, films[(i + 1) % films.length]![0])
}
