// Locks in a folder: `locks/<key>.json`, created by an exclusive link, touched every few seconds by its holder. A holder of
// this machine whose process has ended loses it at once; any other loses it when nobody has seen it touched for a lease.
// Time is the watcher's own monotonic clock, so clocks that differ or step back take nobody's lock away.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lock, Locks } from './Locks.ts'
import { hasEnded, processMark } from './ProcessMark.ts'
import type { ProcessMark } from './ProcessMark.ts'
import { storeErrorOf } from './storeErrorOf.ts'

interface Holder extends ProcessMark {
  /** unique */
  readonly token: string
}

const codeOf = (cause: unknown): string | undefined => (cause as NodeJS.ErrnoException).code

export interface LockTimes {
  /** milliseconds without a touch after which a lock is free. @default 30000 */
  readonly lease?: number
  /** milliseconds between touches. @default 5000 */
  readonly beat?: number
  /** milliseconds of a clock that never steps back. @default performance.now */
  readonly now?: () => number
}

export const fileLocks = (
  root: string,
  { lease = 30_000, beat = 5_000, now = () => performance.now() }: LockTimes = {},
): Locks => {
  const folder = join(root, 'locks')
  /** key → what its lock looked like, and since when, on this process's clock */
  const watched = new Map<string, { readonly mark: string; readonly since: number }>()

  const holderOf = async (path: string): Promise<Holder | undefined> => {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as Holder
    } catch {
      return undefined
    }
  }
  const hold = (path: string, token: string): Lock => {
    const timer = setInterval(() => {
      const time = new Date()
      utimes(path, time, time).catch(() => {})
    }, beat)
    timer.unref()
    return {
      release: async () => {
        clearInterval(timer)
        if ((await holderOf(path))?.token === token) await rm(path, { force: true })
      },
    }
  }
  const isFree = async (key: string, path: string, holder: Holder | undefined): Promise<boolean> => {
    if (holder && hasEnded(holder)) return true
    const touched = await stat(path).catch(() => undefined)
    if (!touched) return true
    const mark = `${holder?.token}:${touched.mtimeMs}`
    const before = watched.get(key)
    if (before?.mark === mark) return now() - before.since > lease
    watched.set(key, { mark, since: now() })
    return false
  }

  return {
    take: async (key) => {
      const path = join(folder, `${key}.json`)
      const token = randomBytes(8).toString('hex')
      const mine: Holder = { ...processMark(), token }
      const own = `${path}.${token}`
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(own, JSON.stringify(mine))
        for (;;)
          try {
            await link(own, path)
            watched.delete(key)
            return hold(path, token)
          } catch (cause) {
            if (codeOf(cause) !== 'EEXIST') throw cause
            const holder = await holderOf(path)
            if (!(await isFree(key, path, holder))) return undefined
            // of those who find it free one moves it away; who moved a newer one puts that back
            const away = `${own}.away`
            await rename(path, away).catch(() => {})
            const moved = await holderOf(away)
            if (moved && moved.token !== holder?.token) await link(away, path).catch(() => {})
            await rm(away, { force: true })
          }
      } catch (cause) {
        throw storeErrorOf(cause, path)
      } finally {
        await rm(own, { force: true })
      }
    },
  }
}
