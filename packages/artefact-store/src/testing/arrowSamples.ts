// Small artefacts whose files pyarrow has read: `tools/oracles/artefactstore_arrow.py` makes the fixture of what it saw.
import { Boxes, Cohort, Films, tableKind } from '@radiograft/pipeline'
import type { AnyKind, Film, FilmsOut } from '@radiograft/pipeline'

export const sampleFilms = (n: number, size = 6): ReadonlyArray<Film> =>
  Array.from({ length: n }, (_, i) => ({
    id: `f${String(i).padStart(4, '0')}`,
    pixels: Float32Array.from({ length: size }, (_unused, k) => ((i * 7 + k * 13) % 256) / 255),
  }))

const films = (n: number, storage: FilmsOut['storage']): FilmsOut => ({
  height: 2,
  width: 3,
  storage,
  films: sampleFilms(n),
})

const bytesKind = tableKind<{ readonly name: string; readonly bytes: Uint8Array }>()('sample-bytes', {
  layout: 'table',
  columns: { name: 'utf8', bytes: 'bytes' },
  sortBy: ['name'],
})

export const arrowSamples: Readonly<Record<string, readonly [kind: AnyKind, value: unknown]>> = {
  'boxes-none': [Boxes, []],
  boxes: [
    Boxes,
    [
      { film: 'b', x0: 1.5, y0: Number.NaN, x1: 3, y1: -0, label: 'Trübung' },
      { film: 'a', x0: 1, y0: 2, x1: Infinity, y1: 4, label: '' },
    ],
  ],
  cohort: [
    Cohort,
    Array.from({ length: 9 }, (_, i) => ({
      film: `f${i}`,
      patient: `p${i % 3}`,
      patientKnown: i % 2 === 0,
      view: 'PA',
      sex: '',
      age: i - 1,
    })),
  ],
  bytes: [
    bytesKind,
    [
      { name: 'b', bytes: Uint8Array.of(0, 255, 137) },
      { name: 'a', bytes: new Uint8Array() },
    ],
  ],
  'films-none': [Films, films(0, 'uint8')],
  'films-one': [Films, films(1, 'uint16')],
  'films-65-uint8': [Films, films(65, 'uint8')],
  'films-65-float32': [Films, films(65, 'float32')],
}
