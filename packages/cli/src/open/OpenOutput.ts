// What a stage made on one port, as a program reads it. Patients' ids are pseudonyms unless the films are of the phantom or
// the reader asked for them in clear.
import { artefactBytes, kindDigest, readArtefact } from '@radiograft/artefact-store'
import type { Artefact, Store } from '@radiograft/artefact-store'
import { Figure, Network, Table } from '@radiograft/pipeline'
import type { AnyKind, Films, Read } from '@radiograft/pipeline'
import { kindNamed } from './kindNamed.ts'

export interface OpenOutput {
  readonly stage: string
  readonly port: string
  /** such as `films`, `boxes`, `network` */
  readonly kind: string
  readonly rows: number
  readonly bytes: number
  readonly digest: string
  readonly artefact: Artefact
  /** How its kind lies on disk. */
  readonly layout: AnyKind['storage']['layout']
  /** The columns of a table. */
  readonly columns: ReadonlyArray<string>
  /** The value, typed by the kind that is expected. Rejects with `ArtefactValueError` where it is of another. */
  readonly read: <K extends AnyKind>(kind: K) => Promise<Read<K>>
  /** Rows of a table. */
  readonly table: () => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>
  /** A collection read by position, so that memory does not grow with it. */
  readonly films: () => Promise<Films>
  readonly figure: () => Promise<Figure>
  readonly network: () => Promise<Network>
  /** Whatever it is. */
  readonly value: () => Promise<unknown>
  /** Hashes every blob again: those that are missing or damaged, and whether the digest is that of its blobs. */
  readonly verify: () => Promise<Verified>
}

export interface Verified {
  readonly blobs: number
  readonly faults: ReadonlyArray<{ readonly digest: string; readonly fault: 'missing' | 'damaged' }>
  /** false where it was written under another version of its kind, so that it cannot be read now */
  readonly readable: boolean
}

/** Rows with `patient` replaced. */
const renamed = (value: unknown, pseudonym: ((patient: string) => string) | undefined): unknown =>
  pseudonym === undefined || !Array.isArray(value)
    ? value
    : (value as ReadonlyArray<Readonly<Record<string, unknown>>>).map((row) =>
        typeof row['patient'] === 'string' ? { ...row, patient: pseudonym(row['patient']) } : row,
      )

export const openOutput = (given: {
  readonly store: Store
  readonly stage: string
  readonly port: string
  readonly artefact: Artefact
  readonly pseudonym: ((patient: string) => string) | undefined
}): OpenOutput => {
  const { store, stage, port, artefact, pseudonym } = given
  const own = kindNamed(artefact.kind)
  const { storage } = own
  const columns = storage.layout === 'table' ? Object.keys(storage.columns) : []
  const read = async <K extends AnyKind>(kind: K): Promise<Read<K>> => {
    const value: unknown = await readArtefact(store.blobs, kind as AnyKind, artefact)
    return (columns.includes('patient') ? renamed(value, pseudonym) : value) as Read<K>
  }
  return {
    stage,
    port,
    kind: artefact.kind,
    rows: artefact.rows,
    bytes: artefactBytes(artefact),
    digest: artefact.digest,
    artefact,
    layout: storage.layout,
    columns,
    read,
    table: async () => {
      const value: unknown = await read(own)
      if (artefact.kind === Table.kind) {
        const { columns: names, cells } = value as Table
        return cells.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
      }
      if (!Array.isArray(value)) throw new TypeError(`${stage}.${port} is ${artefact.kind}, which has no rows.`)
      return value as ReadonlyArray<Readonly<Record<string, unknown>>>
    },
    films: async () => {
      if (storage.layout !== 'films') throw new TypeError(`${stage}.${port} is ${artefact.kind}, which has no films.`)
      return (await read(own)) as Films
    },
    figure: () => read(Figure),
    network: () => read(Network),
    value: async () => (await read(own)) as unknown,
    verify: async () => {
      const faults: Array<Verified['faults'][number]> = []
      for (const { digest } of artefact.chunks) {
        const fault = await store.blobs.verify(digest)
        if (fault) faults.push({ digest, fault })
      }
      return { blobs: artefact.chunks.length, faults, readable: artefact.schema === kindDigest(own) }
    },
  }
}
