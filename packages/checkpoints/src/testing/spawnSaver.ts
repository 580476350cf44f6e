// `saveForever` in a process of its own.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export interface Saver {
  readonly process: ChildProcess
  /** Settles when it has printed something, or has ended. */
  readonly ready: Promise<void>
  /** Everything that it printed, once it has ended. */
  readonly ended: Promise<ReadonlyArray<string>>
}

/** `prefix`: a shell command before node, such as `ulimit -f 2;` */
export const spawnSaver = (folder: string, size: number, prefix = ''): Saver => {
  const node = [
    process.execPath,
    '--conditions=@radiograft/source',
    '--import',
    here('../../../../tools/ts-loader.mjs'),
    here('./saveForever.ts'),
    folder,
    String(size),
  ]
  const child = spawn('sh', ['-c', `${prefix} exec "$@"`, 'sh', ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let text = ''
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      text += String(chunk)
      resolve()
    })
    child.on('close', () => resolve())
  })
  const ended = new Promise<ReadonlyArray<string>>((resolve) =>
    child.on('close', () => resolve(text.split('\n').filter((line) => line !== ''))),
  )
  return { process: child, ready, ended }
}
