// Experiments: the folders of runs.
import { allPages, pageOf } from '../answers/pages.ts'
import { readDone, readJson } from '../answers/readJson.ts'
import { fieldsOf, lifecycleOf, pairsOf, textOf, textOr, type Fields } from '../answers/shape.ts'
import { checkExperimentId, checkInteger, checkText } from '../checks/checks.ts'
import { checkPairs } from '../checks/checkTags.ts'
import { api, type Connection } from '../Connection.ts'
import type { Experiment } from '../Experiment.ts'

const experimentOf = (fields: Fields): Experiment => ({
  experimentId: textOf(fields, 'experiment_id'),
  name: textOf(fields, 'name'),
  lifecycle: lifecycleOf(fields),
  artifactLocation: textOr(fields, 'artifact_location', ''),
  tags: pairsOf(fields, 'tags'),
})

export const readExperiment = readJson((fields) => experimentOf(fieldsOf(fields['experiment'], 'experiment')))

export const getExperiment = ({ send }: Connection, experimentId: string): Promise<Experiment> =>
  send({
    method: 'GET',
    path: `${api}/experiments/get`,
    query: { experiment_id: checkExperimentId('experimentId', experimentId) },
    repeatable: true,
    read: readExperiment,
  })

export interface ExperimentSearch {
  readonly filter?: string
  readonly pageSize?: number
}

export const searchExperiments = (
  { send }: Connection,
  { filter, pageSize = 1000 }: ExperimentSearch = {},
): AsyncIterable<Experiment> => {
  const asked = {
    max_results: checkInteger('pageSize', pageSize, 1),
    ...(filter !== undefined && { filter: checkText('filter', filter) }),
  }
  return allPages((token) =>
    send({
      method: 'POST',
      path: `${api}/experiments/search`,
      json: { ...asked, ...(token !== undefined && { page_token: token }) },
      repeatable: true,
      read: readJson(pageOf('experiments', experimentOf)),
    }),
  )
}

export const deleteExperiment = ({ send }: Connection, experimentId: string): Promise<void> =>
  send({
    method: 'POST',
    path: `${api}/experiments/delete`,
    json: { experiment_id: checkExperimentId('experimentId', experimentId) },
    // the second time it is refused: it is for the caller to say what that means
    repeatable: false,
    read: readDone,
  })

/** Values of up to 20,000 characters. */
export const setExperimentTags = async (
  { send, longValues }: Connection,
  experimentId: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const id = checkExperimentId('experimentId', experimentId)
  for (const pair of checkPairs('tags', tags, 20_000, longValues))
    await send({
      method: 'POST',
      path: `${api}/experiments/set-experiment-tag`,
      json: { experiment_id: id, ...pair },
      repeatable: true,
      read: readDone,
    })
}
