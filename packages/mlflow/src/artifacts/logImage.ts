// A picture in a run's image charts: the whole, the small copy, and the tag that makes the page look for them.
import type { Connection } from '../Connection.ts'
import { logBatch } from '../logging/logBatch.ts'
import type { RunImage, RunOrId } from '../MlflowClient.ts'
import { putArtifact } from './artifacts.ts'
import { imageFiles } from './imageFiles.ts'
import { smallCopy } from './smallCopy.ts'

export const runIdOf = (run: RunOrId): string => (typeof run === 'string' ? run : run.runId)

export const logImage = async (connection: Connection, run: RunOrId, image: RunImage): Promise<void> => {
  const files = imageFiles(image)
  const small = image.small ?? (await smallCopy(image.png))
  await putArtifact(connection, run, files.full, image.png, 'image/png')
  await putArtifact(connection, run, files.small, small, 'image/webp')
  await logBatch(connection, runIdOf(run), { tags: { 'mlflow.loggedImages': 'True' } })
}
