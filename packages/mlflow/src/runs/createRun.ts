// A run, made once for an id of the caller's own.
import { readDone, readJson } from '../answers/readJson.ts'
import { fieldsOf } from '../answers/shape.ts'
import { checkExperimentId, checkFilled, checkOwnId, checkRunId, checkTime } from '../checks/checks.ts'
import { checkPairs } from '../checks/checkTags.ts'
import { longestTag } from '../checks/longValue.ts'
import { api, type Connection } from '../Connection.ts'
import { rememberRoot } from '../artifacts/artifacts.ts'
import { createOnce } from '../createOnce.ts'
import { MlflowValueError } from '../errors.ts'
import type { RunToCreate } from '../MlflowClient.ts'
import { runInfoOf } from './runOf.ts'
import { findRun, runsWithTags } from './searchRuns.ts'

/** As many as one request may carry. */
const mostTags = 100

export const deleteRun = ({ send }: Pick<Connection, 'send'>, runId: string): Promise<void> =>
  send({
    method: 'POST',
    path: `${api}/runs/delete`,
    json: { run_id: checkRunId('runId', runId) },
    repeatable: true,
    read: readDone,
  })

/** Of several runs with one id the first by run id stays, whoever chooses; the others, which hold nothing yet, are deleted. */
const keepOne = async (
  connection: Connection,
  experimentId: string,
  tags: Readonly<Record<string, string>>,
  made: string,
) => {
  const ids: Array<string> = []
  for await (const { runId } of runsWithTags(connection, experimentId, tags)) ids.push(runId)
  const [kept = made, ...others] = ids.toSorted()
  for (const other of others) await deleteRun(connection, other)
  return kept
}

export const createRun = async (connection: Connection, given: RunToCreate): Promise<string> => {
  const { send, idTag, longValues } = connection
  const experimentId = checkExperimentId('experimentId', given.experimentId)
  const own = { [idTag]: checkOwnId('id', given.id) }
  const parent = given.parent === undefined ? {} : { 'mlflow.parentRunId': checkRunId('parent', given.parent) }
  const tags = checkPairs('tags', { ...given.tags, ...parent, ...own }, longestTag, longValues)
  if (tags.length > mostTags)
    throw new MlflowValueError(
      'tags',
      `at most ${mostTags} with id and parent (setTags sends any number)`,
      `${tags.length}`,
    )
  const json = {
    experiment_id: experimentId,
    run_name: checkFilled('name', given.name, 250),
    start_time: checkTime('startTime', given.startTime),
    tags,
  }
  const create = () =>
    send({
      method: 'POST',
      path: `${api}/runs/create`,
      json,
      repeatable: false,
      read: readJson((fields) => {
        const { runId, artifactUri } = runInfoOf(fieldsOf(fieldsOf(fields['run'], 'run')['info'], 'info'))
        rememberRoot(connection, runId, artifactUri)
        return runId
      }),
    })
  const find = async () => (await findRun(connection, experimentId, own))?.runId
  return createOnce(connection, find, create, (made) => keepOne(connection, experimentId, own, made), given.isNew)
}
