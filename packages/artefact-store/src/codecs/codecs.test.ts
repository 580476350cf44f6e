import { describe, expect, it } from '@jest/globals'
import { Boxes, Figure, Films, Masks, Network, tableKind, Table } from '@radiograft/pipeline'
import type { FilmsOut } from '@radiograft/pipeline'
import { readFileSync } from 'node:fs'
import { kindDigest } from '../kindDigest.ts'
import { memoryBlobs } from '../memoryBlobs.ts'
import { readArtefact } from '../readArtefact.ts'
import { arrowSamples, sampleFilms } from '../testing/arrowSamples.ts'
import { writeArtefact } from '../writeArtefact.ts'
import { endsChunk } from './filmsWriter.ts'

const blobs = memoryBlobs()
const box = (film: string, x0 = 0, label = 'opacity') => ({ film, x0, y0: 0, x1: 9, y1: 9, label })
const filmsOut = (n: number, storage: FilmsOut['storage'] = 'uint8'): FilmsOut => ({
  height: 2,
  width: 3,
  storage,
  films: sampleFilms(n),
})

interface Seen {
  readonly sha256: string
  readonly rows: number
  readonly metadata: Readonly<Record<string, string>>
  readonly columns: Readonly<
    Record<string, { readonly type: string; readonly nullable: boolean; readonly values: ReadonlyArray<unknown> }>
  >
}
const fixture = JSON.parse(readFileSync(new URL('../fixtures/arrow.json', import.meta.url), 'utf8')) as {
  readonly files: Readonly<Record<string, Seen>>
}
const revive = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const { $number, $bytes } = value as { readonly $number?: string; readonly $bytes?: string }
  return $bytes === undefined ? Number($number) : Uint8Array.from(Buffer.from($bytes, 'hex'))
}

describe('files that pyarrow reads', () => {
  it.each(Object.keys(arrowSamples))('%s: these bytes, these values', async (name) => {
    const [kind, value] = arrowSamples[name]!
    const seen = fixture.files[name]!
    const artefact = await writeArtefact(blobs, kind, value)
    expect(artefact.chunks[0]!.digest).toBe(seen.sha256)
    expect(artefact.rows).toBe(seen.rows)
    expect(seen.metadata['radiograft:kind']).toBe(kind.kind)
    const read = (await readArtefact(blobs, kind, artefact)) as never
    if (kind.storage.layout === 'table') {
      const rows = read as ReadonlyArray<Readonly<Record<string, unknown>>>
      for (const [column, { values, nullable }] of Object.entries(seen.columns)) {
        expect(rows.map((row) => row[column])).toEqual(values.map(revive))
        expect(nullable).toBe(false)
      }
    } else {
      const films = read as Films
      expect(films.ids).toEqual(seen.columns['id']!.values)
      const scale = Number(seen.metadata['radiograft:scale'])
      const pixels = (await films.rows(films.ids.map((_, i) => i))).flatMap((row) => Array.from(row))
      expect(seen.columns['pixels']!.type).toMatch(/^tensor<(uint8|uint16|float)>\[2, 3\]$/)
      expect(pixels).toHaveLength(seen.columns['pixels']!.values.length)
      seen.columns['pixels']!.values.forEach((stored, i) =>
        expect((stored as number) * scale).toBeCloseTo(pixels[i]!, 6),
      )
    }
  })
})

