// A refusal that concerns a whole run → what has become of that run on the server, with a way on. Used by Delivery.
import { MlflowRefusedError } from '../errors.ts'
import type { MlflowClient } from '../MlflowClient.ts'

/** The run, or the experiment that it lies in, is not there: nothing more can be logged to it. */
export class RunGoneError extends Error {
  readonly _tag = 'RunGoneError'
  readonly experimentId: string
  readonly runId: string | undefined
  constructor(message: string, { experimentId, runId }: RunPlace) {
    super(message)
    this.name = 'RunGoneError'
    this.experimentId = experimentId
    this.runId = runId
  }
}

export interface RunPlace {
  readonly experimentId: string
  /** undefined for a run that was to be made */
  readonly runId: string | undefined
}

const notThere = 'RESOURCE_DOES_NOT_EXIST'

/** Undefined for what the server does not know. */
const ifThere = async <A>(asked: Promise<A>): Promise<A | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof MlflowRefusedError && error.errorCode === notThere) return undefined
    throw error
  }
}

/** Undefined where the run and its experiment are as they should be, or the error is about something else. */
export const runGone = async (
  client: MlflowClient,
  error: unknown,
  place: RunPlace,
): Promise<RunGoneError | undefined> => {
  if (!(error instanceof MlflowRefusedError)) return undefined
  if (error.errorCode !== notThere && error.errorCode !== 'INVALID_PARAMETER_VALUE') return undefined
  const { experimentId, runId } = place
  const lost = (what: string): RunGoneError =>
    new RunGoneError(
      `${client.uri} no longer has ${what} (a new or emptied database?): delete mlflow.json in the run folder, and radiograft sync sends the run anew`,
      place,
    )
  const experiment = await ifThere(client.getExperiment(experimentId))
  if (!experiment) return lost(`the experiment ${experimentId}`)
  if (experiment.lifecycle === 'deleted')
    return new RunGoneError(
      `the experiment '${experiment.name}' was deleted in MLflow: restore it there, and radiograft sync sends the rest`,
      place,
    )
  if (runId === undefined) return undefined
  const run = await ifThere(client.getRun(runId))
  if (!run) return lost(`the run ${runId}`)
  if (run.lifecycle !== 'deleted') return undefined
  return new RunGoneError(
    `the run ${runId} was deleted in MLflow: restore it there, or delete mlflow.json in the run folder`,
    place,
  )
}
