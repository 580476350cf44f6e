// What Pillow 13 reads in small files and in a few real films (tools/oracles/dataio_images.py). Used by tests of this
// folder.
import { readFileSync } from 'node:fs'
import type { GreyImage } from '../GreyImage.ts'

export interface OracleFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly image: GreyImage
}

export interface OracleFilm {
  readonly folder: string
  readonly file: string
  readonly rows: number
  readonly columns: number
  readonly sha256: string
}

interface Fixture {
  readonly files: ReadonlyArray<
    { readonly name: string; readonly file: string; readonly stored: string } & Omit<GreyImage, 'stored'>
  >
  readonly films: ReadonlyArray<OracleFilm>
}

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/images.json', import.meta.url), 'utf8'),
) as unknown as Fixture

/** 16 bits come with the low byte first. */
const valuesOf = (base64: string, bits: 8 | 16): Uint8Array | Uint16Array => {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  if (bits === 8) return bytes
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i]! + 256 * bytes[2 * i + 1]!)
}

export const oracleFiles: ReadonlyArray<OracleFile> = fixture.files.map(({ name, file, stored, ...header }) => ({
  name: `${header.format}: ${name}`,
  bytes: Uint8Array.from(Buffer.from(file, 'base64')),
  image: { ...header, stored: valuesOf(stored, header.bits) },
}))

/** The file of that name, such as `png: 16 bits`. */
export const oracleFile = (name: string): OracleFile => {
  const found = oracleFiles.find((each) => each.name === name)
  if (!found) throw new Error(`no ${name} in the fixture; it has ${oracleFiles.map((each) => each.name).join(', ')}`)
  return found
}

export const oracleFilms = fixture.films