describe('tables', () => {
  it('have one digest whatever the order of rows and of columns in a row', async () => {
    const rows = [box('b', 2), box('a', 5), box('a', 1), box('a', 1, 'nodule')]
    const first = await writeArtefact(blobs, Boxes, rows)
    const shuffled = rows.toReversed().map(({ film, ...rest }) => ({ ...rest, film }))
    expect((await writeArtefact(blobs, Boxes, shuffled)).digest).toBe(first.digest)
    expect((await readArtefact(blobs, Boxes, first)).map(({ film, x0, label }) => `${film}${x0}${label}`)).toEqual([
      'a1nodule',
      'a1opacity',
      'a5opacity',
      'b2opacity',
    ])
    expect((await writeArtefact(blobs, Boxes, [box('b', 3), ...rows.slice(1)])).digest).not.toBe(first.digest)
  })
  it('keep one bit pattern for NaN', async () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8000000000123n]).buffer)[0]!
    const at = (x0: number) => writeArtefact(blobs, Boxes, [box('a', x0)])
    expect((await at(odd)).digest).toBe((await at(Number.NaN)).digest)
  })
  it('hold JSON, 32-bit numbers and text as they are', async () => {
    const kind = tableKind<{ id: string; at: number; what: unknown; yes: boolean }>()('odd', {
      layout: 'table',
      columns: { id: 'utf8', at: 'float32', what: 'json', yes: 'bool' },
      sortBy: ['id'],
    })
    const rows = [
      { id: 'é\u0000"', at: 0.1, what: { b: [1, null], a: Number.NaN }, yes: true },
      { id: '𝛼', at: -Infinity, what: 'x', yes: false },
    ]
    const back = await readArtefact(blobs, kind, await writeArtefact(blobs, kind, rows))
    expect(back).toEqual([{ ...rows[0], at: Math.fround(0.1) }, rows[1]])
  })
  it.each([
    [{ ...box('a'), x0: undefined }, "column 'x0' of row 0 is undefined, expected a number"],
    [{ ...box('a'), label: 3 }, "column 'label' of row 0 is 3, expected text"],
  ])('refuse a row that does not fit: %#', async (row, message) => {
    await expect(writeArtefact(blobs, Boxes, [row] as never)).rejects.toThrow(message)
  })
  it('refuse another kind, and no value', async () => {
    const artefact = await writeArtefact(blobs, Boxes, [])
    await expect(readArtefact(blobs, Masks, artefact)).rejects.toThrow('This value is no masks: it is boxes')
    await expect(writeArtefact(blobs, Boxes, undefined as never)).rejects.toThrow('it is undefined')
  })
})

describe('films', () => {
  it.each(['uint8', 'uint16', 'float32'] as const)('come back from %s', async (storage) => {
    const artefact = await writeArtefact(blobs, Films, filmsOut(150, storage))
    const films = await readArtefact(blobs, Films, artefact)
    expect([films.size, films.height, films.width]).toEqual([150, 2, 3])
    const given = sampleFilms(150)
    const some = await films.rows([149, 0, 77])
    // k / 255 is exact in uint8 and float32; uint16 rounds to half a step
    const tolerance = storage === 'uint16' ? 0.5 / 65535 + 1e-7 : 0
    ;[149, 0, 77].forEach((i, j) =>
      given[i]!.pixels.forEach((p, k) => expect(Math.abs(some[j]![k]! - p)).toBeLessThanOrEqual(tolerance)),
    )
    const ids: string[] = []
    for await (const { id } of films.stream()) ids.push(id)
    expect(ids).toEqual(films.ids)
    expect(films.indexOf('f0077')).toBe(77)
    expect(() => films.indexOf('g')).toThrow("There is no film 'g' among these 150 films")
    await expect(films.rows([150])).rejects.toThrow('film 150 of 150')
  })
  it('of no film keep their shape', async () => {
    const films = await readArtefact(blobs, Films, await writeArtefact(blobs, Films, filmsOut(0)))
    expect([films.size, films.ids, films.height, films.width]).toEqual([0, [], 2, 3])
    for await (const { id } of films.stream()) expect(id).toBe('none')
  })
  it('end a chunk after an id that says so, so that a film more changes few chunks', async () => {
    const chunksOf = async (films: FilmsOut['films']) =>
      (await writeArtefact(blobs, Films, { ...filmsOut(0), films })).chunks
    const all = sampleFilms(1000)
    const before = await chunksOf(all)
    const ends = all.filter(({ id }) => endsChunk(id)).length
    expect(before.length).toBe(ends + Number(!endsChunk(all.at(-1)!.id)))
    expect(ends).toBeGreaterThan(8)
    const without = await chunksOf(all.filter((_, i) => i !== 500))
    const known = new Set(before.map(({ digest }) => digest))
    expect(without.filter(({ digest }) => !known.has(digest))).toHaveLength(1)
  })
  it('end a chunk at 64 MiB', async () => {
    const size = 2048 * 2048
    const pixels = new Float32Array(size)
    const films = Array.from({ length: 5 }, (_, i) => ({ id: `large-${i}`, pixels }))
    expect(films.some(({ id }) => endsChunk(id))).toBe(false)
    const own = memoryBlobs()
    const { chunks } = await writeArtefact(own, Films, { height: 2048, width: 2048, storage: 'float32', films })
    expect(chunks.map(({ rows }) => rows)).toEqual([4, 1])
  })
  it('are refused out of order, twice, of another size, or beyond [0, 1]', async () => {
    const write = (films: FilmsOut['films'], storage: FilmsOut['storage'] = 'uint8') =>
      writeArtefact(blobs, Films, { height: 1, width: 1, storage, films })
    const film = (id: string, ...values: ReadonlyArray<number>) => ({ id, pixels: Float32Array.from(values) })
    await expect(write([film('b', 0), film('a', 0)])).rejects.toThrow("film 'a' follows 'b'")
    await expect(write([film('a', 0), film('a', 0)])).rejects.toThrow('each once')
    await expect(write([film('a', 0, 0)])).rejects.toThrow("film 'a' has 2 pixels, expected 1 x 1")
    await expect(write([film('a', -0.5)])).rejects.toThrow("film 'a' has a pixel of -0.5, expected [0, 1]")
    await expect(write([film('a', Number.NaN)], 'float32')).rejects.toThrow('NaN')
    const kept = await write([film('a', 1.0005), film('b', -0.0005)], 'uint16')
    expect((await (await readArtefact(blobs, Films, kept)).rows([0, 1])).map(([p]) => p)).toEqual([1, 0])
    // float32 keeps what lies beyond, such as a residual
    expect((await (await readArtefact(blobs, Films, await write([film('a', -2)], 'float32'))).rows([0]))[0]![0]).toBe(
      -2,
    )
  })
})

