// The versions of a registered model.
import { allPages, pageOf } from '../answers/pages.ts'
import { readDone, readJson } from '../answers/readJson.ts'
import { fieldsOf } from '../answers/shape.ts'
import { checkFilled, checkInteger, checkOwnId, checkRunId, checkText, checkVersion } from '../checks/checks.ts'
import { checkPairs } from '../checks/checkTags.ts'
import { quoted } from '../checks/quoted.ts'
import { api, type Connection } from '../Connection.ts'
import { createOnce } from '../createOnce.ts'
import type { ModelVersion, ModelVersionToCreate } from '../ModelVersion.ts'
import { checkAlias, checkModelName } from './checkModel.ts'
import { modelVersionOf } from './modelOf.ts'

/** In characters; those of a run are shorter. */
const longestModelTag = 100_000

const read = readJson((fields) => modelVersionOf(fieldsOf(fields['model_version'], 'model_version')))

export interface ModelVersionSearch {
  readonly filter?: string
  readonly pageSize?: number
}

export const searchModelVersions = (
  { send }: Connection,
  { filter, pageSize = 1000 }: ModelVersionSearch = {},
): AsyncIterable<ModelVersion> => {
  const query = {
    filter: filter === undefined ? undefined : checkText('filter', filter),
    max_results: checkInteger('pageSize', pageSize, 1),
  }
  return allPages((token) =>
    send({
      method: 'GET',
      path: `${api}/model-versions/search`,
      query: { ...query, page_token: token },
      repeatable: true,
      read: readJson(pageOf('model_versions', modelVersionOf)),
    }),
  )
}

export const createModelVersion = (connection: Connection, given: ModelVersionToCreate): Promise<ModelVersion> => {
  const { send, idTag, longValues } = connection
  const { runId, description, tags = {} } = given
  const name = checkModelName('name', given.name)
  const id = checkOwnId('id', given.id)
  const json = {
    name,
    source: checkFilled('source', given.source, 500),
    tags: checkPairs('tags', { ...tags, [idTag]: id }, longestModelTag, longValues),
    ...(runId !== undefined && { run_id: checkRunId('runId', runId) }),
    ...(description !== undefined && { description: checkText('description', description, 5000) }),
  }
  const filter = `name = ${quoted('name', name)} and tags.\`${idTag}\` = ${quoted('id', id)}`
  const find = async () => {
    const found: Array<ModelVersion> = []
    for await (const version of searchModelVersions(connection, { filter })) found.push(version)
    return found.toSorted((a, b) => Number(a.version) - Number(b.version))[0]
  }
  const create = () => send({ method: 'POST', path: `${api}/model-versions/create`, json, repeatable: false, read })
  // of two versions with one id the first is the one that is found from now on
  return createOnce(connection, find, create, async (made) => (await find()) ?? made)
}

export const getModelVersion = ({ send }: Connection, name: string, version: string): Promise<ModelVersion> =>
  send({
    method: 'GET',
    path: `${api}/model-versions/get`,
    query: { name: checkModelName('name', name), version: checkVersion('version', version) },
    repeatable: true,
    read,
  })

export const modelVersionByAlias = ({ send }: Connection, name: string, alias: string): Promise<ModelVersion> =>
  send({
    method: 'GET',
    path: `${api}/registered-models/alias`,
    query: { name: checkModelName('name', name), alias: checkAlias('alias', alias) },
    repeatable: true,
    read,
  })

export const setModelVersionTags = async (
  { send, longValues }: Connection,
  name: string,
  version: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const of = { name: checkModelName('name', name), version: checkVersion('version', version) }
  for (const pair of checkPairs('tags', tags, longestModelTag, longValues))
    await send({
      method: 'POST',
      path: `${api}/model-versions/set-tag`,
      json: { ...of, ...pair },
      repeatable: true,
      read: readDone,
    })
}

export const deleteModelVersion = ({ send }: Connection, name: string, version: string): Promise<void> =>
  send({
    method: 'DELETE',
    path: `${api}/model-versions/delete`,
    json: { name: checkModelName('name', name), version: checkVersion('version', version) },
    repeatable: false,
    read: readDone,
  })
