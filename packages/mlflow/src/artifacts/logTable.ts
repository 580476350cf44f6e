// A table that the server's page shows, and compares between runs.
import type { Connection } from '../Connection.ts'
import { logBatch } from '../logging/logBatch.ts'
import type { RunOrId, RunTable } from '../MlflowClient.ts'
import { getRun } from '../runs/runs.ts'
import { putArtifact } from './artifacts.ts'
import { runIdOf } from './logImage.ts'
import { checkTablePath, tableAdded, tableJson, tablesTag } from './tableFile.ts'

/** The tag is read, changed and written: of two clients that do so at once for one run, one table is not listed. */
export const logTable = async (connection: Connection, run: RunOrId, path: string, table: RunTable): Promise<void> => {
  const checked = checkTablePath(path)
  const json = tableJson(table)
  const { tags } = await getRun(connection, runIdOf(run))
  const listed = tableAdded(tags[tablesTag], checked)
  await putArtifact(connection, run, checked, json, 'application/json')
  if (listed !== undefined) await logBatch(connection, runIdOf(run), { tags: { [tablesTag]: listed } })
}
