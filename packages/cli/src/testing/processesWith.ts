// Processes that are at work for a test, by what their command line mentions or by their folder, which children share.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Empty for a process that has ended meanwhile, or is another user's. */
const asked = (ask: () => string): string => {
  try {
    return ask()
  } catch {
    return ''
  }
}

/** Command lines of the processes of this machine, this one not among them. */
export const processesWith = (text: string): ReadonlyArray<string> =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const line = asked(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
      const folder = asked(() => readlinkSync(`/proc/${pid}/cwd`))
      return line.includes(text) || folder.startsWith(text) ? [`${pid}: ${line}`] : []
    })
