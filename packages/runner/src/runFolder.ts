// The folder of a run: run.json, written before any work and again as things happen; events.ndjson; a log a stage.
import { canonicalJson } from '@radiograft/pipeline'
import type { RunRecord } from '@radiograft/artefact-store'
import { randomBytes } from 'node:crypto'
import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunFolderError } from './errors.ts'
import type { JournalLine } from './RunEvent.ts'

export interface RunFolder {
  /** such as `20261124-051203-granet-quick-9f3a` */
  readonly id: string
  readonly path: string
  /** absolute path of a node's log */
  readonly log: (label: string) => string
  /** Throws `RunFolderError`. */
  readonly write: (record: RunRecord) => void
  /**
   * Adds a line to the journal; what was computed or ended is on the disk when it returns. Never throws: a line that cannot
   * be written is lost, and the next `write` tells why.
   */
  readonly event: (line: JournalLine) => void
}

/** Label → file name: what is no letter, digit, dot or dash becomes a dash. */
const fileName = (label: string): string => label.replaceAll(/[^A-Za-z0-9.=_-]+/g, '-').slice(0, 150)

const naming = (path: string, act: () => void): void => {
  try {
    act()
  } catch (cause) {
    throw new RunFolderError(path, cause)
  }
}

/** What a power cut must not undo: each stage that was computed, and how the run ended. */
const isLasting = (line: JournalLine): boolean =>
  line._tag === 'stage-done' ? !line.hit : ['stage-failed', 'run-done', 'run-stopped'].includes(line._tag)

/** Throws `RunFolderError`. */
export const openRunFolder = (runs: string, pipeline: string, preset: string, now: Date): RunFolder => {
  const stamp = now
    .toISOString()
    .replaceAll(/[-:]|\..*$/g, '')
    .replace('T', '-')
  const id = `${stamp}-${fileName(pipeline)}-${fileName(preset)}-${randomBytes(2).toString('hex')}`
  const path = join(runs, id)
  naming(path, () => mkdirSync(join(path, 'logs'), { recursive: true }))
  /** the last line may be half written, on a full disk: the next one starts anew */
  let torn = false
  return {
    id,
    path,
    log: (label) => join(path, 'logs', `${fileName(label)}.log`),
    write: (record) => {
      const file = join(path, 'run.json')
      naming(path, () => {
        writeFileSync(`${file}.tmp`, `${JSON.stringify(record, undefined, 2)}\n`)
        renameSync(`${file}.tmp`, file)
      })
    },
    event: (line) => {
      try {
        // opened each time: the folder may have been moved to where the user wants it
        const file = openSync(join(path, 'events.ndjson'), 'a')
        try {
          appendFileSync(file, `${torn ? '\n' : ''}${canonicalJson(line)}\n`)
          torn = false
          if (isLasting(line)) fsyncSync(file)
        } finally {
          closeSync(file)
        }
      } catch {
        // the disk is full, or the folder gone
        torn = true
      }
    },
  }
}
