// A real MLflow server for tests, started by tools/mlflow as a newcomer starts it. It ends with the test's process.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const serve = fileURLToPath(new URL('../../../tools/mlflow/serve.mjs', import.meta.url))

export interface MlflowServer {
  readonly uri: string
  /** its database and artifacts: all that it was ever sent */
  readonly folder: string
  readonly stop: () => Promise<void>
}

export const mlflowServer = async (): Promise<MlflowServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'radiograft-mlflow-'))
  const child = spawn(process.execPath, [serve, '--port', '0', '--folder', folder, '--with-parent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  let uri: string | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    uri = /^export MLFLOW_TRACKING_URI=(.*)$/.exec(line)?.[1]
    if (uri !== undefined) break
  }
  if (uri === undefined) throw new Error('tools/mlflow/serve.mjs ended before it named an address')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true })
  }
  return { uri, folder, stop }
}
