// Processor time and memory of a process with its children, and what others take of the processors, from /proc (Linux). Used
// by the harness, so that no side has to measure itself and workers count.
import { availableParallelism, cpus } from 'node:os'
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second, as /proc counts (USER_HZ). */
const TICKS = 100
/** Whose children are the kernel's own threads. */
const KTHREADD = 2

interface Process {
  readonly pid: number
  readonly parent: number
  /** processor seconds of its own */
  readonly own: number
  /** those of children that have ended */
  readonly ended: number
}

const readProcess = (pid: number): Process | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const seconds = (i: number): number => (Number(fields[i]) + Number(fields[i + 1])) / TICKS
    return { pid, parent: Number(fields[1]), own: seconds(11), ended: seconds(13) }
  } catch {
    return undefined // it has ended
  }
}

const allProcesses = (): ReadonlyArray<Process> =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])

const under = (root: number, all: ReadonlyArray<Process>): ReadonlySet<number> => {
  const found = new Set([root])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid)
  }
  return found
}

const above = (pid: number, all: ReadonlyArray<Process>): ReadonlySet<number> => {
  const parents = new Map(all.map((process) => [process.pid, process.parent]))
  const found = new Set<number>()
  for (let at = parents.get(pid); at !== undefined && !found.has(at); at = parents.get(at)) found.add(at)
  return found
}

/** Processor seconds so far. */
export const treeSeconds = (root: number): number => {
  const all = allProcesses()
  const tree = under(root, all)
  return all.reduce((sum, { pid, own, ended }) => sum + (tree.has(pid) ? own + ended : 0), 0)
}

const kilobytes = (pid: number, file: string, name: string): number => {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0 // it has ended
  }
}

/** The memory that the tree holds now, in MB (2^20 bytes). Of several processes, shared pages count in each. */
export const treeMb = (root: number): number =>
  [...under(root, allProcesses())].reduce((sum, pid) => sum + kilobytes(pid, 'status', 'VmRSS'), 0) / 1024

/** The same with shared pages counted once. Looks at every page: some ten times as long. */
export const treeSharedOnceMb = (root: number): number => {
  const [...pids] = under(root, allProcesses())
  // alone, what it shares with processes that are none of the tree is its own
  if (pids.length === 1) return treeMb(root)
  return pids.reduce((sum, pid) => sum + kilobytes(pid, 'smaps_rollup', 'Pss'), 0) / 1024
}

/** Whether every process of these processors is seen: not in a container, nor where only some processors may be used. */
const seesOthers = (): boolean => {
  try {
    return readFileSync(`/proc/${KTHREADD}/comm`, 'utf8') === 'kthreadd\n' && cpus().length === availableParallelism()
  } catch {
    return false
  }
}

/** Seconds that a hypervisor gave to others while we wanted them. */
const stolenSeconds = (): number =>
  Number(readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]!.trim().split(/\s+/)[8]) / TICKS

/**
 * Processor seconds that others used so far: all processes but this one, its children, and the kernel's threads, which work
 * for us; with them what a hypervisor took. Of the shells and runners above this one, only what else they started counts.
 * Undefined where that is not known.
 */
export const othersSeconds = (): number | undefined => {
  if (!seesOthers()) return undefined
  const all = allProcesses()
  const ours = under(process.pid, all)
  const waiting = above(process.pid, all)
  return all
    .filter(({ pid, parent }) => pid !== KTHREADD && parent !== KTHREADD && !ours.has(pid))
    .reduce((sum, { pid, own, ended }) => sum + (waiting.has(pid) ? 0 : own) + ended, stolenSeconds())
}

/** Begins to watch the others. @returns their share of the processors since, or undefined where that is not known */
export const watchOthers = (): (() => number | undefined) => {
  const [begun, before] = [performance.now(), othersSeconds()]
  return () => {
    const now = othersSeconds()
    if (before === undefined || now === undefined) return undefined
    const processors = ((performance.now() - begun) / 1000) * availableParallelism()
    return Math.max(0, now - before) / processors
  }
}
