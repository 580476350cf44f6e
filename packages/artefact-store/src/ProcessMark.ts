// Which process it is, so that another can tell whether it still lives: locks and run records carry it.
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

export interface ProcessMark {
  readonly host: string
  readonly pid: number
  /** when the process began, in the kernel's words: tells a process from a later one with its number */
  readonly born: string
}

/** Field 22 of /proc/<pid>/stat, counted behind the name, which may hold spaces; empty where there is no /proc. */
const bornOf = (pid: number): string => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/** This process. */
export const processMark = (): ProcessMark => ({ host: hostname(), pid: process.pid, born: bornOf(process.pid) })

/** True only where it is known: of a process of another host nothing is. */
export const hasEnded = ({ host, pid, born }: ProcessMark): boolean => {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH'
  }
  return bornOf(pid) !== born
}
