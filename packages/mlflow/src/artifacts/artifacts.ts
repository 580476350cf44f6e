// Files of a run, through the server's artifact proxy.
import { allPages, pageOf } from '../answers/pages.ts'
import { readDone, readEmpty, readJson } from '../answers/readJson.ts'
import { integerOr, textOf, type Fields } from '../answers/shape.ts'
import { checkRecord, checkRunId, checkText } from '../checks/checks.ts'
import { kindOf } from '../checks/kindOf.ts'
import { api, type Connection } from '../Connection.ts'
import { MlflowUnavailableError, MlflowValueError, type MlflowRequest } from '../errors.ts'
import type { ArtifactData, ArtifactEntry, RunOrId } from '../MlflowClient.ts'
import { getRun } from '../runs/runs.ts'
import { artifactAddress, checkArtifactPath } from './artifactPath.ts'

/** Where a run's artifacts lie does not change. */
export const rememberRoot = ({ artifactRoots: roots }: Connection, runId: string, artifactUri: string): void => {
  if (roots.size >= 1000) roots.clear()
  roots.set(runId, artifactUri)
}

const rootOf = async (connection: Connection, run: RunOrId): Promise<string> => {
  if (typeof run !== 'string') return checkText('run.artifactUri', checkRecord('run', run)['artifactUri'])
  const known = connection.artifactRoots.get(run)
  if (known !== undefined) return known
  const { artifactUri } = await getRun(connection, run)
  rememberRoot(connection, run, artifactUri)
  return artifactUri
}

const isData = (data: unknown): data is ArtifactData =>
  typeof data === 'string' || data instanceof Uint8Array || data instanceof Blob || data instanceof ReadableStream

export const putArtifact = async (
  connection: Connection,
  run: RunOrId,
  path: string,
  data: ArtifactData,
  mediaType?: string,
): Promise<void> => {
  const checked = checkArtifactPath('path', path)
  if (!isData(data)) throw new MlflowValueError('data', 'bytes, a text, a Blob or a ReadableStream', kindOf(data))
  await connection.send({
    method: 'PUT',
    path: artifactAddress(await rootOf(connection, run), checked),
    data,
    ...(mediaType !== undefined && { mediaType: checkText('mediaType', mediaType, 200) }),
    repeatable: true,
    timeout: connection.artifactTimeout,
    read: readEmpty,
  })
}

/** An HTML artifact is sent as an attachment; a page without that is a proxy's. */
const readBytes = async (answer: Response, request: MlflowRequest): Promise<Uint8Array> => {
  const isPage = (answer.headers.get('content-type') ?? '').includes('html')
  if (isPage && !answer.headers.has('content-disposition'))
    throw new MlflowUnavailableError(
      request,
      'answer',
      '200, but a page and no artifact. Is there a login page before the server?',
      {
        status: answer.status,
      },
    )
  return new Uint8Array(await answer.arrayBuffer())
}

export const getArtifact = async (connection: Connection, run: RunOrId, path: string): Promise<Uint8Array> => {
  const checked = checkArtifactPath('path', path)
  return connection.send({
    method: 'GET',
    path: artifactAddress(await rootOf(connection, run), checked),
    repeatable: true,
    timeout: connection.artifactTimeout,
    read: readBytes,
  })
}

export const deleteArtifact = async (connection: Connection, run: RunOrId, path: string): Promise<void> => {
  const checked = checkArtifactPath('path', path)
  await connection.send({
    method: 'DELETE',
    path: artifactAddress(await rootOf(connection, run), checked),
    // a second time there is nothing to delete, which is refused
    repeatable: false,
    read: readDone,
  })
}

const entryOf = (fields: Fields): ArtifactEntry => {
  const size = integerOr(fields, 'file_size', undefined)
  return { path: textOf(fields, 'path'), isFolder: fields['is_dir'] === true, ...(size !== undefined && { size }) }
}

export const listArtifacts = async (
  { send }: Connection,
  runId: string,
  path?: string,
): Promise<ReadonlyArray<ArtifactEntry>> => {
  const query = {
    run_id: checkRunId('runId', runId),
    path: path === undefined ? undefined : checkArtifactPath('path', path),
  }
  const entries: Array<ArtifactEntry> = []
  const pages = allPages((token) =>
    send({
      method: 'GET',
      path: `${api}/artifacts/list`,
      query: { ...query, page_token: token },
      repeatable: true,
      read: readJson(pageOf('files', entryOf)),
    }),
  )
  for await (const entry of pages) entries.push(entry)
  return entries
}
