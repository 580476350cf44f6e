// The other end of mapOnThreads, inside the thread. A thread is started from the file that its module's code stands in:
// that file when the sources or the built package run, or the whole bundle when a stage was bundled (where no other file
// exists). A module that serves waits for ever at its end, so that nothing that would follow in a bundle runs in the
// thread. Used by readFilm.worker and renderFilm.worker.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { failureOf } from './failureOf.ts'
import type { ThreadReply, ThreadRequest } from './mapOnThreads.ts'

interface Role {
  readonly role: string
  readonly shared: unknown
}

const ownRole = (): Role | undefined => (isMainThread ? undefined : (workerData as Role | undefined))

/**
 * Starts a thread of the module at `url` in a role.
 * @param shared what all its items share; copied into the thread
 */
export const startThread = (url: string, role: string, shared: unknown): Worker => {
  if (ownRole()?.role === role) throw new Error(`A thread of role ${role} starts none of its own.`)
  return new Worker(new URL(url), { workerData: { role, shared } satisfies Role })
}

/**
 * In a thread of this role serves for ever; anywhere else returns at once.
 * @param work from an item and what `startThread` was given for all of them; who starts threads of the role sends no others
 */
export const serveThread = async (
  role: string,
  work: (
    item: never,
    shared: never,
  ) => Promise<{ readonly value: unknown; readonly transfer: ReadonlyArray<ArrayBuffer> }>,
): Promise<void> => {
  const own = ownRole()
  if (own?.role !== role) return
  const port = parentPort
  port?.on('message', ({ turn, item }: ThreadRequest) => {
    work(item as never, own.shared as never).then(
      ({ value, transfer }) => port.postMessage({ turn, value } satisfies ThreadReply<unknown>, [...transfer]),
      (error: unknown) => port.postMessage({ turn, ...failureOf(error) } satisfies ThreadReply<unknown>),
    )
  })
  await new Promise(() => {})
}
