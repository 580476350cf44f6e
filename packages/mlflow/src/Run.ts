// What a run is made of: points, datasets, and the run as the server tells it. Used by the client and by whoever reads runs.

/** One value of a metric. A run's chart is made of these. */
export interface MetricPoint {
  readonly key: string
  /** NaN and ±Infinity are values like any other. */
  readonly value: number
  /** Milliseconds since 1970, an integer. */
  readonly timestamp: number
  /** An integer, which may be negative. */
  readonly step: number
}

/** Data that a run read. The same name and digest again changes nothing: the first one stays. */
export interface DatasetInput {
  readonly name: string
  /** At most 36 characters. */
  readonly digest: string
  /** `local`, `http`, `s3`…: `local` with a `source` of `{ uri }` is shown as a path. */
  readonly sourceType: string
  readonly source: Readonly<Record<string, unknown>>
  /** `{ mlflow_colspec: [{ type, name }] }` is shown as a table of columns. */
  readonly schema?: Readonly<Record<string, unknown>>
  /** Facts about the data, shown in a drawer: `{ num_rows: 26684 }`. */
  readonly profile?: Readonly<Record<string, unknown>>
  /** What it was read for: `training`, `evaluation`. */
  readonly context?: string
}

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const
export type RunStatus = (typeof runStatuses)[number]

export interface RunInfo {
  readonly runId: string
  readonly experimentId: string
  readonly name: string
  readonly status: RunStatus
  /** Milliseconds since 1970; 0 when whoever made the run gave none. */
  readonly startTime: number
  readonly endTime?: number
  readonly lifecycle: 'active' | 'deleted'
  /** Where its artifacts lie: `mlflow-artifacts:/1/<run>/artifacts` behind a server that serves them. */
  readonly artifactUri: string
}

/** A run with what was logged to it. */
export interface Run extends RunInfo {
  /** The last point of each metric, by key. */
  readonly metrics: Readonly<Record<string, MetricPoint>>
  readonly params: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly inputs: ReadonlyArray<DatasetInput>
}
