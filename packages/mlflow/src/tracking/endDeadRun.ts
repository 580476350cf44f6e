// Is a run over? Runs whose process was killed have no end of their own: they get one here, in the journal and in run.json.
// Used under the run's lock.
import { hasEnded, readRunRecord } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import { rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { endJournal, isEnd, journalEnd } from './Journal.ts'

/** Milliseconds without a written byte after which a run of another machine, whose process cannot be asked, is over. */
const silence = 600_000

/** The end that run.json tells, or that of a killed process. */
const endOf = ({ status, error }: RunRecord, at: number): JournalLine =>
  status === 'done'
    ? { _tag: 'run-done', at }
    : { _tag: 'run-stopped', status: status === 'failed' ? 'failed' : 'interrupted', error: error ?? killed, at }

const killed = 'its process ended without saying why: it was killed, or the machine stopped'

const interrupt = async (folder: string, record: RunRecord, at: number): Promise<void> => {
  const ended: RunRecord = {
    ...record,
    status: 'interrupted',
    error: killed,
    seconds: Math.max(0, (at - Date.parse(record.started)) / 1000),
    nodes: record.nodes.map((node) => (node.status === 'pending' ? { ...node, status: 'not-reached' } : node)),
  }
  const file = join(folder, 'run.json')
  await writeFile(`${file}.tmp`, `${JSON.stringify(ended, undefined, 2)}\n`)
  await rename(`${file}.tmp`, file)
}

/** True for a run that is over, whose journal then ends with its end; false while it may still go on. */
export const endDeadRun = async (folder: string, now: number = Date.now()): Promise<boolean> => {
  const record = await readRunRecord(folder)
  const journal = await journalEnd(folder)
  if (journal?.last && isEnd(journal.last)) return true
  const here = record.process?.host === hostname()
  if (here && !hasEnded(record.process)) return false
  const quiet = journal === undefined || now - journal.written > silence
  if (!here && record.status === 'running' && !quiet) return false
  // its last sign of life
  const at = journal?.last?.at ?? Date.parse(record.started)
  if (record.status === 'running') await interrupt(folder, record, at)
  await endJournal(folder, endOf(record, at))
  return true
}
