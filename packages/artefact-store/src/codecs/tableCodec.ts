// Tables as Arrow IPC files: rows sorted by the kind's sort key, no nulls, no compression, equal rows equal bytes.
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import type { ColumnType, Storage } from '@radiograft/pipeline'
import {
  Binary,
  Bool,
  type Data,
  type DataType,
  Field,
  Float32,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
} from 'apache-arrow'
import { ArtefactValueError } from '../errors.ts'

type TableStorage = Extract<Storage, { readonly layout: 'table' }>
type Row = Readonly<Record<string, unknown>>

const arrowTypes: Readonly<Record<ColumnType, () => DataType>> = {
  utf8: () => new Utf8(),
  json: () => new Utf8(),
  bytes: () => new Binary(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  int32: () => new Int32(),
  bool: () => new Bool(),
}

/** Text by code units, numbers by value with NaN last, false before true, bytes by value. */
const compareValues = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
    return a - b || Number(Object.is(b, -0)) - Number(Object.is(a, -0))
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b)
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0
}

const sorted = (rows: ReadonlyArray<Row>, storage: TableStorage): ReadonlyArray<Row> => {
  // ties are broken by the other columns, so that the order in which a stage made its rows never shows
  const order = [...storage.sortBy, ...Object.keys(storage.columns).filter((name) => !storage.sortBy.includes(name))]
  const key = (row: Row, name: string): unknown =>
    storage.columns[name] === 'json' ? canonicalJson(row[name]) : row[name]
  return rows.toSorted((a, b) => {
    for (const name of order) {
      const c = compareValues(key(a, name), key(b, name))
      if (c !== 0) return c
    }
    return 0
  })
}

/** One bit pattern for NaN. */
const canonicalNaN = (values: Float32Array | Float64Array): void => {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = Number.NaN
}

const columnData = (kind: string, name: string, type: ColumnType, rows: ReadonlyArray<Row>): Data => {
  const bad = (i: number, expected: string): ArtefactValueError =>
    new ArtefactValueError(kind, `column '${name}' of row ${i} is ${String(rows[i]![name])}, expected ${expected}`)
  const length = rows.length
  if (type === 'utf8' || type === 'json' || type === 'bytes') {
    const parts = rows.map((row, i) => {
      const value = row[name]
      if (type === 'bytes') {
        if (!(value instanceof Uint8Array)) throw bad(i, 'bytes')
        return value
      }
      if (type === 'json') {
        if (value === undefined) throw bad(i, 'JSON')
        return Buffer.from(canonicalJson(value))
      }
      if (typeof value !== 'string') throw bad(i, 'text')
      return Buffer.from(value)
    })
    const valueOffsets = new Int32Array(length + 1)
    parts.forEach((part, i) => (valueOffsets[i + 1] = valueOffsets[i]! + part.length))
    const data = new Uint8Array(Buffer.concat(parts))
    return type === 'bytes'
      ? makeData({ type: new Binary(), length, nullCount: 0, valueOffsets, data })
      : makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data })
  }
  if (type === 'bool') {
    const data = new Uint8Array((length + 7) >> 3)
    rows.forEach((row, i) => {
      if (typeof row[name] !== 'boolean') throw bad(i, 'true or false')
      if (row[name]) data[i >> 3]! |= 1 << (i & 7)
    })
    return makeData({ type: new Bool(), length, nullCount: 0, data })
  }
  const data =
    type === 'int32' ? new Int32Array(length) : type === 'float32' ? new Float32Array(length) : new Float64Array(length)
  rows.forEach((row, i) => {
    const value = row[name]
    if (typeof value !== 'number') throw bad(i, 'a number')
    if (type === 'int32' && (value | 0) !== value) throw bad(i, 'a whole number of 32 bits')
    data[i] = value
  })
  if (!(data instanceof Int32Array)) canonicalNaN(data)
  return makeData({ type: arrowTypes[type](), length, nullCount: 0, data } as never) as Data
}

/** The bytes of an Arrow IPC file with one record batch. Throws `ArtefactValueError` naming column and row. */
export const encodeTable = (kind: string, storage: TableStorage, rows: ReadonlyArray<object>): Uint8Array => {
  const ordered = sorted(rows as ReadonlyArray<Row>, storage)
  const fields = Object.entries(storage.columns).map(
    ([name, type]) =>
      new Field(name, arrowTypes[type](), false, type === 'json' ? new Map([['radiograft:type', 'json']]) : undefined),
  )
  const schema = new Schema(fields, new Map([['radiograft:kind', kind]]))
  const children = Object.entries(storage.columns).map(([name, type]) => columnData(kind, name, type, ordered))
  const struct = makeData({ type: new Struct(fields), length: ordered.length, nullCount: 0, children })
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), 'file')
}

/** The rows, in the order of the file. */
export const decodeTable = (kind: string, storage: TableStorage, bytes: Uint8Array): ReadonlyArray<object> => {
  const table = tableFromIPC(bytes)
  const rows: Array<Record<string, unknown>> = Array.from({ length: table.numRows }, () => ({}))
  for (const [name, type] of Object.entries(storage.columns)) {
    const column = table.getChild(name)
    if (!column) throw new ArtefactValueError(kind, `its file has no column '${name}'`)
    for (let i = 0; i < rows.length; i++) {
      const value = column.get(i) as unknown
      rows[i]![name] = type === 'json' ? parseCanonicalJson(value as string) : value
    }
  }
  return rows
}
