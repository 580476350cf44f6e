// Answers that were measured on this machine, in a file of the user's cache: each under a digest of all that it depends on, so
// that one home folder serves machines of many kinds. Used by `measurePrecision` and `kernelChoice`.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { placeAtomically } from './placeAtomically.ts'
import { speedSettings } from './speedSettings.ts'
import { withFileLock } from './withFileLock.ts'

const readFlags = (): ReadonlyArray<string> => {
  try {
    const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? ''
    return flags.split(' ')
  } catch {
    return []
  }
}

let flagsOfProcessor: ReadonlyArray<string> | undefined
/** Flags of the processor as Linux has them, read once; empty where the system does not tell. */
export const processorFlags = (): ReadonlyArray<string> => (flagsOfProcessor ??= readFlags())

/** The instruction sets that a kernel may choose by. */
const instructionSets = (): string =>
  processorFlags()
    .filter((flag) => /avx|amx|fma|bf16|vnni|sve|asimd/.test(flag))
    .toSorted()
    .join(' ')

/** The digest under which an answer is kept: of the processor, of the settings that its speed turns on, and of `parts`. */
export const answerKey = (parts: ReadonlyArray<unknown>): string =>
  createHash('sha256')
    .update(JSON.stringify([cpus()[0]?.model.trim() ?? 'unknown', instructionSets(), speedSettings(), ...parts]))
    .digest('hex')
    .slice(0, 16)

/** Nothing where the file is not there or is no record: it is then written anew. */
const all = (file: string): Readonly<Record<string, unknown>> => {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The answer under `key`, if it is one. */
export const keptAnswer = <A>(file: string, key: string, isAnswer: (value: unknown) => value is A): A | undefined => {
  const found = all(file)[key]
  return isAnswer(found) ? found : undefined
}

/** A measurement takes seconds: a lock of another machine that is as old as this is nobody's. */
const longestMs = 600_000

/**
 * Runs `body`, which asks for the answer again, measures and keeps it, while no other process does so for this file: the first
 * answer wins, so that two first runs at once choose alike, and neither measures beside the other's work. Where the folder
 * takes no lock it runs at once, and will find that nothing can be kept.
 * @param onWait called once when another process is at it
 */
export const oneAtATime = async <A>(file: string, body: () => Promise<A>, onWait?: () => void): Promise<A> => {
  let begun = false
  const within = (): Promise<A> => {
    begun = true
    return body()
  }
  try {
    return await withFileLock(`${file}.lock`, within, { longestMs, ...(onWait && { onWait }) })
  } catch (error) {
    if (begun) throw error
    return body()
  }
}

/** For the body of `oneAtATime`, or another's answer may be lost. */
export const keepAnswer = async (file: string, key: string, answer: unknown): Promise<void> => {
  await mkdir(dirname(file), { recursive: true })
  const next = { ...all(file), [key]: answer }
  await placeAtomically(file, (temporary) => writeFile(temporary, `${JSON.stringify(next, null, 2)}\n`))
}
