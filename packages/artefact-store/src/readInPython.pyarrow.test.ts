// Artefacts opened by a real pyarrow, with the lines that the README gives. `PYARROW_PYTHON` names a Python that has it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Boxes, Films, Pictures } from '@radiograft/pipeline'
import type { FilmsOut } from '@radiograft/pipeline'
import { fileStore } from './fileStore.ts'
import { readArtefact } from './readArtefact.ts'
import { sampleFilms } from './testing/arrowSamples.ts'
import { newFolders } from './testing/newFolders.ts'
import { sampleManifest } from './testing/sampleManifest.ts'
import { writeArtefact } from './writeArtefact.ts'

const folder = newFolders('pyarrow')
const python = process.env['PYARROW_PYTHON'] ?? 'python3'
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, snippet = ''] = /```python\n([^]*?)```/.exec(readme) ?? []

/** What a program prints as JSON; where pyarrow is not there, says how to get it. */
const ask = (program: string, cwd: string): unknown => {
  try {
    execFileSync(python, ['-c', 'import pyarrow, numpy'], { stdio: 'ignore' })
  } catch (cause) {
    throw new Error(`${python} has no pyarrow and numpy: pip install pyarrow numpy, or set PYARROW_PYTHON`, { cause })
  }
  return JSON.parse(
    execFileSync(python, ['-c', `${program}\nimport json\nprint(json.dumps(told))`], { cwd, encoding: 'utf8' }),
  )
}

/** A workspace with one run of one stage that made these films. */
const workspaceWith = async (films: FilmsOut) => {
  const root = folder()
  const store = fileStore(join(root, '.radiograft/store'))
  await store.probe()
  const artefact = await writeArtefact(store.blobs, Films, films)
  const key = 'b'.repeat(64)
  await store.manifests.commit(sampleManifest({ key, node: 'align', outputs: { films: artefact } }))
  const run = join(root, '.radiograft/runs/latest')
  mkdirSync(run, { recursive: true })
  writeFileSync(
    join(run, 'run.json'),
    JSON.stringify({
      nodes: [
        { id: 'read', key: 'no' },
        { id: 'align', key },
      ],
    }),
  )
  return { root, store, artefact }
}

test.each([
  ['uint8', '|u1', 1 / 255],
  ['uint16', '<u2', 1 / 65535],
  ['float32', '<f4', 1],
] as const)(
  'the README’s lines: films of %s are one array of films, rows and columns',
  async (storage, type, scale) => {
    // 200 films are several chunks
    const { root, store, artefact } = await workspaceWith({ height: 2, width: 3, storage, films: sampleFilms(200) })
    expect(artefact.chunks.length).toBeGreaterThan(1)
    const told = `${snippet}
told = {
  "shape": pixels.shape, "type": pixels.dtype.str, "ids": table["id"].to_pylist(), "pixels": pixels.reshape(-1).tolist(),
  "scale": float(table.schema.metadata[b"radiograft:scale"]), "tensor": str(table["pixels"].type),
}`
    const seen = ask(told, root) as Readonly<Record<string, unknown>>
    const films = await readArtefact(store.blobs, Films, artefact)
    expect(seen).toMatchObject({ shape: [200, 2, 3], type, ids: films.ids })
    expect(seen['tensor']).toContain('fixed_shape_tensor')
    expect(seen['scale']).toBeCloseTo(scale, 12)
    const pixels = (await films.rows(films.ids.map((_, i) => i))).flatMap((film) => [...film])
    const stored = seen['pixels'] as ReadonlyArray<number>
    expect(stored).toHaveLength(pixels.length)
    stored.forEach((value, i) => expect(value * scale).toBeCloseTo(pixels[i]!, 6))
  },
)

test('tables, with texts, numbers that are none, and bytes', async () => {
  const root = folder()
  const store = fileStore(root)
  await store.probe()
  const png = Uint8Array.of(137, 80, 78, 71, 0, 255)
  const place = { film: 'ä', layer: 'film', order: 0, frame: 'film', width: 3, height: 2, low: 0, high: NaN }
  const rows = await writeArtefact(store.blobs, Pictures, [{ ...place, png }])
  const boxes = await writeArtefact(store.blobs, Boxes, [{ film: 'b', x0: 0.5, y0: 1, x1: 2, y1: 3, label: '' }])
  const path = ({ chunks: [chunk] }: typeof rows): string =>
    `blobs/${chunk!.digest.slice(0, 2)}/${chunk!.digest.slice(2)}`
  const program = (path: string): string => `
import pyarrow as pa
row = pa.ipc.open_file("${path}").read_all().to_pylist()[0]
told = {k: v.hex() if isinstance(v, bytes) else repr(v) if v != v else v for k, v in row.items()}`
  expect(ask(program(path(rows)), root)).toEqual({ ...place, high: 'nan', png: Buffer.from(png).toString('hex') })
  expect(ask(program(path(boxes)), root)).toEqual({ film: 'b', x0: 0.5, y0: 1, x1: 2, y1: 3, label: '' })
})
