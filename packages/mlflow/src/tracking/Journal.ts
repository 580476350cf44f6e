// The journal of a run, `events.ndjson`, read a piece at a time by its offset, so that memory does not grow with it; and
// the end that is added when its process could not.
import { parseCanonicalJson } from '@radiograft/pipeline'
import type { JournalLine } from '@radiograft/runner'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'

const journalFile = (folder: string): string => join(folder, 'events.ndjson')

/** Bytes read at once; a longer line is read whole. */
const pieceBytes = 128 * 1024
const newline = 0x0a

export interface JournalEntry {
  readonly line: JournalLine
  /** offsets of its first byte, and behind its last */
  readonly from: number
  readonly to: number
}

export interface JournalPiece {
  readonly entries: ReadonlyArray<JournalEntry>
  /** offset behind the last whole line that was read */
  readonly next: number
  /** nothing whole lies behind `next`, a moment ago */
  readonly atEnd: boolean
  /** whole lines in between that say nothing: damaged, or torn by a process that was killed */
  readonly unreadable: number
}

/** These are most of a journal and ask for nothing: not parsed. Members are sorted, so that they begin so. */
const silent = /^\{"_tag":"(?:progress|log)"/

/** Undefined for a line that was torn by a full disk or a killed process. */
const parse = (text: string): JournalLine | undefined => {
  try {
    const line = parseCanonicalJson(text) as JournalLine | null
    return typeof line?._tag === 'string' && Number.isInteger(line.at) ? line : undefined
  } catch {
    return undefined
  }
}

/** @param offset of the first byte in the file */
const entriesOf = (bytes: Buffer, offset: number): Pick<JournalPiece, 'entries' | 'unreadable'> => {
  const entries: JournalEntry[] = []
  let unreadable = 0
  for (let from = 0, end = bytes.indexOf(newline); end >= 0; from = end + 1, end = bytes.indexOf(newline, from)) {
    const text = bytes.toString('utf8', from, end)
    if (text === '' || silent.test(text)) continue
    const line = parse(text)
    if (line) entries.push({ line, from: offset + from, to: offset + end + 1 })
    else unreadable++
  }
  return { entries, unreadable }
}

/**
 * The next whole lines. Half a line at the end, which is being written or was left by a process that was killed, is not
 * read. Nothing for a journal that is not there (yet).
 */
export const readJournal = async (folder: string, offset: number): Promise<JournalPiece> => {
  const file = await open(journalFile(folder), 'r').catch(() => undefined)
  if (!file) return { entries: [], next: offset, atEnd: true, unreadable: 0 }
  try {
    for (let size = pieceBytes; ; size *= 2) {
      const buffer = Buffer.allocUnsafe(size)
      const { bytesRead } = await file.read(buffer, 0, size, offset)
      const end = buffer.subarray(0, bytesRead).lastIndexOf(newline) + 1
      if (end === 0 && bytesRead === size) continue
      return { ...entriesOf(buffer.subarray(0, end), offset), next: offset + end, atEnd: bytesRead < size }
    }
  } finally {
    await file.close()
  }
}

/** Every line from the offset on, a piece at a time. */
export async function* journalLines(
  folder: string,
  from = 0,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<JournalLine> {
  for (let at = from; at < until;) {
    const { entries, next } = await readJournal(folder, at)
    if (next === at) return
    for (const { line } of entries) yield line
    at = next
  }
}

/** Lines up to an offset that say nothing to anybody. */
export const unreadableLines = async (folder: string, until: number): Promise<number> => {
  let count = 0
  for (let at = 0; at < until;) {
    const { next, unreadable } = await readJournal(folder, at)
    if (next === at) break
    count += unreadable
    at = next
  }
  return count
}

/** Metric points behind an offset: what a closing line says is kept. */
export const pointsFrom = async (folder: string, offset: number): Promise<number> => {
  let count = 0
  for await (const line of journalLines(folder, offset)) if (line._tag === 'metric') count++
  return count
}

export const isEnd = ({ _tag }: JournalLine): boolean => _tag === 'run-done' || _tag === 'run-stopped'

/** The last line, and when anything was last written; undefined for a journal that is not there. */
export const journalEnd = async (
  folder: string,
): Promise<{ readonly last: JournalLine | undefined; readonly written: number; readonly size: number } | undefined> => {
  const there = await stat(journalFile(folder)).catch(() => undefined)
  if (!there) return undefined
  // a run's lines are short, but a failure's may quote much
  for (let size = pieceBytes; ; size *= 8) {
    const from = Math.max(0, there.size - size)
    let last: JournalLine | undefined
    for await (const line of journalLines(folder, from)) last = line
    if (last || from === 0) return { last, written: there.mtimeMs, size: there.size }
  }
}

/** Adds the end that a process could not write; half a line that it left is closed first, and read by nobody. */
export const endJournal = async (folder: string, line: JournalLine): Promise<void> => {
  const file = await open(journalFile(folder), 'a+')
  try {
    const { size } = await file.stat()
    const final = Buffer.alloc(1)
    if (size > 0) await file.read(final, 0, 1, size - 1)
    const torn = size > 0 && final[0] !== newline
    await file.appendFile(`${torn ? '\n' : ''}${JSON.stringify(line)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
