// Temporary folders of checkpoints that were cut short. Their name says whose they are, so that a folder that is still being
// written is left alone.
import { createHash, randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Of those whose process cannot be asked after, because it runs elsewhere. */
const staleAfter = 24 * 3600 * 1000

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

/** Made by this process: a container may start its program anew with the same host name and process number. */
const own = new Set<string>()

/** No step has such a name. */
export const temporaryName = (step: number): string => {
  const name = `${step}.${host}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  own.add(name)
  return name
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether nobody will finish what lies at this path. */
export const isLeftover = async (path: string, name: string): Promise<boolean> => {
  const [, , owner, pid] = /^(\d+)\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]{8}\.tmp$/.exec(name) ?? []
  if (pid === undefined) return false
  if (owner === host) return Number(pid) === process.pid ? !own.has(name) : !isAlive(Number(pid))
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > staleAfter,
    () => false,
  )
}
