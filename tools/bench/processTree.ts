// Processor time and memory of a process with its children, from /proc (Linux). Used by the harness, so that no side has to
// measure itself and workers count.
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second, as /proc counts (USER_HZ). */
const TICKS = 100

interface Process {
  readonly pid: number
  readonly parent: number
  /** its own and that of children that have ended */
  readonly seconds: number
}

const readProcess = (pid: number): Process | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0)
    return { pid, parent: Number(fields[1]), seconds: ticks / TICKS }
  } catch {
    return undefined // it has ended
  }
}

const treeOf = (root: number): ReadonlyArray<Process> => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])
  const under = new Set([root])
  for (let before = 0; before !== under.size;) {
    before = under.size
    for (const { pid, parent } of all) if (under.has(parent)) under.add(pid)
  }
  return all.filter(({ pid }) => under.has(pid))
}

/** Processor seconds so far. */
export const treeSeconds = (root: number): number => treeOf(root).reduce((sum, { seconds }) => sum + seconds, 0)

/** The most memory that each process of the tree ever held, added up, in MB (2^20 bytes). Those that have ended do not count. */
export const treePeakMb = (root: number): number =>
  treeOf(root).reduce((sum, { pid }) => {
    try {
      return sum + Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    } catch {
      return sum
    }
  }, 0)

/** Seconds that all processors together were busy since the machine started, those a hypervisor took included. */
export const machineSeconds = (): number => {
  const [user, nice, system, , , irq, soft, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number, number]
  return (user + nice + system + irq + soft + steal) / TICKS
}
