import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { checkImageFile } from './checkImageFile.ts'
import { encodeImage } from './encodeImage.ts'
import { readImage } from './readImage.ts'
import { handMadePng, pngChunk } from './testing/handMadePng.ts'
import { oracleFile, oracleFiles } from './testing/imagesFixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'images-'))
afterAll(() => rmSync(folder, { recursive: true }))
const written = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

it.each(oracleFiles.map((file) => [file.name, file] as const))('the header of %s', async (_, { bytes, image }) => {
  const { stored: _stored, ...header } = image
  expect(await checkImageFile(written('film', bytes))).toEqual(header)
})

it('the format is that of the content', async () => {
  const path = written('film.png', oracleFile('jpeg: baseline').bytes)
  expect((await checkImageFile(path)).format).toBe('jpeg')
})

const noise = Uint8Array.from(rng('noise').ints(350_000, 0, 256))
const large = async (format: 'png' | 'jpeg' | 'tiff') => encodeImage({ format, rows: 500, columns: 700, stored: noise })

describe.each(['png', 'jpeg', 'tiff'] as const)('a %s larger than what is read of it', (format) => {
  it('whole', async () => {
    const bytes = await large(format)
    expect(bytes.length).toBeGreaterThan(256 * 1024) // beyond the widest window at the end
    expect(await checkImageFile(written('film', bytes))).toEqual({ format, rows: 500, columns: 700, bits: 8 })
  })

  it('cut anywhere: found as when read', async () => {
    const bytes = await large(format)
    for (const part of [0.01, 0.3, 0.9, 0.9999]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part))
      const wrong = { _tag: 'ImageError', file: 'film', problem: 'truncated' }
      await expect(checkImageFile(written('film', cut))).rejects.toMatchObject(wrong)
      await expect(readImage(cut, 'film')).rejects.toMatchObject(wrong)
    }
  })
})

it('a header longer than the first read', async () => {
  const text = pngChunk('tEXt', new Uint8Array(20_000).fill(65))
  const png = handMadePng({ rows: 1, columns: 2, bits: 8, colour: 0, lines: [0, 1, 2], before: [text] })
  expect(await checkImageFile(written('film', png))).toEqual({ format: 'png', rows: 1, columns: 2, bits: 8 })
})

it('100 kB of padding behind the end', async () => {
  for (const name of ['png: 8 bits', 'jpeg: baseline'] as const) {
    const padded = Buffer.concat([oracleFile(name).bytes, Buffer.alloc(100_000)])
    expect((await checkImageFile(written('film', padded))).bits).toBe(8)
  }
})

it('empty, text, SVG and no file', async () => {
  await expect(checkImageFile(written('a.png', new Uint8Array()))).rejects.toThrow(
    'a.png: the file is empty. Give PNG, JPEG (baseline or progressive) or TIFF files; convert others to PNG first.',
  )
  await expect(checkImageFile(written('b.png', Buffer.from('hello')))).rejects.toMatchObject({ problem: 'not-image' })
  await expect(checkImageFile(written('c.png', Buffer.from('<svg/>')))).rejects.toMatchObject({ problem: 'not-image' })
  await expect(checkImageFile(join(folder, 'absent.png'))).rejects.toMatchObject({ code: 'ENOENT' })
})
