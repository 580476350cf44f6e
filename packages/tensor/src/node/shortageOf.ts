// Whether a compiler failed for want of something that the machine may have next time. Used by `buildAddon`, which keeps for
// good that a compiler cannot build the kernels, and must not keep that it was killed.
import type { CommandResult } from './runCommand.ts'

/** From outside: of the kernel for want of memory, of a batch system, of a person. A compiler that crashes has others. */
const sentSignals = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGXCPU'])

/** What gcc, clang and their linkers say in English (LC_ALL=C) of a part of theirs that was killed, or that got no memory. */
const memory = [
  /(Killed|Terminated) signal terminated program/,
  /internal compiler error: Killed/,
  /unable to execute command: (Killed|Terminated)/,
  /terminated with signal (9|15)\b/,
  /^\S+: out of memory allocating/m,
  /^LLVM ERROR: out of memory/m,
  /memory exhausted\b/,
  /Cannot allocate memory/,
  /terminate called after throwing an instance of 'std::bad_alloc'/,
]
const diskSpace = /No space left on device|Disk quota exceeded/

/** Nothing where the compiler came to its own end. */
export const shortageOf = ({ signal, stderr }: CommandResult): 'memory' | 'disk space' | undefined => {
  if (diskSpace.test(stderr)) return 'disk space'
  if (signal !== null && sentSignals.has(signal)) return 'memory'
  return memory.some((pattern) => pattern.test(stderr)) ? 'memory' : undefined
}
