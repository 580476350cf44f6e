// The artefacts that a run answers, read from the store by kind: figures, metrics, tables.
import { readArtefact } from '@radiograft/artefact-store'
import type { Store } from '@radiograft/artefact-store'
import { Cases, Figure, Marks, Metrics, Pictures, Table } from '@radiograft/pipeline'
import type { CaseRow, MarkRow, MetricRow, PictureRow } from '@radiograft/pipeline'
import type { RunResult } from '@radiograft/runner'

export interface Results {
  /** `<name>`, or `<name>-1`, `<name>-2`, … where a name has several */
  readonly figures: ReadonlyArray<{ readonly name: string; readonly figure: Figure }>
  readonly tables: ReadonlyArray<{ readonly name: string; readonly table: Table }>
  /** one list an artefact, in the order of the pipeline's result */
  readonly metrics: ReadonlyArray<ReadonlyArray<MetricRow>>
  /** of the report's viewer */
  readonly pictures: ReadonlyArray<PictureRow>
  readonly marks: ReadonlyArray<MarkRow>
  readonly cases: ReadonlyArray<CaseRow>
}

/** Rejects with a store error when a blob is gone or damaged. */
export const readResults = async (store: Store, results: RunResult['results']): Promise<Results> => {
  const figures: Array<Results['figures'][number]> = []
  const tables: Array<Results['tables'][number]> = []
  const metrics: Array<ReadonlyArray<MetricRow>> = []
  const pictures: Array<ReadonlyArray<PictureRow>> = []
  const marks: Array<ReadonlyArray<MarkRow>> = []
  const cases: Array<ReadonlyArray<CaseRow>> = []
  for (const [result, list] of Object.entries(results))
    for (const [i, { kind, artefact }] of list.entries()) {
      const name = list.length === 1 ? result : `${result}-${i + 1}`
      if (kind.kind === Figure.kind) figures.push({ name, figure: await readArtefact(store.blobs, Figure, artefact) })
      else if (kind.kind === Table.kind) tables.push({ name, table: await readArtefact(store.blobs, Table, artefact) })
      else if (kind.kind === Metrics.kind) metrics.push(await readArtefact(store.blobs, Metrics, artefact))
      else if (kind.kind === Pictures.kind) pictures.push(await readArtefact(store.blobs, Pictures, artefact))
      else if (kind.kind === Marks.kind) marks.push(await readArtefact(store.blobs, Marks, artefact))
      else if (kind.kind === Cases.kind) cases.push(await readArtefact(store.blobs, Cases, artefact))
    }
  return { figures, tables, metrics, pictures: pictures.flat(), marks: marks.flat(), cases: cases.flat() }
}
