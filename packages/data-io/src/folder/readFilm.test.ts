import { symlinkSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { writeDicom } from '../dicom/writeDicom.ts'
import { encodeImage } from '../images/encodeImage.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import type { FilmFolder, FilmFormat, FolderFilm } from './FilmFolder.ts'
import type { FolderProblem } from './FolderError.ts'
import { readFilm, squareBoxes } from './readFilm.ts'
import { streamFilms } from './streamFilms.ts'

const written = (name: string, bytes: Uint8Array): string => `${writeFolder({ [name]: bytes })}/${name}`
const read = (path: string, format: FilmFormat, size: number, window?: 'header' | 'depth') =>
  readFilm({ path, format }, { size, ...(window && { window }) })

describe('a DICOM film', () => {
  // 2 rows of 4: padded with a black row above and one below to 4 x 4
  const stored = Uint16Array.of(0, 100, 200, 300, 400, 500, 600, 4095)
  const film = (more: object = {}) =>
    written('a.dcm', writeDicom({ id: 'a', rows: 2, columns: 4, stored, bitsStored: 12, ...more }))

  it('by its own window: centre 300, width 401 reaches from 100 to 500 (PS3.3 C.11.2.1.2)', async () => {
    const { pixels, preparation } = await read(film({ window: { centre: 300.5, width: 401 } }), 'dicom', 4)
    const rows = [0, 0, 0.25, 0.5, 0.75, 1, 1, 1]
    expect(Array.from(pixels)).toEqual([0, 0, 0, 0, ...rows, 0, 0, 0, 0])
    expect(preparation).toEqual({
      format: 'dicom',
      rows: 2,
      columns: 4,
      bits: 12,
      inverted: false,
      window: 'LINEAR 300.5 401',
      scale: 1,
      padX: 0,
      padY: 1,
      padding: 0,
    })
  })

  it('by its bits: 4095 is 1', async () => {
    const { pixels, preparation } = await read(film({ window: { centre: 300.5, width: 401 } }), 'dicom', 4, 'depth')
    expect(pixels[5]).toBeCloseTo(100 / 4095, 6)
    expect(pixels[11]).toBe(1)
    expect(preparation.window).toBe('depth')
  })

  it('turned where white is air, before it is padded', async () => {
    const { pixels, preparation } = await read(film({ photometric: 'MONOCHROME1' }), 'dicom', 4)
    expect(pixels[0]).toBe(0)
    expect(pixels[4]).toBe(1)
    expect(pixels[11]).toBe(0)
    expect(preparation.inverted).toBe(true)
  })

  it('halved: the mean of four pixels, black padding among them', async () => {
    const { pixels } = await read(film(), 'dicom', 2)
    // columns 0 and 1 of the row (0, 100 / 400, 500), each with a padded row
    const mean = (a: number, b: number) => (a + b) / 4 / 4095
    expect(pixels[0]).toBeCloseTo(mean(0, 100), 6)
    expect(pixels[3]).toBeCloseTo(mean(600, 4095), 6)
  })
})

it('a picture of 16 bits keeps them; one of 8 is divided by 255', async () => {
  const deep = { rows: 1, columns: 2, stored: Uint16Array.of(257, 65_535), format: 'png' as const }
  const wide = await read(written('a.png', await encodeImage(deep)), 'png', 2)
  expect(wide.pixels[0]).toBeCloseTo(257 / 65_535, 7)
  expect(wide.pixels[1]).toBe(1)
  expect(wide.preparation).toMatchObject({ format: 'png', bits: 16, rows: 1, columns: 2, padY: 0, window: 'depth' })
  const grey = { rows: 1, columns: 1, stored: Uint8Array.of(51), format: 'tiff' as const }
  expect((await read(written('a.tif', await encodeImage(grey)), 'tiff', 1)).pixels[0]).toBeCloseTo(0.2, 7)
})

it('boxes follow their film: 2 rows of 4 in a square of 8', () => {
  const box = { box: [1, 0, 3, 2], label: 'Mass' } as const
  expect(squareBoxes({ rows: 2, columns: 4, boxes: [box] }, 8)).toEqual([{ box: [2, 2, 6, 6], label: 'Mass' }])
})

describe('a stream of films', () => {
  const folderOf = async (names: ReadonlyArray<string>): Promise<FilmFolder> => {
    const grey = await encodeImage({ rows: 2, columns: 2, stored: Uint8Array.of(0, 51, 102, 255), format: 'png' })
    const root = writeFolder(
      Object.fromEntries(names.map((name) => [`${name}.png`, name.includes('bad') ? grey.subarray(0, 50) : grey])),
    )
    const film = (name: string) => ({ film: name, path: `${root}/${name}.png`, format: 'png' }) as FolderFilm
    return { folder: root, layout: 'classes', films: names.map(film) } as unknown as FilmFolder
  }
  const all = async (folder: FilmFolder, options = {}): Promise<ReadonlyArray<string>> => {
    const seen: string[] = []
    for await (const { film, pixels } of streamFilms(folder, { size: 2, workers: 0, ...options })) {
      expect(pixels[1]).toBeCloseTo(0.2, 6)
      seen.push(film.film)
    }
    return seen
  }

  it('in order', async () => {
    expect(await all(await folderOf(['a', 'b', 'c']))).toEqual(['a', 'b', 'c'])
  })

  it('damaged ones end it after all were tried, with the whole list; or are handed over', async () => {
    const folder = await folderOf(['a', 'bad1', 'b', 'bad2'])
    await expect(all(folder)).rejects.toMatchObject({
      _tag: 'FolderError',
      problems: [
        { kind: 'film', film: 'bad1', message: expect.stringContaining('bad1.png') },
        { kind: 'film', film: 'bad2', message: expect.stringContaining('bad2.png') },
      ],
    })
    const bad: unknown[] = []
    expect(await all(folder, { onBad: (problem: unknown) => bad.push(problem) })).toEqual(['a', 'b'])
    expect(bad).toMatchObject([{ film: 'bad1' }, { film: 'bad2' }])
  })

  it('damage is named by the path in the folder, which may be given as a link', async () => {
    const folder = await folderOf(['patient1/bad_view1', 'patient1/view1'])
    const link = `${writeFolder({})}/link`
    symlinkSync(folder.folder, link)
    for (const given of [folder.folder, link]) {
      const bad: FolderProblem[] = []
      await all({ ...folder, folder: given }, { onBad: (problem: FolderProblem) => bad.push(problem) })
      expect(bad.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^patient1\/bad_view1\.png: (?!bad_view1)/),
      ])
    }
  })

  it('a film that vanished since the check is named, and is no damaged film to skip', async () => {
    const folder = await folderOf(['a', 'b', 'c'])
    const films = folder.films.with(1, { ...folder.films[1]!, path: `${folder.folder}/x/gone.png` })
    const bad: unknown[] = []
    for (const options of [{}, { onBad: (problem: unknown) => bad.push(problem) }])
      await expect(all({ ...folder, films }, options)).rejects.toMatchObject({
        _tag: 'FilmReadError',
        film: 'b',
        message: expect.stringMatching(/^x\/gone\.png: ENOENT.*run again$/),
      })
    expect(bad).toEqual([])
  })

  it('none left after decoding is an error, though all may be skipped', async () => {
    const bad: unknown[] = []
    await expect(all(await folderOf(['bad1', 'bad2']), { onBad: (x: unknown) => bad.push(x) })).rejects.toMatchObject({
      _tag: 'FolderError',
      problems: [{ kind: 'left', message: expect.stringMatching(/^no film is left: .* all 2 .* bad1\.png: /) }],
    })
    expect(bad).toHaveLength(2)
  })

  it.each([
    [{ workers: -1 }, 'workers'],
    [{ workers: 0.5 }, 'workers'],
    [{ workers: Number.NaN }, 'workers'],
    [{ size: 0 }, 'size'],
    [{ size: 1.5 }, 'size'],
    [{ size: Number.NaN }, 'size'],
  ])('%j is refused before anything is read', async (options, option) => {
    const error = await all({ ...(await folderOf([])), films: [] }, options).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ _tag: 'StreamFilmsOptionError', option })
  })

  it('ends when told to', async () => {
    const signal = AbortSignal.abort()
    await expect(all(await folderOf(['a']), { signal })).rejects.toThrow(/abort/i)
  })
})
