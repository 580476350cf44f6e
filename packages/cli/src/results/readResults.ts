// The artefacts that a run answers, read from the store by kind: figures, metrics, tables.
import { readArtefact } from '@radiograft/artefact-store'
import type { Store } from '@radiograft/artefact-store'
import { Figure, Metrics, Table } from '@radiograft/pipeline'
import type { MetricRow } from '@radiograft/pipeline'
import type { RunResult } from '@radiograft/runner'

export interface Results {
  /** `<name>`, or `<name>-1`, `<name>-2`, … where a name has several */
  readonly figures: ReadonlyArray<{ readonly name: string; readonly figure: Figure }>
  readonly tables: ReadonlyArray<{ readonly name: string; readonly table: Table }>
  /** one list an artefact, in the order of the pipeline's result */
  readonly metrics: ReadonlyArray<ReadonlyArray<MetricRow>>
}

/** Rejects with a store error when a blob is gone or damaged. */
export const readResults = async (store: Store, results: RunResult['results']): Promise<Results> => {
  const figures: Array<Results['figures'][number]> = []
  const tables: Array<Results['tables'][number]> = []
  const metrics: Array<ReadonlyArray<MetricRow>> = []
  for (const [result, list] of Object.entries(results))
    for (const [i, { kind, artefact }] of list.entries()) {
      const name = list.length === 1 ? result : `${result}-${i + 1}`
      if (kind.kind === Figure.kind) figures.push({ name, figure: await readArtefact(store.blobs, Figure, artefact) })
      else if (kind.kind === Table.kind) tables.push({ name, table: await readArtefact(store.blobs, Table, artefact) })
      else if (kind.kind === Metrics.kind) metrics.push(await readArtefact(store.blobs, Metrics, artefact))
    }
  return { figures, tables, metrics }
}
