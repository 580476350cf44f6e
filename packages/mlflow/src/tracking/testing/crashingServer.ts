// A real MLflow server that can be killed, as by a crash, and started again on the same port with the same data.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const serve = fileURLToPath(new URL('../../../../../tools/mlflow/serve.mjs', import.meta.url))

export interface CrashingServer {
  readonly uri: string
  readonly crash: () => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })

const childrenOf = (pid: number): ReadonlyArray<number> =>
  execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []))

export const crashingServer = async (): Promise<CrashingServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'radiograft-mlflow-'))
  const port = await freePort()
  let stop = async (_signal: NodeJS.Signals): Promise<void> => {}
  const start = async (): Promise<void> => {
    const args = [serve, '--port', String(port), '--folder', folder, '--with-parent']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    stop = async (signal) => {
      // the server has a process group of its own
      if (signal === 'SIGKILL') for (const group of childrenOf(child.pid!)) process.kill(-group, 'SIGKILL')
      child.kill(signal === 'SIGKILL' ? 'SIGKILL' : 'SIGTERM')
      await ended
    }
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('export ')) return
    throw new Error('tools/mlflow/serve.mjs ended before it named an address')
  }
  await start()
  return {
    uri: `http://127.0.0.1:${port}`,
    start,
    crash: () => stop('SIGKILL'),
    stop: async () => {
      await stop('SIGTERM')
      rmSync(folder, { recursive: true })
    },
  }
}
