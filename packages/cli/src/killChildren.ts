// Kills this process's own children at once: what a second Ctrl-C means. They have process groups of their own.
import { readFileSync } from 'node:fs'

const childrenOf = async (pid: number): Promise<ReadonlyArray<number>> => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // no /proc: ps knows as well
    const { execFileSync } = await import('node:child_process')
    const table = execFileSync('ps', ['-A', '-o', 'ppid=,pid='], { encoding: 'utf8' })
    return table
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([parent, child]) => (parent === pid && child !== undefined ? [child] : []))
  }
}

export const killChildren = async (): Promise<void> => {
  for (const pid of await childrenOf(process.pid))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it has ended by itself
    }
}
