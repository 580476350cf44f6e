// A tracking server's REST interface as promises. Everything is checked before it leaves, because the server answers 200 to
// requests that it could read only half, and every answer is checked before it is believed.
import type { Experiment } from './Experiment.ts'
import type { ModelVersion, ModelVersionToCreate, RegisteredModel } from './ModelVersion.ts'
import type { DatasetInput, MetricPoint, Run, RunInfo, RunStatus } from './Run.ts'

export type * from './Experiment.ts'
export type * from './MlflowOptions.ts'
export type * from './ModelVersion.ts'
export type * from './Run.ts'

export interface RunToCreate {
  readonly experimentId: string
  readonly name: string
  /** Milliseconds since 1970, an integer. */
  readonly startTime: number
  /** The caller's own unique id, kept as a tag: repeated with it, the first run is found again. */
  readonly id: string
  /** The run that this one is shown under. */
  readonly parent?: string
  readonly tags?: Readonly<Record<string, string>>
  /** Nobody has asked for this id before: it is not looked for before the first try, only after a failure. @default false */
  readonly isNew?: boolean
}

export interface RunSearch {
  readonly experimentIds: ReadonlyArray<string>
  /** MLflow's filter language: "metrics.auc > 0.8 and tags.`mlflow.parentRunId` = '…'". */
  readonly filter?: string
  /** `['metrics.auc DESC']`. */
  readonly orderBy?: ReadonlyArray<string>
  /** @default 'active' */
  readonly lifecycle?: 'active' | 'deleted' | 'all'
  /** Runs asked for at a time. @default 1000 */
  readonly pageSize?: number
}

export interface RunBatch {
  readonly metrics?: ReadonlyArray<MetricPoint>
  readonly params?: Readonly<Record<string, string>>
  readonly tags?: Readonly<Record<string, string>>
}

/** A stream can be sent once; bytes, text and a Blob (`fs.openAsBlob` makes one of a file) are sent again after a failure. */
export type ArtifactData = Uint8Array | string | Blob | ReadableStream<Uint8Array>

export interface ArtifactEntry {
  /** From the run's artifact root. */
  readonly path: string
  readonly isFolder: boolean
  readonly size?: number
}

export interface RunImage {
  /** The chart's name; a part before `/` is its section. */
  readonly key: string
  readonly step: number
  /** Milliseconds since 1970, an integer. */
  readonly timestamp: number
  readonly png: Uint8Array
  /** The copy that the page shows first, WebP of at most 256 pixels a side. Without it sharp makes it, which must be installed. */
  readonly small?: Uint8Array
}

export interface RunTable {
  readonly columns: ReadonlyArray<string>
  /** Row by row. */
  readonly data: ReadonlyArray<ReadonlyArray<string | number | boolean | null>>
}

/** A run's id, or the run itself, which spares a request for where its artifacts lie. */
export type RunOrId = string | Pick<RunInfo, 'runId' | 'artifactUri'>

export interface MlflowClient {
  /** The server's address, without credentials. */
  readonly uri: string
  version(): Promise<string>

  /** The id of the experiment of this name, which is made, or restored after a deletion; safe when several do it at once. */
  experiment(name: string): Promise<string>
  getExperiment(experimentId: string): Promise<Experiment>
  searchExperiments(search?: { readonly filter?: string; readonly pageSize?: number }): AsyncIterable<Experiment>
  deleteExperiment(experimentId: string): Promise<void>
  setExperimentTags(experimentId: string, tags: Readonly<Record<string, string>>): Promise<void>

  /** Safe to repeat: the run with this id is looked for before one is made, and again after a failure of unknown outcome. */
  createRun(given: RunToCreate): Promise<string>
  /** The first active run that has all these tags. */
  findRun(experimentId: string, tags: Readonly<Record<string, string>>): Promise<Run | undefined>
  /** All that match, page by page as they are taken. */
  searchRuns(search: RunSearch): AsyncIterable<Run>
  getRun(runId: string): Promise<Run>
  /** Every point of a metric, in the server's order. */
  metricHistory(runId: string, key: string): Promise<ReadonlyArray<MetricPoint>>
  updateRun(
    runId: string,
    change: { readonly status?: RunStatus; readonly endTime?: number; readonly name?: string },
  ): Promise<void>
  deleteRun(runId: string): Promise<void>
  restoreRun(runId: string): Promise<void>

  /** Any number of them, in as few requests as the server's limits allow. Repeating it changes nothing. */
  logBatch(runId: string, batch: RunBatch): Promise<void>
  setTags(runId: string, tags: Readonly<Record<string, string>>): Promise<void>
  logInputs(runId: string, datasets: ReadonlyArray<DatasetInput>): Promise<void>
  /** A picture in the run's image charts, with the small copy that the page shows. Repeating it changes nothing. */
  logImage(runId: RunOrId, image: RunImage): Promise<void>
  /** A table at `path` (`….json`) that the page shows and compares between runs. */
  logTable(runId: RunOrId, path: string, table: RunTable): Promise<void>

  putArtifact(run: RunOrId, path: string, data: ArtifactData, mediaType?: string): Promise<void>
  getArtifact(run: RunOrId, path: string): Promise<Uint8Array>
  /** What lies directly in a folder of a run's artifacts; nothing for a folder that is not there. */
  listArtifacts(runId: string, path?: string): Promise<ReadonlyArray<ArtifactEntry>>
  deleteArtifact(run: RunOrId, path: string): Promise<void>

  /** The registered model of this name, which is made when there is none. */
  registeredModel(name: string, description?: string): Promise<RegisteredModel>
  /** Safe to repeat, as `createRun` is. */
  createModelVersion(given: ModelVersionToCreate): Promise<ModelVersion>
  getModelVersion(name: string, version: string): Promise<ModelVersion>
  modelVersionByAlias(name: string, alias: string): Promise<ModelVersion>
  searchModelVersions(search?: { readonly filter?: string; readonly pageSize?: number }): AsyncIterable<ModelVersion>
  setModelAlias(name: string, alias: string, version: string): Promise<void>
  setModelVersionTags(name: string, version: string, tags: Readonly<Record<string, string>>): Promise<void>
  deleteModelVersion(name: string, version: string): Promise<void>
  deleteRegisteredModel(name: string): Promise<void>
}

export { makeMlflowClient } from './makeMlflowClient.ts'
