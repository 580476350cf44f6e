// Runs that match, page by page, and the one that has given tags.
import { allPages, pageOf } from '../answers/pages.ts'
import { readJson } from '../answers/readJson.ts'
import { checkExperimentId, checkInteger, checkList, checkOneOf, checkRecord, checkText } from '../checks/checks.ts'
import { checkName } from '../checks/checkName.ts'
import { quoted } from '../checks/quoted.ts'
import { api, type Connection } from '../Connection.ts'
import type { RunSearch } from '../MlflowClient.ts'
import type { Run } from '../Run.ts'
import { runOf } from './runOf.ts'

const views = { active: 'ACTIVE_ONLY', deleted: 'DELETED_ONLY', all: 'ALL' } as const

export const searchRuns = (
  { send }: Pick<Connection, 'send'>,
  { experimentIds, filter, orderBy, lifecycle = 'active', pageSize = 1000 }: RunSearch,
): AsyncIterable<Run> => {
  const ids = checkList('experimentIds', experimentIds).map((id, i) => checkExperimentId(`experimentIds[${i}]`, id))
  const asked = {
    experiment_ids: ids,
    run_view_type: views[checkOneOf('lifecycle', lifecycle, ['active', 'deleted', 'all'])],
    max_results: checkInteger('pageSize', pageSize, 1),
    ...(filter !== undefined && { filter: checkText('filter', filter) }),
    ...(orderBy !== undefined && { order_by: orderBy.map((order, i) => checkText(`orderBy[${i}]`, order)) }),
  }
  return allPages((token) =>
    send({
      method: 'POST',
      path: `${api}/runs/search`,
      json: { ...asked, ...(token !== undefined && { page_token: token }) },
      repeatable: true,
      read: readJson(pageOf('runs', runOf)),
    }),
  )
}

/** All active runs that have all these tags, the earliest first. */
export const runsWithTags = (
  connection: Pick<Connection, 'send'>,
  experimentId: string,
  tags: Readonly<Record<string, string>>,
): AsyncIterable<Run> => {
  const clauses = Object.entries(checkRecord('tags', tags)).map(
    ([key, value]) => `tags.\`${checkName('tags', key)}\` = ${quoted(`tags[${JSON.stringify(key)}]`, value)}`,
  )
  return searchRuns(connection, {
    experimentIds: [experimentId],
    filter: clauses.join(' and '),
    orderBy: ['attributes.start_time ASC'],
    pageSize: 10,
  })
}

export const findRun = async (
  connection: Pick<Connection, 'send'>,
  experimentId: string,
  tags: Readonly<Record<string, string>>,
): Promise<Run | undefined> => {
  for await (const run of runsWithTags(connection, experimentId, tags)) return run
  return undefined
}
