/**
 * @radiograft/mlflow: a typed MLflow client that checks what it sends and what it is answered.
 *
 * ```ts
 * import { makeMlflowClient, mlflowOptionsOfEnv } from '@radiograft/mlflow'
 *
 * const mlflow = makeMlflowClient('http://127.0.0.1:5000', mlflowOptionsOfEnv())
 * const experimentId = await mlflow.experiment('chest films')
 * const runId = await mlflow.createRun({ experimentId, name: 'first', startTime: Date.now(), id: crypto.randomUUID() })
 * await mlflow.logBatch(runId, {
 *   params: { rate: '0.001' },
 *   metrics: [{ key: 'train/loss', value: 0.7, timestamp: Date.now(), step: 0 }],
 * })
 * await mlflow.updateRun(runId, { status: 'FINISHED', endTime: Date.now() })
 * ```
 */

// the client
export { makeMlflowClient } from './makeMlflowClient.ts'
export type {
  ArtifactData,
  ArtifactEntry,
  MlflowClient,
  RunBatch,
  RunImage,
  RunOrId,
  RunSearch,
  RunTable,
  RunToCreate,
} from './MlflowClient.ts'
export { mlflowOptionsOfEnv } from './mlflowOptionsOfEnv.ts'
export type { MlflowFetch, MlflowOptions, MlflowRetry } from './MlflowOptions.ts'

// names
export { metricName } from './metricName.ts'

// what a server holds
export type { Experiment } from './Experiment.ts'
export type { ModelVersion, ModelVersionToCreate, RegisteredModel } from './ModelVersion.ts'
export type { DatasetInput, MetricPoint, Run, RunInfo, RunStatus } from './Run.ts'

// errors
export { MlflowRefusedError, MlflowUnavailableError, MlflowValueError } from './errors.ts'
export type { MlflowError, MlflowUnavailableReason } from './errors.ts'
