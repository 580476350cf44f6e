// A lock between processes that share a cache folder: a file made with O_EXCL that names its owner.
// Used by `provision`, where it saves double downloads, and by `keptAnswers`, where it lets one process measure for all.
// Nothing depends on it for correctness, because every step there ends in a rename. So a lock whose owner is gone is simply
// taken over.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

type Owner = { readonly host: string; readonly pid: number; readonly started: string }

/** When the process began, in kernel ticks, so that a reused pid is not taken for the owner; empty where unknown. */
const startOf = (pid: number): string => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const isAlive = ({ pid, started }: Owner): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return started === startOf(pid)
}

/**
 * The lock is stale when its text is no owner, or its owner on this machine is dead. Processes of other machines cannot be
 * looked at: they are believed until the lock is too old.
 */
const isStale = (text: string, tooOld: boolean): boolean => {
  try {
    const owner = JSON.parse(text) as Owner
    return owner.host === hostname() ? !isAlive(owner) : tooOld
  } catch {
    return true
  }
}

/** Milliseconds since the lock at `path` was taken; 0 when it is gone. */
const ageOf = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => undefined)
  return found ? Date.now() - found.mtimeMs : 0
}

/**
 * Runs `body` while holding the lock file at `path`, waiting for another holder to end or die.
 * @param options.pollMs how often to look again. @default 200
 * @param options.longestMs how long a lock of another machine is believed: a container that was killed leaves one behind that
 *   nobody gives back. @default for ever
 * @param options.onWait called once when the lock is held by somebody else.
 */
export const withFileLock = async <A>(
  path: string,
  body: () => Promise<A>,
  options: { readonly pollMs?: number; readonly longestMs?: number; readonly onWait?: () => void } = {},
): Promise<A> => {
  const owner: Owner = { host: hostname(), pid: process.pid, started: startOf(process.pid) }
  const mine = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(mine, JSON.stringify(owner))
    let waited = false
    for (;;) {
      // its age counts from when it is taken, not from when waiting began
      if (waited) await utimes(mine, new Date(), new Date())
      // A hard link appears with its content, so nobody can read a lock without an owner.
      const taken = await link(mine, path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false
          throw error
        },
      )
      if (taken) break
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text === undefined) continue
      if (isStale(text, (await ageOf(path)) > (options.longestMs ?? Infinity))) {
        const aside = `${mine}.stale`
        await rename(path, aside).catch(() => undefined)
        // Another waiter may have replaced the dead lock between our read and our rename: give it back.
        const moved = await readFile(aside, 'utf8').catch(() => undefined)
        if (moved !== undefined && moved !== text) await link(aside, path).catch(() => undefined)
        await rm(aside, { force: true })
        continue
      }
      if (!waited) options.onWait?.()
      waited = true
      await sleep(options.pollMs ?? 200)
    }
    try {
      return await body()
    } finally {
      await rm(path, { force: true })
    }
  } finally {
    await rm(mine, { force: true })
  }
}