describe('networks, figures and JSON', () => {
  it('keep tensors by name, whatever the order of names', async () => {
    const tensors = {
      'b.weight': { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
      a: { shape: [], data: Float32Array.of(0.5) },
      none: { shape: [0, 3], data: new Float32Array(0) },
    }
    const artefact = await writeArtefact(blobs, Network, { config: { name: 'x', n: 2 }, tensors })
    const { none, a, 'b.weight': b } = tensors
    const again = await writeArtefact(blobs, Network, {
      config: { n: 2, name: 'x' },
      tensors: { none, a, 'b.weight': b },
    })
    expect(again.digest).toBe(artefact.digest)
    const back = await readArtefact(blobs, Network, artefact)
    expect(back.config).toEqual({ name: 'x', n: 2 })
    expect(back.tensors).toEqual(tensors)
    // the header of safetensors: its length in eight bytes, then JSON; data from a multiple of eight
    const bytes = await blobs.read(artefact.chunks[0]!.digest)
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    expect(JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString())).toMatchObject({
      a: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
      'b.weight': { dtype: 'F32', shape: [2, 2], data_offsets: [4, 20] },
    })
    expect(bytes).toHaveLength(8 + length + 20)
    const wrong = { config: {}, tensors: { a: { shape: [2], data: new Float32Array(3) } } }
    await expect(writeArtefact(blobs, Network, wrong)).rejects.toThrow("tensor 'a' has 3 values")
  })
  it('keep a figure with its words, which are part of its digest', async () => {
    const figure: Figure = {
      title: 'Losses',
      caption: 'steps',
      row: 'G15',
      mediaType: 'image/svg+xml',
      bytes: new TextEncoder().encode('<svg/>'),
    }
    const artefact = await writeArtefact(blobs, Figure, figure)
    const back = await readArtefact(blobs, Figure, artefact)
    expect({ ...back, bytes: Buffer.from(back.bytes).toString() }).toEqual({ ...figure, bytes: '<svg/>' })
    expect((await writeArtefact(blobs, Figure, { ...figure, title: 'Other' })).digest).not.toBe(artefact.digest)
  })
  it('keep JSON with NaN', async () => {
    const table: Table = { title: 't', rows: 'G1', columns: ['a'], cells: [['x', Number.NaN, null]] }
    expect(await readArtefact(blobs, Table, await writeArtefact(blobs, Table, table))).toEqual(table)
  })
  it('have a digest of their kind that a changed column changes', () => {
    const kind = (columns: Readonly<Record<string, 'utf8' | 'int32'>>) =>
      tableKind<{ a: string }>()('x', { layout: 'table', columns, sortBy: ['a'] })
    expect(kindDigest(kind({ a: 'utf8' }))).not.toBe(kindDigest(kind({ a: 'int32' })))
    expect(kindDigest(kind({ a: 'utf8' }))).toBe(kindDigest(kind({ a: 'utf8' })))
  })
})
