// One run: read, changed, restored; and the points of one of its metrics.
import { allPages, pageOf } from '../answers/pages.ts'
import { readDone, readJson } from '../answers/readJson.ts'
import { fieldsOf } from '../answers/shape.ts'
import { checkFilled, checkOneOf, checkRunId, checkTime } from '../checks/checks.ts'
import { checkName } from '../checks/checkName.ts'
import { api, type Connection } from '../Connection.ts'
import { MlflowValueError } from '../errors.ts'
import { runStatuses, type MetricPoint, type Run, type RunStatus } from '../Run.ts'
import { pointOf, runOf } from './runOf.ts'

export const getRun = ({ send }: Pick<Connection, 'send'>, runId: string): Promise<Run> =>
  send({
    method: 'GET',
    path: `${api}/runs/get`,
    query: { run_id: checkRunId('runId', runId) },
    repeatable: true,
    read: readJson((fields) => runOf(fieldsOf(fields['run'], 'run'))),
  })

/** @param pageSize 25,000 is what the server gives at most */
export const metricHistory = async (
  { send }: Pick<Connection, 'send'>,
  runId: string,
  key: string,
  pageSize = 25_000,
): Promise<ReadonlyArray<MetricPoint>> => {
  const query = { run_id: checkRunId('runId', runId), metric_key: checkName('key', key), max_results: pageSize }
  const points: Array<MetricPoint> = []
  const pages = allPages((token) =>
    send({
      method: 'GET',
      path: `${api}/metrics/get-history`,
      query: { ...query, page_token: token },
      repeatable: true,
      read: readJson(pageOf('metrics', pointOf)),
    }),
  )
  for await (const point of pages) points.push(point)
  return points
}

export interface RunChange {
  readonly status?: RunStatus
  readonly endTime?: number
  readonly name?: string
}

export const updateRun = async ({ send }: Connection, runId: string, change: RunChange): Promise<void> => {
  const { status, endTime, name } = change
  const changed = {
    ...(status !== undefined && { status: checkOneOf('status', status, runStatuses) }),
    ...(endTime !== undefined && { end_time: checkTime('endTime', endTime) }),
    ...(name !== undefined && { run_name: checkFilled('name', name, 250) }),
  }
  if (Object.keys(changed).length === 0)
    throw new MlflowValueError('change', 'a status, an endTime or a name', 'none of them')
  await send({
    method: 'POST',
    path: `${api}/runs/update`,
    json: { run_id: checkRunId('runId', runId), ...changed },
    repeatable: true,
    read: readDone,
  })
}

export const restoreRun = ({ send }: Connection, runId: string): Promise<void> =>
  send({
    method: 'POST',
    path: `${api}/runs/restore`,
    json: { run_id: checkRunId('runId', runId) },
    repeatable: true,
    read: readDone,
  })
