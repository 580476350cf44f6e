// Metrics, params and tags of a run, any number of them. Also what `setTags` is.
import { readDone } from '../answers/readJson.ts'
import { checkInteger, checkList, checkNumber, checkRecord, checkRunId, checkTime } from '../checks/checks.ts'
import { checkName } from '../checks/checkName.ts'
import { checkPairs } from '../checks/checkTags.ts'
import { longestParam, longestTag } from '../checks/longValue.ts'
import { api, type Connection } from '../Connection.ts'
import type { RunBatch } from '../MlflowClient.ts'
import { splitBatch, type WireMetric } from './splitBatch.ts'

export const wireNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

const wireMetric = (field: string, given: unknown): WireMetric => {
  const { key, value, timestamp, step } = checkRecord(field, given)
  return {
    key: checkName(`${field}.key`, key),
    value: wireNumber(checkNumber(`${field}.value`, value)),
    timestamp: checkTime(`${field}.timestamp`, timestamp),
    step: checkInteger(`${field}.step`, step),
  }
}

/** Everything is checked before the first request leaves. */
export const logBatch = async (
  { send, longValues }: Pick<Connection, 'send' | 'longValues'>,
  runId: string,
  { metrics = [], params = {}, tags = {} }: RunBatch,
): Promise<void> => {
  const run_id = checkRunId('runId', runId)
  const whole = {
    metrics: checkList('metrics', metrics).map((metric, i) => wireMetric(`metrics[${i}]`, metric)),
    params: checkPairs('params', params, longestParam, longValues),
    tags: checkPairs('tags', tags, longestTag, longValues),
  }
  for (const batch of splitBatch(whole))
    await send({
      method: 'POST',
      path: `${api}/runs/log-batch`,
      json: { run_id, ...Object.fromEntries(Object.entries(batch).filter(([, entities]) => entities.length > 0)) },
      // points that agree in everything are stored once, a param may be given its own value again
      repeatable: true,
      read: readDone,
    })
}
